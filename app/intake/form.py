"""What a person typed into the forms about articles, and what is wrong with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date

from app.evidence.documents import EARLIEST, latest
from app.evidence.language_names import language_names
from app.intake.store import Corrections

LONGEST = 500
NOTHING_GIVEN = "Paste a text, choose a file or give an address."
ONE_TITLE = "A title is for one article: leave it empty for several, each title can be corrected on its article's page."


@dataclass(frozen=True)
class Typed:
    """The fields as typed, blanks around them stripped (the text's are kept); a field that is missing is empty."""

    text: str = ""
    address: str = ""
    title: str = ""
    outlet: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    process: str = ""
    """Slug of the process that a person chose; empty: it is found by reading."""
    short: str = ""
    """Not empty: short texts are taken in all the same."""

    @property
    def details(self) -> bool:
        """Whether anything was typed about the article beyond its text, its date and its process."""
        return any((self.title, self.outlet, self.author, self.language))


def typed(form: Mapping[str, object]) -> Typed:
    """The fields of a form; what is no text counts as empty."""
    given = {one.name: form.get(one.name) for one in fields(Typed)}
    texts = {name: value if isinstance(value, str) else "" for name, value in given.items()}
    return Typed(**{name: value if name == "text" else value.strip() for name, value in texts.items()})


def corrections(
    given: Typed, cleared: frozenset[str] = frozenset(), processes: Mapping[str, int] | None = None
) -> Corrections:
    """What a person knows better; ask ``complaints`` first. What was left empty and is not ``cleared`` stays.

    ``processes`` are the ids by slug of those that can be chosen.
    """
    return Corrections(
        title=_line(given.title),
        outlet=_line(given.outlet),
        author=_line(given.author),
        published_on=date.fromisoformat(given.published) if given.published else None,
        language=given.language or None,
        process_id=(processes or {}).get(given.process),
        cleared=cleared,
    )


def emptied(form: Mapping[str, object]) -> frozenset[str]:
    """The facts about an article, as Corrections names them, whose fields were sent empty."""
    same = {name: name for name in ("outlet", "author", "language", "process")}
    names = {**same, "published": "published_on"}
    blank = (name for name in names if isinstance(value := form.get(name), str) and not _line(value))
    return frozenset(names[name] for name in blank)


def complaints(given: Typed, processes: Collection[str] = ()) -> dict[str, str]:
    """What is wrong with the details, by field; ``processes`` are the slugs of those that can be chosen."""
    found = {
        name: f"At most {LONGEST} characters, please."
        for name in ("title", "outlet", "author")
        if len(getattr(given, name)) > LONGEST
    }
    if given.published and (wrong := wrong_date(given.published)):
        found["published"] = wrong
    if given.language and given.language not in language_names():
        found["language"] = "Choose a language from the list."
    if given.process and given.process not in processes:
        found["process"] = "Choose a process from the list."
    return found


def wrong_date(text: str) -> str | None:
    """What is wrong with a date of publication as typed; None if nothing is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return "Write the date like 2025-06-02."
    if day < EARLIEST:
        return f"The year {day.year} is too early; dates from {EARLIEST.year} on are taken."
    if day > latest():
        return "That day is still to come; an article cannot have appeared on it."
    return None


def _line(text: str) -> str | None:
    return " ".join("".join(character for character in text if character.isprintable()).split()) or None
