"""What linking one article needs at hand, and how it writes down what it finds."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.database import Base
from app.evidence.citation import CONTEXT, Citation
from app.negotiations.delegation import Delegation
from app.negotiations.demand import Demand
from app.negotiations.issue import Issue
from app.negotiations.outcome import Outcome, OutcomeKind
from app.negotiations.party import Party
from app.negotiations.record import MACHINE_READ, WITHDRAWN
from app.negotiations.round import Round
from app.reading.reading import Quote
from app.review.revision import Revision


@dataclass
class Notebook:
    """One article's linking: its text and date, its reader, and the vocabulary's slugs with their ids."""

    session: Session
    process_id: int
    article_id: int
    text: str
    published_on: date | None
    reader: str
    parties: dict[str, int] = field(init=False)
    issues: dict[str, int] = field(init=False)
    outcome_kinds: dict[str, int] = field(init=False)
    rounds: dict[str | None, Round] = field(default_factory=dict)
    """The rounds that this article names, by the date that it gives them."""
    cited: set[int] = field(default_factory=set)
    """Ids of the citations that this reading bears out."""

    def __post_init__(self) -> None:
        self.parties, self.issues = self._ids(Party), self._ids(Issue)
        self.outcome_kinds = self._ids(OutcomeKind)

    @property
    def only_round(self) -> Round | None:
        """The round that the article is about, if it names no other."""
        return next(iter(self.rounds.values())) if len({round_.id for round_ in self.rounds.values()}) == 1 else None

    def _ids(self, entry: type[Party] | type[Issue] | type[OutcomeKind]) -> dict[str, int]:
        rows = self.session.execute(select(entry.slug, entry.id).where(entry.process_id == self.process_id))
        return dict(rows.all())

    def add(self, kind: str, record: Base) -> None:
        """Make a record, with the revision that says so."""
        self.session.add(record)
        self.session.flush()
        self.revise(kind, record, None)

    def change(self, kind: str, record: Round | Delegation | Demand | Outcome, **values: Any) -> None:
        """Set fields of a record, with a revision if any of them changes; not where a person has decided."""
        if not is_open(record):
            return
        before = state(record)
        for name, value in values.items():
            setattr(record, name, value)
        if state(record) != before:
            self.session.flush()
            self.revise(kind, record, before)

    def revise(
        self, kind: str, record: Any, before: dict[str, Any] | None, after: dict[str, Any] | None = None
    ) -> None:
        """Write down a change; ``after`` is the record's state unless told otherwise."""
        self.session.add(
            Revision(
                actor=self.reader,
                kind=kind,
                record_id=record.id,
                before=before,
                after=state(record) if after is None else after,
                because_of=self.article_id,
            )
        )

    def cite(self, kind: str, record_id: int, quote: Quote, confidence: float, says: dict[str, Any]) -> None:
        """Rest a record on a quote of this article, once.

        Where one quote reports differently twice ("Moscow says 6,000, Kyiv 1,000"), the further reports stand
        under ``also``.

        Raises:
            ValueError: the quote does not stand in the text.
        """
        if not quote.stands_in(self.text):
            raise ValueError(f"not word for word in article {self.article_id}: {quote.exact[:80]!r}")
        place = {f"{kind}_id": record_id, "article_id": self.article_id, "start": quote.start, "end": quote.end}
        citation = self.session.scalars(select(Citation).filter_by(**place)).one_or_none()
        if citation is None:
            prefix = self.text[max(0, quote.start - CONTEXT) : quote.start]
            suffix = self.text[quote.end : quote.end + CONTEXT]
            citation = Citation(**place, exact=quote.exact, prefix=prefix, suffix=suffix)
            self.session.add(citation)
        elif citation.id in self.cited and citation.says != says:
            says = {**citation.says, "also": [*citation.says.get("also", ()), says]}
        citation.says, citation.reader, citation.confidence = says, self.reader, confidence
        citation.withdrawn_at = None
        self.session.flush()
        self.cited.add(citation.id)


def is_open(record: Round | Delegation | Demand | Outcome) -> bool:
    """Whether no person has decided on a record, so that a machine may still change it."""
    return record.standing in (MACHINE_READ, WITHDRAWN)


def state(record: Base) -> dict[str, Any]:
    """A record's columns as a revision keeps them: dates in ISO 8601."""
    columns = inspect(record).mapper.column_attrs
    values = {column.key: getattr(record, column.key) for column in columns if column.key != "id"}
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
