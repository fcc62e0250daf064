"""The filters that are on, each with the address parameters that are left when it is taken off."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from app.html import day
from app.negotiations.filters import SEVERAL, Filters
from app.negotiations.timeline import Words


class Chip(NamedTuple):
    """A filter that is on."""

    label: str
    without: dict[str, Any]


def chips(filters: Filters, words: Words) -> list[Chip]:
    """A chip for each value that filters."""
    given = filters.parameters
    names = _names(words)
    found = []
    for parameter, field in SEVERAL.items():
        values: tuple[str, ...] = getattr(filters, field)
        for value in values:
            rest = [other for other in values if other != value]
            label = names.get((parameter, value), value.capitalize())
            found.append(Chip(f"{parameter.capitalize()}: {label}", {**given, parameter: rest}))
    for parameter, limit in (("from", filters.since), ("to", filters.until)):
        if limit:
            found.append(Chip(f"{parameter.capitalize()} {day(limit)}", {**given, parameter: ""}))
    if filters.confirmed:
        found.append(Chip("Confirmed only", {**given, "confirmed": ""}))
    return found


def _names(words: Words) -> dict[tuple[str, str], str]:
    named: dict[str, Iterable[Any]] = {
        "party": words.parties.values(),
        "issue": words.issues.values(),
        "theme": words.themes,
    }
    names = {(parameter, row.slug): row.name for parameter, rows in named.items() for row in rows}
    return names | {("round", row.slug): row.name for row in words.rounds.values()}
