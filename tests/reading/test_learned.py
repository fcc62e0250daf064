"""The learned part: how a sentence is put to it, and what it makes of plain ones."""

import re
from datetime import date
from pathlib import Path

import pytest

from app.reading.confidence import Sureness, fitted, logit
from app.reading.language import sentences
from app.reading.learned.judge import FOLDER, Judge, model
from app.reading.learned.marked import LONGEST_CONTEXT, Marked, marked, marked_proposition
from app.reading.learned.odds import Odds
from app.reading.lines import built_in_reader
from app.reading.page import article_blocks, straight
from app.reading.reader import Reader
from app.reading.said import Said, in_context


def article(reader: Reader, text: str) -> list[Said]:
    plain = straight(text)
    return in_context([reader.said(one, reader.cast) for one in sentences(plain, article_blocks(plain))])


TODAY = date(2025, 6, 4)  # a Wednesday


def last(reader: Reader, text: str) -> Marked:
    said = article(reader, text)
    return marked(said, len(said) - 1, reader.cast, TODAY)


def odds(reader: Reader, text: str) -> Odds:
    return reader.judge.odds([last(reader, text)])[0]


def test_parties_stand_behind_their_markers(reader: Reader) -> None:
    one = last(reader, "Moscow told Washington that both sides would meet and that Russia was ready.")
    assert one.sentence == (
        "[S2] Moscow told [P1] Washington that [S1] [S2] both sides would meet and that [S2] Russia was ready."
    )
    assert one.parties == {"[S1]": "ukraine", "[S2]": "russia", "[P1]": "united-states"}


def test_dates_and_people_stand_behind_their_markers(reader: Reader) -> None:
    one = last(reader, "On Monday Umerov met Ana Sorel, and on 16 May they had met before; they meet on Friday.")
    assert one.sentence == (
        "On [D?] Monday [N] [S1] Umerov met [N] Ana Sorel, and on [D<] 16 May they had met before; "
        "they meet on [D?] Friday."
    )
    assert [(day.back, day.ahead) for day in one.days] == [
        ("2025-06-02", "2025-06-09"),
        ("2025-05-16", "2025-05-16"),
        ("2025-05-30", "2025-06-06"),
    ]
    assert [(person.person, person.party) for person in one.people] == [("Rustem Umerov", "ukraine"), ("Ana Sorel", "")]


def test_talks_and_other_dates_are_told_apart(reader: Reader) -> None:
    told = odds(
        reader,
        "Russian and Ukrainian negotiators will meet in Istanbul on 12 June, the Turkish minister said on 3 June.",
    )
    meeting, saying = told.rounds[1:]
    assert meeting.first > 0.5 > saying.first + saying.later
    assert meeting.plans["planned"] == max(meeting.plans.values())


def test_who_leads_and_who_speaks_are_told_apart(reader: Reader) -> None:
    told = odds(
        reader, "The Ukrainian delegation in Istanbul is headed by Rustem Umerov, President Volodymyr Zelensky said."
    )
    leads, speaks = told.seats
    assert leads.head > 0.5 > speaks.head


def test_the_context_is_what_stands_before(reader: Reader) -> None:
    text = "Kyiv's terms\n\nThe envoys met on Monday in the old port. Ukraine spoke first. It wants a truce."
    one = last(reader, text)
    assert one.sentence == "It wants a truce."
    assert "[H] [S1] Kyiv's terms" in one.context
    assert one.context.endswith("[S1] Ukraine spoke first.")
    long = "The minister spoke about the weather and the harvest at length. " * 30 + "It wants a truce."
    assert len(last(reader, long).context) < LONGEST_CONTEXT + 40


def test_a_proposition_marks_the_sides_only(reader: Reader) -> None:
    assert marked_proposition("Ukraine stays outside NATO.", reader.cast) == "[S1] Ukraine stays outside NATO."


PLAIN = [
    ("{} rejects an unconditional ceasefire, its foreign minister said.", "ceasefire", "against"),
    ("{} demands a full and unconditional ceasefire before any talks on a settlement.", "ceasefire", "for"),
    ("{} wants another round of talks next week.", "further-talks", "for"),
]


