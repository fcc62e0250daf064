"""A process's vocabulary: the parties, people, issues and kinds of outcome that its articles speak of.

One YAML file a process, ``app/processes/SLUG/vocabulary.yaml``; nothing of a process is in code.
"""

import re
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints

PartyRole = Literal["side", "mediator", "host", "ally"]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Entry(BaseModel):
    """A frozen entry of a vocabulary that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PartyEntry(Entry):
    """A party and the words by which articles mean it."""

    slug: Slug
    name: str
    role: PartyRole
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    wikidata: str | None = None


class PersonEntry(Entry):
    """A person who speaks or sits for a party; ``variants`` are other spellings of the name."""

    name: str
    party: Slug
    office: str | None = None
    variants: tuple[str, ...] = ()


class ThemeEntry(Entry):
    """A group of issues."""

    slug: Slug
    name: str


class CityEntry(Entry):
    """A place where talks may meet; ``party`` is the party whose city it is."""

    name: str
    party: Slug | None = None
    variants: tuple[str, ...] = ()


class IssueEntry(Entry):
    """A question on the table: being ``for`` it means wanting what the proposition says.

    ``phrases`` name what the proposition says, ``contrary`` its opposite; a match that touches one of ``unless`` does
    not count. With ``actor``, phrases count only where that party is the one to do it.
    """

    slug: Slug
    name: str
    theme: Slug
    proposition: str
    phrases: tuple[str, ...] = ()
    contrary: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    actor: Slug | None = None
    meeting: bool = False
    """Whether it names a meeting, which is no round while it is only asked for."""
    threat: bool = False
    """Whether what it names can be threatened with."""
    outright: tuple[str, ...] = ()
    """Phrases that name the actor themselves."""
    from_sides: tuple[str, ...] = ()
    """Phrases that count only where a warring party holds the stance."""


class OutcomeKindEntry(Entry):
    """A kind of thing that a round can produce, the phrases that name it, and the issue that it answers."""

    slug: Slug
    name: str
    issue: Slug | None = None
    phrases: tuple[str, ...] = ()


class Vocabulary(Entry):
    """All that the readers know about one process."""

    slug: Slug
    name: str
    summary: str
    parties: tuple[PartyEntry, ...]
    people: tuple[PersonEntry, ...] = ()
    cities: tuple[CityEntry, ...] = ()
    elsewhere: tuple[str, ...] = ()
    """Names of other conflicts."""
    words: dict[str, tuple[str, ...]] = {}
    """Lists that phrases may name as ``{name}``."""
    themes: tuple[ThemeEntry, ...]
    issues: tuple[IssueEntry, ...]
    outcome_kinds: tuple[OutcomeKindEntry, ...]

    @property
    def sides(self) -> tuple[str, ...]:
        """Slugs of the warring parties, in the file's order."""
        return tuple(party.slug for party in self.parties if party.role == "side")

    @property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """What phrases may name: ``words``, and each party's slug for all that it is called."""
        called = {
            party.slug: tuple(
                f"{re.escape(name)}('s)?" for name in (*party.names, *party.demonyms, *party.capitals, *party.metonyms)
            )
            for party in self.parties
        }
        return {**called, **self.words}

    @classmethod
    def load(cls, path: Path) -> "Vocabulary":
        """The vocabulary in a YAML file.

        Raises:
            OSError: the file cannot be read.
            yaml.YAMLError: it is not YAML.
            pydantic.ValidationError: an entry is malformed; the error names it.
        """
        return cls.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
