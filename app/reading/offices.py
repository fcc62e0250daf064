"""The office that an article gives a person, in its own words: offices change, and a vocabulary knows only the last."""

import re
from functools import cache

from app.reading.idioms import idioms
from app.reading.phrases import expression
from app.reading.said import Said

JOINING = frozenset(
    {"of", "and", "first", "second", "deputy", "senior", "chief", "presidential", "foreign", "prime", "interior"}
    | {"defence", "defense"}
)
LONGEST = 7
"""Most words of an office before a name."""


def office_of(person: str, article: list[Said]) -> str | None:
    """The title before the person's name where the article first gives one: "Deputy Foreign Minister"; else None."""
    family = person.split()[-1]
    for said in article:
        text = said.sentence.text
        named = [mention.start for mention in said.mentions if mention.person == person]
        places = named or [found.start() for found in re.finditer(rf"(?:[A-Z][\w'-]+ )?\b{re.escape(family)}\b", text)]
        others = [mention.end for mention in said.mentions if mention.kind == "person" and mention.person != person]
        since = {start: max((end for end in others if end <= start), default=0) for start in places}
        found = next(filter(None, (_title_before(text[since[start] : start]) for start in places)), None)
        if found:
            return found
    return None


def _title_before(text: str) -> str | None:
    words = re.findall(r"[\w'’-]+|[^\w\s]", text)[-LONGEST:]
    if not words or not _ends_titles().fullmatch(words[-1]):
        return None
    title: list[str] = []
    for word in reversed(words):
        if not (word == words[-1] or word[0].isupper() or word.casefold() in JOINING) or word.endswith(("'s", "’s")):
            break
        title.insert(0, word)
    while title and title[0] in ("of", "and"):
        title.pop(0)
    return " ".join(title)


@cache
def _ends_titles() -> re.Pattern[str]:
    return re.compile("|".join(expression(word) for word in idioms().offices), re.IGNORECASE)
