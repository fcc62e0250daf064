"""What a new reading of an article no longer bears out is withdrawn, unless a person stands behind it."""

from typing import Any

from sqlalchemy import select

from app.database import now
from app.evidence.citation import KINDS, Citation
from app.intake.link.notebook import Notebook
from app.intake.link.rounds import settle_round
from app.intake.link.settle import settle
from app.negotiations.delegation import Delegation
from app.negotiations.demand import Demand
from app.negotiations.outcome import Outcome
from app.negotiations.record import PERSON_STANDINGS
from app.negotiations.round import Round

TABLES: dict[str, type[Any]] = {"round": Round, "delegation": Delegation, "demand": Demand, "outcome": Outcome}


def withdraw_the_rest(notebook: Notebook) -> None:
    """Withdraw the article's citations that this reading did not make; records are settled on those that are left."""
    standing = select(Citation).where(Citation.article_id == notebook.article_id, Citation.withdrawn_at.is_(None))
    for citation in notebook.session.scalars(standing).all():
        kind = next(kind for kind in KINDS if getattr(citation, f"{kind}_id") is not None)
        record = notebook.session.get_one(TABLES[kind], getattr(citation, f"{kind}_id"))
        if citation.id not in notebook.cited and record.standing not in PERSON_STANDINGS:
            citation.withdrawn_at = now()
            notebook.session.flush()
            if isinstance(record, Round):
                settle_round(notebook, record)
            else:
                settle(notebook, kind, record)
