"""What a record says is settled from its citations alone, so the order in which articles are read does not matter.

A record on which a person has decided is never touched.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from app.evidence.article import Article
from app.evidence.citation import Citation
from app.intake.link.notebook import Notebook
from app.negotiations.delegation import Delegation
from app.negotiations.demand import Demand
from app.negotiations.outcome import STATUSES, Outcome
from app.negotiations.record import MACHINE_READ
from app.negotiations.round import Round


class Report(NamedTuple):
    """What one article says of a record, and when it was published (empty where that is not known)."""

    says: dict[str, Any]
    published: str


def reports(notebook: Notebook, kind: str, record_id: int) -> list[Report]:
    """What the articles say of a record, oldest article first."""
    rows = notebook.session.execute(
        select(Citation.says, Article.published_on)
        .join(Article, Article.id == Citation.article_id)
        .where(getattr(Citation, f"{kind}_id") == record_id)
        .order_by(Citation.article_id, Citation.start)
    )
    found = [Report(says, published.isoformat() if published else "") for says, published in rows]
    return sorted(found, key=lambda report: report.published)


def settle_round(notebook: Notebook, round_: Round) -> None:
    """City, ordinal and format as most articles have them; the status as the newest article has it.

    Only articles from the round's first day on can say that it was held.
    """
    if round_.standing != MACHINE_READ:
        return
    said = reports(notebook, "round", round_.id)
    notebook.change(
        "round",
        round_,
        city=_most_common(said, "city"),
        ordinal=_most_common(said, "ordinal"),
        format=_most_common(said, "format"),
        status=_newest_status(said),
    )


def settle_delegation(notebook: Notebook, delegation: Delegation) -> None:
    """The size, if all reports of it agree."""
    if delegation.standing == MACHINE_READ:
        size = _common(reports(notebook, "delegation", delegation.id), "size")
        notebook.change("delegation", delegation, size=size)


def settle_demand(notebook: Notebook, demand: Demand) -> None:
    """The condition, as the newest article that names one has it."""
    if demand.standing == MACHINE_READ:
        conditions = _values(reports(notebook, "demand", demand.id), "condition")
        notebook.change("demand", demand, condition=conditions[-1] if conditions else None)


def settle_outcome(notebook: Notebook, outcome: Outcome) -> None:
    """The status that got furthest from words to deeds, and the quantity, if all reports of it agree."""
    if outcome.standing == MACHINE_READ:
        said = reports(notebook, "outcome", outcome.id)
        notebook.change(
            "outcome",
            outcome,
            status=max(_values(said, "status"), key=STATUSES.index),
            quantity=_common(said, "quantity"),
        )


def _values(said: Sequence[Report], key: str) -> list[Any]:
    return [report.says[key] for report in said if report.says.get(key) is not None]


def _common(said: Sequence[Report], key: str) -> Any:
    """The value that all reports share; None where none gives one or two differ."""
    values = set(_values(said, key))
    return values.pop() if len(values) == 1 else None


def _most_common(said: Sequence[Report], key: str) -> Any:
    """The value that most reports give; of two as common the one reported first."""
    values = _values(said, key)
    return Counter(values).most_common(1)[0][0] if values else None


def _newest_status(said: Sequence[Report]) -> str:
    """The status in the newest articles; on one day "held" outweighs "planned", for a day begins before its talks."""
    newest = max(report.published for report in said)
    statuses = [report.says["status"] for report in said if report.published == newest]
    return next(status for status in ("cancelled", "held", "planned") if status in statuses)
