"""How reports of any negotiation speak: the data of ``idioms.yaml``, typed and compiled."""

import re
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from app.reading.phrases import any_of

FILE = Path(__file__).with_name("idioms.yaml")
Phrases = tuple[str, ...]


class Group(BaseModel):
    """A frozen group of phrase lists that refuses unknown ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StanceIdioms(Group):
    """Words that show wanting, refusing, undoing, obligation, and what leaves a question unsettled."""

    want: Phrases
    refuse: Phrases
    undo: Phrases
    must: Phrases
    price: Phrases
    accept: Phrases
    promise: Phrases
    unsettled: Phrases
    threat: Phrases
    void: Phrases
    opposite: Phrases


class TalksIdioms(Group):
    """Words for talks and for the peace that they are about."""

    nouns: Phrases
    verbs: Phrases
    peace: Phrases


class DelegationIdioms(Group):
    """Words for delegations and how many they are."""

    groups: Phrases
    size: Phrases


class ResultIdioms(Group):
    """Words that tell how far a result has come."""

    agreed: Phrases
    implemented: Phrases
    proposed: Phrases
    rejected: Phrases
    not_results: Phrases


class PageIdioms(Group):
    """Lines of a web page that are not the article, and the commonest words of its language."""

    stop: Phrases
    skip: Phrases
    junk: Phrases
    function_words: Phrases


class Idioms(Group):
    """All general idioms."""

    stance: StanceIdioms
    speech: Phrases
    offices: Phrases
    agents: Phrases
    artifacts: Phrases
    analysts: Phrases
    no_names: Phrases
    """Words in capitals that are no part of a person's name."""
    both_sides: Phrases
    neither_side: Phrases
    other_side: Phrases
    anaphora: Phrases
    talks: TalksIdioms
    delegations: DelegationIdioms
    results: ResultIdioms
    pages: PageIdioms

    @classmethod
    def load(cls, path: Path = FILE) -> "Idioms":
        """The idioms in a YAML file; errors as for ``Vocabulary.load``."""
        return cls.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


@cache
def idioms() -> Idioms:
    """The idioms that come with the reader, loaded at first use."""
    return Idioms.load()


@cache
def pattern(group: str, name: str = "") -> re.Pattern[str]:
    """The compiled phrases of ``group``, or of its list ``name``."""
    held = getattr(idioms(), group)
    return any_of(getattr(held, name) if name else held)
