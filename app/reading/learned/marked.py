"""A sentence in its context with its parties, dates and people marked, as the learned reader takes it.

A party is anonymous to the model: each mention stands behind its party's marker, ``[S1]`` and ``[S2]`` for the
warring parties in the vocabulary's order, ``[P1]`` and on for others in order of appearance. So what was learned of one
conflict holds for another.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reading.dates import Day, days
from app.reading.idioms import pattern
from app.reading.mentions import Cast, Mention, strangers
from app.reading.said import Said

SIDES, OTHERS = 3, 6
"""So many warring and other parties have a marker of their own; a passage's further ones stay unmarked."""
TOPIC, SPEAKER, HEADING = "[T]", "[Q]", "[H]"
PERSON = "[N]"
PAST, AHEAD, EITHER_WAY = "[D<]", "[D>]", "[D?]"
WHEN = (PAST, AHEAD, EITHER_WAY)
"""Before a date: up to the day of the report, after it, or one of both, as far as the date alone tells."""
MARKERS = (
    *(f"[S{number}]" for number in range(1, SIDES + 1)),
    *(f"[P{number}]" for number in range(1, OTHERS + 1)),
    TOPIC,
    SPEAKER,
    HEADING,
    PERSON,
    *WHEN,
)
BEFORE = 2
"""So many sentences before the one to be read are its context, besides the heading over it."""
LONGEST_CONTEXT = 330
"""So much of the context is kept, its end, in characters."""
EITHER = re.compile(r"\b(?:either|neither|each) (?:side|party|country|government|delegation|leader)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Marked:
    """A sentence and what stands before it, both with markers; ``parties`` has a marker's party.

    ``days`` and ``people`` are those of the sentence, in the order of their markers.
    """

    context: str
    sentence: str
    parties: dict[str, str]
    days: tuple[Day, ...] = ()
    people: tuple[Mention, ...] = ()


def marked(article: Sequence[Said], place: int, cast: Cast, published: date | None) -> Marked:
    """The sentence at ``place`` of an article in its context, with its parties, dates and people marked."""
    said = article[place]
    text = said.sentence.text
    marks = Marks(cast)
    named = days(text, published, _anchor(article, place, published))
    people = sorted((*strangers(text, cast), *_people(said)), key=lambda one: one.start)
    signs = [(one.start, _when(one, published)) for one in named] + [(one.start, PERSON) for one in people]
    target = marks.mark(said, signs)
    before = [one for one in article[max(0, place - BEFORE) : place] if not one.sentence.heading]
    context = [marks.mark(one) for one in before]
    heading = _heading(article, place)
    over = f"{HEADING} {marks.mark(heading)}" if heading else ""
    sides = "".join(f"{marks.of(side)} " for side in cast.sides[:SIDES])
    hints = sides + marks.hint(TOPIC, (said.topic,) if said.topic else ()) + marks.hint(SPEAKER, said.speaker)
    kept = " ".join(context)[-LONGEST_CONTEXT:]
    return Marked(f"{hints}{over} {kept}".strip(), target, marks.parties, named, tuple(people))


def _people(said: Said) -> list[Mention]:
    return [one for one in said.mentions if one.kind == "person"]


def _anchor(article: Sequence[Said], place: int, published: date | None) -> date | None:
    """The day that the sentences before named last."""
    for one in reversed(article[max(0, place - BEFORE) : place]):
        if found := [day for day in days(one.sentence.text, published) if len(day.back) == len("2026-01-01")]:
            return date.fromisoformat(found[-1].back)
    return None


def _when(day: Day, published: date | None) -> str:
    """The marker of a date."""
    if published is None or day.back != day.ahead:
        return EITHER_WAY
    today = published.isoformat()[: len(day.back)]
    return PAST if day.back <= today else AHEAD


def marked_proposition(text: str, cast: Cast) -> str:
    """An issue's proposition with the warring parties marked; others stay as they are."""
    marks = Marks(cast, others=False)
    return marks.mark_text(text, [(one.start, (one.party,)) for one in cast.mentions(text)])


class Marks:
    """The markers of one passage, given out as its parties appear."""

    def __init__(self, cast: Cast, *, others: bool = True) -> None:
        self.cast = cast
        self.others = others
        self.given: dict[str, str] = {side: f"[S{number}]" for number, side in enumerate(cast.sides[:SIDES], start=1)}
        self.met: dict[str, str] = {}

    @property
    def parties(self) -> dict[str, str]:
        """The marker of each party met so far, by marker."""
        return dict(self.met)

    def of(self, party: str) -> str:
        """The marker of a party, given out now if it has none; empty if none is left."""
        if party not in self.given:
            used = len(self.given) - len(self.cast.sides[:SIDES])
            if not self.others or used >= OTHERS:
                return ""
            self.given[party] = f"[P{used + 1}]"
        self.met[self.given[party]] = party
        return self.given[party]

    def mark(self, said: Said, signs: Sequence[tuple[int, str]] = ()) -> str:
        """A sentence with a marker before each mention of a party and of "both sides", and further ones at offsets."""
        text = said.sentence.text
        places: list[tuple[int, tuple[str, ...]]] = [(one.start, (one.party,)) for one in said.mentions]
        named = [(one.start, one.end) for one in said.mentions]
        for group in (pattern("both_sides"), EITHER):
            for found in group.finditer(text):
                if not any(found.start() < end and start < found.end() for start, end in named):
                    places.append((found.start(), self.cast.sides))
                    named.append(found.span())
        return self.mark_text(text, places, signs)

    def mark_text(
        self, text: str, places: Sequence[tuple[int, tuple[str, ...]]], signs: Sequence[tuple[int, str]] = ()
    ) -> str:
        """The text with the markers of parties, and further ones before them, put in at offsets."""
        pieces: list[str] = []
        last = 0
        own = (
            (start, "".join(f"{sign} " for one in parties if (sign := self.of(one))))
            for start, parties in sorted(places)
        )
        for start, sign in sorted((*((at, f"{one} ") for at, one in signs), *own), key=lambda one: one[0]):
            pieces += [text[last:start], sign]
            last = start
        return "".join((*pieces, text[last:]))

    def hint(self, sign: str, parties: Sequence[str]) -> str:
        """Who is spoken of or speaks, as far as rules know: a sign and the parties' markers."""
        signs = " ".join(filter(None, (self.of(party) for party in parties)))
        return f"{sign} {signs} " if signs else ""


def _heading(article: Sequence[Said], place: int) -> Said | None:
    """The heading over a sentence, if its section has not gone on for long."""
    for back in range(1, 7):
        if place - back < 0:
            return None
        if article[place - back].sentence.heading:
            return article[place - back]
    return None
