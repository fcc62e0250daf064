"""Finds of several readers stand in one row where they mean the same thing."""

from typing import Any

from app.intake.side_by_side import Row, leads_to, side_by_side
from app.reading.reading import DelegationFind, DemandFind, MemberFind, OutcomeFind, Quote, Reading, RoundFind

TEXT = "Talks in Istanbul. Kyiv wants a truce. Moscow refuses. They swap 40 each."


def find(made: type[Any], words: str, **said: Any) -> Any:
    start = TEXT.index(words)
    return made(quote=Quote.of(TEXT, start, start + len(words)), confidence=0.5, **said)


def talks(when: str | None, city: str | None = "Istanbul", **said: Any) -> Any:
    return find(RoundFind, "Talks", date=when, city=city, status=said.pop("status", "held"), **said)


def demand(stance: str, words: str = "Kyiv wants a truce", party: str = "ukraine") -> Any:
    return find(DemandFind, words, party=party, issue="ceasefire", stance=stance)


def read(**finds: Any) -> Reading:
    return Reading(reader="test", about_talks=True, **{kind: tuple(found) for kind, found in finds.items()})


def told(*readings: Reading) -> list[tuple[str, list[int], str]]:
    return [(row.kind, [len(cell) for cell in row.cells], row.verdict) for row in side_by_side(readings)]


def test_same_find_with_other_words_agrees() -> None:
    rows = side_by_side([read(demands=[demand("for")]), read(demands=[demand("for", "wants a truce")])])
    assert told(read(demands=[demand("for")]), read(demands=[demand("for", "wants a truce")])) == [
        ("demands", [1, 1], "agree")
    ]
    assert isinstance(rows[0], Row)


def test_other_stance_differs_in_one_row() -> None:
    assert told(read(demands=[demand("for")]), read(demands=[demand("against")])) == [("demands", [1, 1], "differ")]
    both = read(demands=[demand("for"), demand("against", "truce")])
    assert told(both, read(demands=[demand("for")])) == [("demands", [2, 1], "differ")]


def test_find_of_one_reader_alone() -> None:
    moscow = demand("against", "Moscow refuses", "russia")
    assert told(read(demands=[demand("for"), moscow]), read(demands=[moscow])) == [
        ("demands", [1, 0], "in part"),
        ("demands", [1, 1], "agree"),
    ]
    assert told(read(), read()) == []


def test_rounds_meet_by_date_and_place() -> None:
    assert told(read(rounds=[talks("2025-06-02")]), read(rounds=[talks("2025-06-02")])) == [("rounds", [1, 1], "agree")]
    assert told(read(rounds=[talks("2025-06-02")]), read(rounds=[talks("2025-06")])) == [("rounds", [1, 1], "differ")]
    assert told(read(rounds=[talks("2025-06-02")]), read(rounds=[talks(None)])) == [("rounds", [1, 1], "differ")]
    for other in (talks("2025-06-03"), talks("2025-06-02", "Geneva"), talks(None, None)):
        assert [row[2] for row in told(read(rounds=[talks("2025-06-02")]), read(rounds=[other]))] == ["in part"] * 2
    two = read(rounds=[talks("2025-05-16"), talks("2025-06-02")])
    assert told(two, read(rounds=[talks(None)])) == [("rounds", [1, 1], "differ"), ("rounds", [1, 0], "in part")]


def test_delegations_and_outcomes_differ_by_what_they_say() -> None:
    def sent(head: str) -> Any:
        return find(DelegationFind, "Kyiv", party="ukraine", round="2025-06-02", head=MemberFind(name=head))

    def swap(number: int | None) -> Any:
        return find(OutcomeFind, "They swap 40", round=None, kind="swap", status="agreed", quantity=number)

    assert told(read(delegations=[sent("Umerov")]), read(delegations=[sent("umerov")]))[0][2] == "agree"
    assert told(read(delegations=[sent("Umerov")]), read(delegations=[sent("Yermak")]))[0][2] == "differ"
    assert told(read(outcomes=[swap(40)]), read(outcomes=[swap(None)]))[0][2] == "differ"


def test_quotes_lead_into_the_article() -> None:
    quote = Quote.of(TEXT, 0, 18)
    assert leads_to(quote, {(0, 18): 7}) == "#citation-7"
    assert leads_to(quote, {}) == "#:~:text=Talks%20in%20Istanbul."
