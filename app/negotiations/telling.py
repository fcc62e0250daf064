"""A stance as it is told: when, in which words, and by how many articles."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.negotiations.position import Stand
from app.negotiations.quotes import Quote, RecordKey, articles_counted, quotes
from app.negotiations.round import RoundRow, when_told


class Told(NamedTuple):
    """One stance within a cell: its latest demand with its surest quote and the number of its articles.

    ``in_all`` is how many articles report the stance up to the date, at earlier rounds too.
    """

    stand: Stand
    round: RoundRow | None
    quote: Quote | None
    articles: int
    in_all: int

    @property
    def when(self) -> str:
        """The round that it was told at, or the day that it was reported on, in words."""
        return when_told(self.round, self.stand.dated_on)


class Telling:
    """Tells each stand with its round, its surest quote and its numbers of articles, read once for all of them."""

    def __init__(
        self,
        session: Session,
        stands: Sequence[Sequence[Stand]],
        in_all: dict[tuple[int, int, str], int],
        known: Sequence[RoundRow],
    ) -> None:
        keys: list[RecordKey] = sorted({("demand", stand.id) for some in stands for stand in some})
        self.quotes = quotes(session, keys, each=1)
        self.articles = articles_counted(session, keys)
        self.in_all = in_all
        self.rounds = {row.id: row for row in known}

    def told(self, stand: Stand) -> Told:
        """The stand as a cell tells it."""
        key = ("demand", stand.id)
        best = self.quotes.get(key)
        return Told(
            stand,
            self.rounds.get(stand.round_id or 0),
            best[0] if best else None,
            self.articles.get(key, 0),
            self.in_all.get((stand.issue_id, stand.party_id, stand.stance), 0),
        )