@pytest.mark.parametrize(("sentence", "issue", "stance"), PLAIN)
@pytest.mark.parametrize("side", ["Ukraine", "Russia"])
def test_plain_stances_of_either_side_are_read(
    reader: Reader, side: str, sentence: str, issue: str, stance: str
) -> None:
    """Also against what a side is known for: the grammar of a plain sentence says which way its stance points."""
    lead = "Ukraine and Russia held a second round of peace talks in Istanbul on 2 June 2025. "
    found = reader.read(lead + sentence.format(side)).demands
    assert [one.stance for one in found if (one.party, one.issue) == (side.lower(), issue)] == [stance]


def test_a_background_fact_is_nobody_s_stance(reader: Reader) -> None:
    told = odds(reader, "The port handled four million tonnes of grain in Ukraine last year, before Russia bombed it.")
    assert max(max(pair) for pair in told.stances.values()) < 0.3


def test_an_outcome_is_heard(reader: Reader) -> None:
    told = odds(
        reader, "Ukraine and Russia agreed in Istanbul to exchange 1,000 prisoners each, both delegations said."
    )
    assert max(told.outcomes["prisoner-exchange"], key=lambda status: told.outcomes["prisoner-exchange"][status]) in {
        "agreed",
        "implemented",
    }


def test_every_sentence_gets_the_same_odds_alone_and_among_others(reader: Reader) -> None:
    said = article(reader, "Russia rejected a full ceasefire. Ukraine wants its prisoners back. It rained in Kyiv.")
    passages = [marked(said, place, reader.cast, TODAY) for place in range(len(said))]
    together = reader.judge.odds(passages)
    for passage, one in zip(passages, together, strict=True):
        (alone,) = reader.judge.odds([passage])
        assert alone.stances.keys() == one.stances.keys()
        for key, pair in alone.stances.items():
            assert one.stances[key] == pytest.approx(pair, abs=0.15), "weights of 8 bits leave a little noise"


def test_an_issue_that_it_never_learned_can_be_asked_about(reader: Reader) -> None:
    issue = reader.vocabulary.issues[0].model_copy(update={"slug": "a-new-question"})
    vocabulary = reader.vocabulary.model_copy(update={"issues": (issue,)})
    (told,) = Judge(vocabulary, reader.cast).odds([last(reader, "Russia rejected a full ceasefire.")])
    assert set(told.stances) == {("ukraine", "a-new-question"), ("russia", "a-new-question")}
    assert all(0 <= one <= 1 for pair in told.stances.values() for one in pair)


def test_nothing_to_read_is_no_error(reader: Reader) -> None:
    assert reader.judge.odds([]) == []


def test_a_missing_model_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="make model"):
        model(tmp_path)


def test_the_model_is_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 30_000_000


def test_confidence_grows_with_what_speaks_for_a_find() -> None:
    sure = fitted(0.5)
    told = {"best": logit(0.4), "second": logit(0.02), "rule": 0.0, "contrary": logit(0.02), "contrary rule": 0.0}
    more = [sure.of("demands", {**told, "best": logit(one)}) for one in (0.1, 0.4, 0.7, 0.95)]
    assert more == sorted(more)
    assert all(0 < one < 1 for one in more)


def test_a_confidence_is_a_logistic_of_its_features() -> None:
    sure = Sureness({"rounds": {"bias": 0.0, "rule": 1.0}}, 0.5)
    assert sure.of("rounds", {"rule": 0.0}) == 0.5
    assert sure.of("rounds", {"rule": logit(0.8)}) == 0.8
    assert sure.of("rounds", {"rule": 50.0}) == 0.99


@pytest.mark.parametrize("process", ["sudan", "armenia-azerbaijan"])
def test_every_process_can_be_read(process: str) -> None:
    sides = built_in_reader(process).vocabulary.sides
    names = [party.name for party in built_in_reader(process).vocabulary.parties if party.slug in sides]
    text = f"{names[0]} and {names[1]} held talks on peace. {names[0]} rejected the peace proposal of {names[1]}."
    reading = built_in_reader(process).read(text)
    assert re.fullmatch(r"built-in \d+", reading.reader)
