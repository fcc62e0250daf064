"""What does not stand in the article word for word is thrown away and counted."""

import json
from typing import Any

import pytest

from app.reading.llm.answer import Malformed, parse, schema
from app.reading.llm.grounding import Grounded, Grounding
from app.reading.llm.places import Places
from app.reading.vocabulary import Vocabulary
from tests.reading.llm.conftest import ARTICLE, GOOD


def grounded(vocabulary: Vocabulary, text: str = ARTICLE, **lists: Any) -> Grounded:
    empty: dict[str, Any] = {"rounds": [], "delegations": [], "demands": [], "outcomes": []}
    answer, malformed = parse(str_of({"about_talks": True, **empty, **lists}))
    assert malformed == 0
    return Grounding(text, vocabulary).grounded(answer)


def str_of(answer: dict[str, Any]) -> str:
    return json.dumps(answer)


def test_good_answer_stands_whole(vocabulary: Vocabulary) -> None:
    found = grounded(vocabulary, **GOOD)
    assert [len(part) for part in (found.rounds, found.delegations, found.demands, found.outcomes)] == [1, 1, 2, 1]
    assert not found.thrown_away
    quotes = [find.quote for part in (found.rounds, found.delegations, found.demands, found.outcomes) for find in part]
    assert all(quote.stands_in(ARTICLE) for quote in quotes)
    assert found.demands[0].quote.exact == "“Kyiv wants a full ceasefire – now,”", "the article's own signs"
    assert found.delegations[0].head
    assert found.delegations[0].head.office == "Defence Minister"


@pytest.mark.parametrize(
    ("words", "exact"),
    [
        ("a full ceasefire – now", "a full ceasefire – now"),
        ("a full ceasefire - now", "a full ceasefire – now"),
        ("  14. \"Kyiv wants", "14. “Kyiv wants"),
        ("2025. Defence Minister", "2025.\n\nDefence Minister"),
        ("Kyiv wants a total ceasefire", None),
        ("kyiv wants a full ceasefire", None),
        ("", None),
    ],
)  # fmt: skip
def test_quote_is_found_but_for_its_signs(words: str, exact: str | None) -> None:
    found = Places(ARTICLE).find(words)
    assert (found and ARTICLE[slice(*found)]) == exact


def test_first_of_several_places_is_taken() -> None:
    text = "No truce now. Kyiv asks. No truce now."
    assert Places(text).find("No truce now.") == (0, 13)


@pytest.mark.parametrize(
    ("kind", "change", "why"),
    [
        ("rounds", {"quote": "They met in Istanbul in secret."}, "quote not in the article"),
        ("rounds", {"quote": "2 June"}, "quote not in the article"),
        ("rounds", {"date": "2025-06-31"}, "impossible date"),
        ("rounds", {"date": "20250602"}, "impossible date"),
        ("rounds", {"date": "2 June 2025"}, "impossible date"),
        ("rounds", {"date": "9999-01-01"}, "impossible date"),
        ("rounds", {"city": "Geneva"}, "city not in the article"),
        ("rounds", {"city": "Istanbul\u0000"}, "city not in the article"),
        ("rounds", {"ordinal": 0}, "impossible number"),
        ("rounds", {"format": "secret"}, "unknown word for stance, format or status"),
        ("rounds", {"status": "over"}, "unknown word for stance, format or status"),
        ("delegations", {"party": "atlantis"}, "unknown party"),
        ("delegations", {"size": -3}, "impossible number"),
        ("delegations", {"head": {"name": "John Doe", "office": None}}, "person not in the article"),
        ("delegations", {"head": {"name": "Rustem\u0000 Umerov", "office": None}}, "person not in the article"),
        ("delegations", {"members": [{"name": "John Umerov", "office": None}]}, "person not in the article"),
        ("delegations", {"head": None, "size": None}, "says nothing"),
        ("demands", {"issue": "free-beer"}, "unknown issue"),
        ("demands", {"party": "kyiv"}, "unknown party"),
        ("demands", {"stance": "undecided"}, "unknown word for stance, format or status"),
        ("outcomes", {"kind": "victory"}, "unknown kind of outcome"),
        ("outcomes", {"quantity": 0}, "impossible number"),
        ("outcomes", {"quantity": 10**12}, "impossible number"),
        ("outcomes", {"round": "June"}, "impossible date"),
    ],
)
def test_find_that_is_not_borne_out_is_thrown_away(
    vocabulary: Vocabulary, kind: str, change: dict[str, Any], why: str
) -> None:
    lists: dict[str, Any] = {kind: [{**GOOD[kind][0], **change}]}
    found = grounded(vocabulary, **lists)
    assert getattr(found, kind) == ()
    assert found.thrown_away == {why: 1}


def test_words_beside_a_find_go_without_it(vocabulary: Vocabulary) -> None:
    demand = {**GOOD["demands"][0], "condition": "if Moscow pays tribute"}
    found = grounded(vocabulary, demands=[demand])
    assert found.demands[0].condition is None
    assert found.thrown_away == {"condition not in the article": 1}


def test_known_person_may_be_named_in_full(vocabulary: Vocabulary) -> None:
    text = "Talks were held. Umerov led the Ukrainian team of 14."
    delegation = {**GOOD["delegations"][0], "quote": "Umerov led the Ukrainian team of 14."}
    found = grounded(vocabulary, text, delegations=[{**delegation, "head": {"name": "Rustem Umerov"}}])
    assert found.delegations[0].head
    assert found.delegations[0].head.name == "Rustem Umerov"


@pytest.mark.parametrize("wrapped", ["```json\n{}\n```", "<think>Hm. {{</think>\n{}", "\n```\n{}\n``` "])
def test_answer_is_found_in_its_wrapping(wrapped: str) -> None:
    answer, malformed = parse(wrapped.replace("{}", str_of(GOOD)))
    assert (len(answer.demands), malformed) == (2, 0)


@pytest.mark.parametrize(
    "content",
    ["", "I cannot.", "[]", '{"about_talks": "maybe"}', '{"about_talks": true, "rounds": {}}', "[" * 9999],
)
def test_what_is_no_answer_is_malformed(content: str) -> None:
    with pytest.raises(Malformed):
        parse(content)


def test_malformed_find_is_left_out_and_counted() -> None:
    demands = [*GOOD["demands"], {"party": "ukraine"}, "ukraine", {**GOOD["demands"][0], "quote": 7}]
    heads = [{"party": "ukraine", "head": "Rustem Umerov", "quote": "Rustem Umerov led", "members": None}]
    answer, malformed = parse(str_of({"about_talks": True, "demands": demands, "delegations": heads}))
    assert (len(answer.demands), malformed) == (2, 3)
    assert answer.delegations[0].head
    assert answer.delegations[0].head.name == "Rustem Umerov"


def test_schema_holds_the_slugs_and_takes_nothing_else(vocabulary: Vocabulary) -> None:
    parts = schema(vocabulary)["$defs"]
    assert "ceasefire" in parts["DemandAnswer"]["properties"]["issue"]["enum"]
    assert set(parts["RoundAnswer"]["required"]) == set(parts["RoundAnswer"]["properties"])
    assert all(part["additionalProperties"] is False for part in parts.values())
