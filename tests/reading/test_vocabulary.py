"""The vocabularies and idioms themselves: complete, consistent, and every phrase can be compiled."""

import pytest
from pydantic import ValidationError

from app.reading.idioms import idioms
from app.reading.phrases import any_of, expression
from app.reading.vocabulary import Vocabulary
from app.settings import PROCESSES

VOCABULARIES = sorted(PROCESSES.glob("*/vocabulary.yaml"))


@pytest.fixture(params=VOCABULARIES, ids=lambda path: path.parent.name)
def vocabulary(request: pytest.FixtureRequest) -> Vocabulary:
    return Vocabulary.load(request.param)


def test_refers_only_to_what_it_holds(vocabulary: Vocabulary) -> None:
    parties = {party.slug for party in vocabulary.parties}
    themes = {theme.slug for theme in vocabulary.themes}
    assert {person.party for person in vocabulary.people} <= parties
    assert {city.party for city in vocabulary.cities if city.party} <= parties
    assert {issue.theme for issue in vocabulary.issues} == themes
    assert {issue.actor for issue in vocabulary.issues if issue.actor} <= set(vocabulary.sides)
    assert len(vocabulary.sides) == 2


def test_every_phrase_compiles(vocabulary: Vocabulary) -> None:
    for kind in vocabulary.outcome_kinds:
        any_of(kind.phrases, vocabulary.lists)
    for issue in vocabulary.issues:
        any_of((*issue.phrases, *issue.contrary, *issue.unless, *issue.outright, *issue.from_sides), vocabulary.lists)


def test_names_mean_one_party_each(vocabulary: Vocabulary) -> None:
    named = [
        name.casefold()
        for party in vocabulary.parties
        for name in {party.name, *party.names, *party.demonyms, *party.capitals, *party.metonyms}
    ]
    assert len(named) == len(set(named))


def test_idioms_name_no_party(vocabulary: Vocabulary) -> None:
    written = str(idioms().model_dump()).casefold()
    names = {name.casefold() for party in vocabulary.parties for name in (*party.names, *party.capitals)}
    short = {"nato", "us", "u.s.", "un", "eu", "u.s.a.", "usa", "uk", "u.k.", "e.u.", "u.n.", "uae", "u.a.e."}
    assert [name for name in sorted(names - short) if any_of([name.replace(".", r"\.")]).search(written)] == []


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("full cease-?fire", "a full ceasefire", True),
        ("full cease-?fire", "a full cease-fire", True),
        ("full cease-?fire", "a full\nceasefire", True),
        ("withdr(a|e)w* ~ from", "withdraw all of its troops from here", True),
        ("withdr(a|e)w* ~ from", "withdraw. They come from here", False),
        ("recogni[sz]* them", "recognising them", True),
        ("{lands} talks", "northern talks", True),
        ("arms", "alarms", False),
    ],
)
def test_phrases_are_matched_as_words(phrase: str, text: str, found: bool) -> None:
    assert bool(any_of([phrase], {"lands": ("northern", "southern")}).search(text)) is found


def test_an_unknown_list_is_an_error() -> None:
    with pytest.raises(KeyError):
        expression("{nothing}", {})


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(ValidationError):
        Vocabulary.model_validate({"slug": "x", "nothing": 1})
