"""What each reader found in one article, find by find, in one row where they mean the same."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from slugify import slugify

from app.intake.link.same_round import dates_meet
from app.reading.reading import DelegationFind, DemandFind, OutcomeFind, Quote, Reading, RoundFind
from app.search.excerpt import Part, fragment

Find = RoundFind | DelegationFind | DemandFind | OutcomeFind
Verdict = Literal["agree", "differ", "in part"]
"""``in part``: not all readers found it."""

KINDS = ("rounds", "delegations", "demands", "outcomes")


@dataclass(frozen=True)
class Row:
    """What the readers mean by one thing: for each reader, in their order, its finds."""

    kind: str
    cells: tuple[tuple[Find, ...], ...]

    @property
    def first(self) -> Find:
        """The find that names the row."""
        return next(find for cell in self.cells for find in cell)

    @property
    def verdict(self) -> Verdict:
        """Whether all readers found it and say the same of it; their quotes may differ."""
        if not all(self.cells):
            return "in part"
        said = [{_said(find) for find in cell} for cell in self.cells]
        return "agree" if all(one == said[0] for one in said) else "differ"


def side_by_side(readings: Sequence[Reading]) -> list[Row]:
    """The finds of all readings in rows, kind by kind, in the order in which the article says them."""
    rows = []
    for kind in KINDS:
        found = [[(number, find) for find in getattr(one, kind)] for number, one in enumerate(readings)]
        rows += sorted(_rows(kind, found, len(readings)), key=lambda row: row.first.quote.start)
    return rows


def _rows(kind: str, found: Iterable[list[tuple[int, Find]]], readers: int) -> list[Row]:
    together: list[list[tuple[int, Find]]] = []
    for finds in found:
        for number, find in finds:
            fits = [row for row in together if _MEANS_SAME[kind](row[0][1], find)]
            # One reader's finds stay apart unless nothing else takes them: two undated rounds are not the same.
            free = [row for row in fits if all(other != number for other, _ in row)]
            taken = free[:1] or (fits[:1] if kind == "demands" else [])
            if taken:
                taken[0].append((number, find))
            else:
                together.append([(number, find)])
    return [Row(kind, tuple(_of(row, reader) for reader in range(readers))) for row in together]


def _of(row: list[tuple[int, Find]], reader: int) -> tuple[Find, ...]:
    return tuple(find for number, find in row if number == reader)


def _same_round(one: RoundFind, other: RoundFind) -> bool:
    cities = {slugify(find.city) for find in (one, other) if find.city}
    if len(cities) > 1:
        return False
    if one.date and other.date:
        return dates_meet(one.date, other.date)
    return bool(one.city and other.city)


def _rounds_meet(one: str | None, other: str | None) -> bool:
    return one is None or other is None or dates_meet(one, other)


_MEANS_SAME: dict[str, Callable[[Any, Any], bool]] = {
    "rounds": _same_round,
    "delegations": lambda one, other: one.party == other.party and _rounds_meet(one.round, other.round),
    "demands": lambda one, other: (one.party, one.issue) == (other.party, other.issue),
    "outcomes": lambda one, other: one.kind == other.kind and _rounds_meet(one.round, other.round),
}


def _said(find: Find) -> tuple[Any, ...]:
    """What a find says, without its quote: who words a condition or an office how is no disagreement."""
    if isinstance(find, RoundFind):
        return find.date, slugify(find.city or ""), find.ordinal, find.format, find.status
    if isinstance(find, DelegationFind):
        members = frozenset(slugify(member.name) for member in find.members)
        return find.round, slugify(find.head.name if find.head else ""), find.size, members
    if isinstance(find, DemandFind):
        return (find.stance,)
    return find.round, find.status, find.quantity


def leads_to(quote: Quote, cited: Mapping[tuple[int, int], int]) -> str:
    """The part of the article's address that leads to a quote: the place of its citation, else its words."""
    if (quote.start, quote.end) in cited:
        return f"#citation-{cited[quote.start, quote.end]}"
    return fragment([Part(" ".join(quote.exact.split()), found=True)])
