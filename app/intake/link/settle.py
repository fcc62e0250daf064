"""What a record says is settled from its citations alone, so the order in which articles are read does not matter.

A record on which a person has decided is never touched.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from app.evidence.article import Article
from app.evidence.citation import Citation
from app.intake.link.notebook import Notebook, is_open
from app.intake.link.seats import seat
from app.negotiations.delegation import Delegation
from app.negotiations.demand import Demand
from app.negotiations.outcome import STATUSES, Outcome
from app.negotiations.record import MACHINE_READ, WITHDRAWN
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
        .where(getattr(Citation, f"{kind}_id") == record_id, Citation.withdrawn_at.is_(None))
        .order_by(Citation.article_id, Citation.start)
    )
    found = [
        Report(one, published.isoformat() if published else "")
        for says, published in rows
        for one in (says, *says.get("also", ()))
    ]
    return sorted(found, key=lambda report: report.published)


def settle(notebook: Notebook, kind: str, record: Round | Delegation | Demand | Outcome) -> None:
    """Bring a record up to what its citations say; one that none supports any more is withdrawn."""
    said = reports(notebook, kind, record.id)
    values = _SETTLED[kind](said) if said else {}
    notebook.change(kind, record, standing=MACHINE_READ if said else WITHDRAWN, **values)
    if isinstance(record, Delegation) and is_open(record):
        seat(notebook, record, [report.says for report in said])


def _round(said: Sequence[Report]) -> dict[str, Any]:
    """Date, city, ordinal and format as most articles have them; the status as the newest article has it."""
    values = {name: _most_common(said, name) for name in ("city", "ordinal", "format")}
    return values | dated(_date(said)) | {"status": _newest_status(said)}


def _date(said: Sequence[Report]) -> str | None:
    """The date as most of the articles have it that know it most precisely."""
    dates = _values(said, "date")
    exact = [day for day in dates if len(day) == max(map(len, dates))]
    return Counter(exact).most_common(1)[0][0] if exact else None


def dated(partial: str | None) -> dict[str, Any]:
    """The columns of a round that hold a date in ISO 8601, be it a day or a month."""
    if partial is None:
        return {"starts_on": None, "precision": None}
    day = date.fromisoformat(f"{partial}-01"[:10])
    return {"starts_on": day, "precision": "day" if len(partial) == 10 else "month"}


def _delegation(said: Sequence[Report]) -> dict[str, Any]:
    """The size, if all reports of it agree."""
    return {"size": _common(said, "size")}


def _demand(said: Sequence[Report]) -> dict[str, Any]:
    """The condition, as the newest article that names one has it."""
    conditions = _values(said, "condition")
    return {"condition": conditions[-1] if conditions else None}


def _outcome(said: Sequence[Report]) -> dict[str, Any]:
    """The status that got furthest from words to deeds, and the quantity, if all reports of it agree."""
    furthest = max(_values(said, "status"), key=STATUSES.index)
    return {"status": furthest, "quantity": _common(said, "quantity")}


_SETTLED = {"round": _round, "delegation": _delegation, "demand": _demand, "outcome": _outcome}


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
