"""The readings of one article as its page of readings shows them, and as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from app.intake.kept_reading import KeptReading, kept_readings, linked_reading
from app.intake.side_by_side import Find, Row, leads_to, side_by_side
from app.negotiations.finds import finds_in
from app.negotiations.issue import issues
from app.negotiations.outcome import counts_each_side, outcome_kinds
from app.negotiations.party import parties
from app.reading.reading import Reading


@dataclass(frozen=True)
class ReaderColumn:
    """One reader's last reading; ``in_record`` if the article's records rest on it."""

    reader: str
    made_at: datetime
    in_record: bool
    reading: Reading

    @property
    def finds(self) -> int:
        """How much it found."""
        found = self.reading
        return len(found.rounds) + len(found.delegations) + len(found.demands) + len(found.outcomes)


@dataclass(frozen=True)
class Compared:
    """All readers of an article, the one of the record first, and their finds in rows."""

    readers: list[ReaderColumn]
    rows: list[Row]
    names: Mapping[str, Mapping[str, str]]
    """Names of parties, issues and kinds of outcome by slug."""
    cited: Mapping[tuple[int, int], int]
    """The citations of the article in the record, by the offsets of their quotes."""

    def name(self, what: str, slug: str) -> str:
        """The name behind a slug; the slug itself where the vocabulary has lost it."""
        return self.names[what].get(slug, slug)

    def place(self, find: Find) -> str:
        """The part of the article's address that leads to a find's quote."""
        return leads_to(find.quote, self.cited)

    def each_side(self, kind: str) -> bool:
        """Whether the quantity of an outcome of that kind counts what each side gives."""
        return counts_each_side(self.name("kinds", kind))

    @property
    def kinds(self) -> list[tuple[str, list[Row]]]:
        """The rows kind by kind, as they come."""
        return [(kind, list(rows)) for kind, rows in groupby(self.rows, key=lambda row: row.kind)]

    def counted(self, verdict: str) -> int:
        """How many rows have this verdict."""
        return sum(row.verdict == verdict for row in self.rows)


def compared(session: Session, article_id: int, process_id: int) -> Compared:
    """Each reader's last reading of an article, side by side."""
    kept = kept_readings(session, article_id)
    columns = [_column(one, first=number == 0) for number, one in enumerate(kept)]
    named: dict[str, Any] = {"parties": parties, "issues": issues, "kinds": outcome_kinds}
    return Compared(
        readers=columns,
        rows=side_by_side([column.reading for column in columns]),
        names={what: {row.slug: row.name for row in known(session, process_id)} for what, known in named.items()},
        cited={(quote.start, quote.end): quote.id for find in finds_in(session, article_id) for quote in find.quotes},
    )


def behind_the_record(session: Session, article_id: int) -> ReaderColumn | None:
    """The reading that an article's records rest on."""
    kept = linked_reading(session, article_id)
    return _column(kept, first=True) if kept else None


def as_data(found: Compared, article: str) -> dict[str, Any]:
    """The readings and their rows as plain data; ``article`` is the article's whole address."""
    readers = [column.reader for column in found.readers]
    return {
        "article": article,
        "readings": [
            {
                "reader": column.reader,
                "made_at": column.made_at.isoformat(),
                "in_record": column.in_record,
                **column.reading.model_dump(mode="json", exclude={"reader", "passages"}),
            }
            for column in found.readers
        ],
        "rows": [
            {
                "kind": row.kind,
                "verdict": row.verdict,
                "finds": {
                    reader: [find.model_dump(mode="json") for find in cell]
                    for reader, cell in zip(readers, row.cells, strict=True)
                },
            }
            for row in found.rows
        ],
    }


def _column(kept: KeptReading, *, first: bool) -> ReaderColumn:
    return ReaderColumn(kept.reader, kept.made_at, first and kept.linked_at is not None, kept.reading)
