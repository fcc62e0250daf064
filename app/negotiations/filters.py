"""What of the record is asked for: the filters that timeline pages and their data share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

KINDS = ("demand", "outcome", "delegation")
MOST_VALUES = 50
"""Most values that one filter takes of an address; each is shown as a chip that leads to the others."""

SEVERAL = {"party": "parties", "round": "rounds", "issue": "issues", "theme": "themes", "kind": "kinds"}
"""Parameters that may be given several times, and the fields that hold them."""


@dataclass(frozen=True)
class Filters:
    """Slugs of what is wanted (nothing: everything), a range of days, both ends included, and the confirmed only.

    ``wrong`` names the dates that could not be read, which then do not filter.
    """

    parties: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    confirmed: bool = False
    wrong: dict[str, str] = field(default_factory=dict)

    def wants(self, kind: str) -> bool:
        """Whether records of that kind can meet the filters at all."""
        if self.kinds and kind not in self.kinds:
            return False
        if kind == "outcome" and self.parties:
            return False
        return kind == "demand" or not (self.issues or self.themes)

    @property
    def whole_rounds(self) -> bool:
        """Whether rounds are wanted even where nothing in them is."""
        return not (self.parties or self.issues or self.themes or self.kinds)

    @property
    def parameters(self) -> dict[str, str | list[str]]:
        """The query string's parameters that ask for the same; empty ones are left out."""
        given: dict[str, str | Sequence[str]] = {
            "party": self.parties,
            "round": self.rounds,
            "issue": self.issues,
            "theme": self.themes,
            "kind": self.kinds,
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
            "confirmed": "1" if self.confirmed else "",
        }
        return {name: value if isinstance(value, str) else list(value) for name, value in given.items() if value}


def read_filters(given: Sequence[tuple[str, str]]) -> Filters:
    """The filters of a query string; empty values count as not given."""
    values: dict[str, list[str]] = {}
    for name, value in given:
        if value.strip():
            values.setdefault(name, []).append(value.strip())
    wrong: dict[str, str] = {}
    since, until = (_day(values, name, wrong) for name in ("from", "to"))
    several = {into: tuple(dict.fromkeys(values.get(name, ())))[:MOST_VALUES] for name, into in SEVERAL.items()}
    return Filters(
        **several, since=since, until=until, confirmed=values.get("confirmed", ["0"])[-1] != "0", wrong=wrong
    )


def _day(values: dict[str, list[str]], name: str, wrong: dict[str, str]) -> date | None:
    text = values.get(name, [""])[-1]
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        wrong[name] = f"“{text[:40]}” is no date like 2025-06-02."
        return None
