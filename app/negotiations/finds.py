"""What an article supports: its records, each with the quotes that it rests on in this article."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, case, distinct, func, select
from sqlalchemy.orm import Session

from app.evidence.citation import Citation
from app.negotiations.delegation import Delegation
from app.negotiations.demand import Demand
from app.negotiations.issue import Issue
from app.negotiations.outcome import Outcome, OutcomeKind, counts_each_side
from app.negotiations.party import Party
from app.negotiations.record import HIDDEN, place_of
from app.negotiations.round import Round


class FoundQuote(NamedTuple):
    """A citation: the quote with its offsets in the article's text, and what the article says in particular."""

    id: int
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    says: dict[str, Any]
    reader: str
    confidence: float | None


class Find(NamedTuple):
    """A record that an article supports; ``kind`` is round, delegation, demand or outcome.

    The round's fields are those of the round itself, or of the one that the record belongs to, if any.
    """

    kind: str
    id: int
    standing: str
    round_slug: str | None
    round_date: date | None
    round_precision: str | None
    round_city: str | None
    party: str | None
    party_slug: str | None
    issue: str | None
    proposition: str | None
    stance: str | None
    outcome_kind: str | None
    dated_on: date | None
    quotes: tuple[FoundQuote, ...]

    @property
    def each_side(self) -> bool:
        """Whether a quantity that it reports counts what each side gives."""
        return self.outcome_kind is not None and counts_each_side(self.outcome_kind)

    @property
    def anchor(self) -> str:
        """The id of its place on the pages of the record."""
        return f"{self.kind}-{self.id}"

    @property
    def place(self) -> str:
        """The path of the page that shows it, with the anchor."""
        return place_of(self.anchor, self.round_slug, self.dated_on)


class Counts(NamedTuple):
    """How many records of each kind an article supports."""

    rounds: int = 0
    delegations: int = 0
    demands: int = 0
    outcomes: int = 0


_KINDS: dict[str, tuple[Any, Any]] = {
    "round": (Citation.round_id, Round),
    "delegation": (Citation.delegation_id, Delegation),
    "demand": (Citation.demand_id, Demand),
    "outcome": (Citation.outcome_id, Outcome),
}
_OF_FIND = (
    case(*((cited.is_not(None), kind) for kind, (cited, _) in _KINDS.items())),
    func.coalesce(*(cited for cited, _ in _KINDS.values())),
    case(*((cited.is_not(None), record.standing) for cited, record in _KINDS.values())).label("standing"),
    Round.slug,
    Round.starts_on,
    Round.precision,
    Round.city,
    Party.name,
    Party.slug,
    Issue.name,
    Issue.proposition,
    Demand.stance,
    OutcomeKind.name,
    func.coalesce(Demand.dated_on, Outcome.dated_on),
)
_HELD_AT = (Citation.round_id, Delegation.round_id, Demand.round_id, Outcome.round_id)
_OF_QUOTE = tuple(getattr(Citation, name) for name in FoundQuote._fields)


def finds_in(session: Session, article_id: int) -> list[Find]:
    """The records that an article supports, in the order of their first quotes in its text; no hidden ones."""
    finds: dict[tuple[Any, ...], list[FoundQuote]] = {}
    for row in session.execute(
        select(*_OF_FIND, *_OF_QUOTE)
        .outerjoin(Delegation, Delegation.id == Citation.delegation_id)
        .outerjoin(Demand, Demand.id == Citation.demand_id)
        .outerjoin(Outcome, Outcome.id == Citation.outcome_id)
        .outerjoin(
            Round,
            and_(Round.id == func.coalesce(*_HELD_AT), Round.standing.not_in(HIDDEN)),
        )
        .outerjoin(Party, Party.id == func.coalesce(Delegation.party_id, Demand.party_id))
        .outerjoin(Issue, Issue.id == Demand.issue_id)
        .outerjoin(OutcomeKind, OutcomeKind.id == Outcome.kind_id)
        .where(Citation.article_id == article_id, Citation.withdrawn_at.is_(None), _OF_FIND[2].not_in(HIDDEN))
        .order_by(Citation.start, Citation.end, Citation.id)
    ):
        record, quote = row[: len(_OF_FIND)], row[len(_OF_FIND) :]
        finds.setdefault(tuple(record), []).append(FoundQuote(*quote))
    return [Find._make((*record, tuple(quotes))) for record, quotes in finds.items()]


def counts_in(session: Session, article_ids: Sequence[int]) -> dict[int, Counts]:
    """How many records each of these articles supports; hidden ones do not count."""
    counted = select(Citation.article_id, *(func.count(distinct(record.id)) for _, record in _KINDS.values()))
    for cited, record in _KINDS.values():
        counted = counted.outerjoin(record, and_(record.id == cited, record.standing.not_in(HIDDEN)))
    in_force = (Citation.article_id.in_(article_ids), Citation.withdrawn_at.is_(None))
    rows = session.execute(counted.where(*in_force).group_by(Citation.article_id))
    found = {article_id: Counts(*numbers) for article_id, *numbers in rows}
    return {article_id: found.get(article_id, Counts()) for article_id in article_ids}
