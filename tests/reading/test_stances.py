"""Who wants what, by rules: one case a sentence."""

import re
from pathlib import Path

import pytest
import yaml

from app.reading.language import sentences
from app.reading.mentions import unknown_people
from app.reading.page import article_blocks, straight
from app.reading.reader import Reader
from app.reading.said import in_context
from app.reading.stances_by_rules import held_by_rules

PARTIES = {
    "u": "ukraine",
    "r": "russia",
    "us": "united-states",
    "eu": "european-union",
    "fr": "france",
    "tr": "turkiye",
    "uk": "united-kingdom",
    "cn": "china",
    "un": "united-nations",
    "de": "germany",
    "hu": "hungary",
    "iaea": "iaea",
}
FAMILIES = yaml.safe_load(Path(__file__).with_name("stance_cases.yaml").read_text(encoding="utf-8"))
NOT_YET = FAMILIES.pop("not read yet")
CASES = [pytest.param(*case, id=f"{family}: {case[0][:40]}") for family, cases in FAMILIES.items() for case in cases]


def stances(reader: Reader, text: str) -> set[str]:
    """The stances that a passage shows, written as in the cases; whether it is about talks at all is left aside."""
    plain = straight(text)
    cast = reader.cast.with_people(unknown_people(plain, reader.cast))
    said = in_context([reader.said(one, cast) for one in sentences(plain, article_blocks(plain))])
    article = reader.parsed(said)
    short = {party: letter for letter, party in PARTIES.items()}
    found = held_by_rules(article, cast)
    return {f"{short.get(one.party, one.party)}{'+' if one.sign > 0 else '-'}{one.issue}" for one in found}


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_reads_who_wants_what(reader: Reader, text: str, wanted: list[str]) -> None:
    assert stances(reader, text) == set(wanted)


@pytest.mark.xfail(strict=True, reason="known limit of the reader")
@pytest.mark.parametrize(("text", "wanted"), NOT_YET)
def test_is_not_read_yet(reader: Reader, text: str, wanted: list[str]) -> None:
    assert stances(reader, text) == set(wanted)


def test_each_party_is_read_alike(reader: Reader) -> None:
    """The same words lead to the same reading whichever side they are about."""
    for sentence in (
        "X rejected a full ceasefire.",
        "X said it wanted a 30-day ceasefire.",
        "X is open to further talks.",
    ):
        mine, theirs = (stances(reader, sentence.replace("X", side)) for side in ("Ukraine", "Russia"))
        assert {re.sub(r"^u", "r", one) for one in mine} == theirs
        assert mine
