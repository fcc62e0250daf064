"""Which talks a passage names, and who led whom."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.reading.dates import dates, days, opens_with_date, published_in
from app.reading.reader import Metadata, Reader
from app.reading.reading import Reading

HERE = Path(__file__).parent
CASES = [
    case
    for name in ("round_cases.yaml", "report_cases.yaml")
    for case in yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
]
TODAY = date(2025, 6, 4)  # a Wednesday


@pytest.fixture(scope="module")
def readings(reader: Reader) -> list[tuple[dict[str, Any], Reading]]:
    """Every case with what is read of it."""
    return [(case, reader.read(case["text"], Metadata(published=case["published"]))) for case in CASES]


def share(right: int, of: int) -> float:
    return right / of if of else 1.0


def test_rounds_of_short_reports(readings: list[tuple[dict[str, Any], Reading]]) -> None:
    """A learned reader is judged by how many it gets right; these reports are short and leave it little to go by."""
    wanted = right = found = 0
    misread = []
    for case, reading in readings:
        if case["rounds"] is None:
            continue
        gold = Counter(str(one[0] if isinstance(one, list) else one) for one in case["rounds"])
        told = Counter(one.date or "unknown" for one in reading.rounds)
        wanted, right, found = wanted + gold.total(), right + (gold & told).total(), found + told.total()
        if gold != told:
            misread.append((case["text"][:60], sorted(gold), sorted(told)))
    assert share(right, found) >= 0.83, misread
    assert share(right, wanted) >= 0.85, misread


def test_what_is_told_of_a_round(readings: list[tuple[dict[str, Any], Reading]]) -> None:
    """Of the rounds that are found, how many have the right city, number, format and status."""
    told: dict[str, list[bool]] = {"city": [], "ordinal": [], "format": [], "status": []}
    for case, reading in readings:
        rows = [row for row in case["rounds"] or () if isinstance(row, list)]
        for day, *values in rows:
            found = next((one for one in reading.rounds if one.date == str(day)), None)
            if found:
                for name, value in zip(told, values, strict=True):
                    told[name].append(getattr(found, name) == value)
    shares = {name: share(sum(right), len(right)) for name, right in told.items()}
    assert min(shares.values()) >= 0.9, shares


def test_heads_of_delegations(readings: list[tuple[dict[str, Any], Reading]]) -> None:
    wanted = right = found = 0
    misread = []
    for case, reading in readings:
        gold = Counter(case["heads"] if "heads" in case else [row[1] for row in case.get("delegations", ())])
        told = Counter(one.head.name for one in reading.delegations if one.head)
        wanted, right, found = wanted + gold.total(), right + (gold & told).total(), found + told.total()
        if gold != told:
            misread.append((case["text"][:60], sorted(gold), sorted(told)))
    assert share(right, found) >= 0.9, misread
    assert share(right, wanted) >= 0.88, misread


def test_sizes_of_delegations(readings: list[tuple[dict[str, Any], Reading]]) -> None:
    told = [
        (row[2], found.size)
        for case, reading in readings
        for row in case.get("delegations", ())
        for found in reading.delegations
        if found.head and found.head.name == row[1]
    ]
    assert share(sum(gold == size for gold, size in told), len(told)) >= 0.9, told


@pytest.mark.parametrize(
    ("words", "ahead", "value"),
    [
        ("They met on Monday.", False, "2025-06-02"),
        ("They meet on Monday.", True, "2025-06-09"),
        ("They met on Wednesday.", False, "2025-06-04"),
        ("They met last Wednesday.", False, "2025-05-28"),
        ("They met yesterday.", False, "2025-06-03"),
        ("They meet tomorrow.", True, "2025-06-05"),
        ("They met on 16 May.", False, "2025-05-16"),
        ("They met on May 16th, 2024.", False, "2024-05-16"),
        ("They met on 2025-05-16.", False, "2025-05-16"),
        ("They met on May 16 and 17.", False, "2025-05-16"),
        ("They met on 16-17 May.", False, "2025-05-16"),
        ("They met in mid-May.", False, "2025-05"),
        ("They met in December.", False, "2024-12"),
        ("They met last month.", False, "2025-05"),
        ("They met two weeks ago.", False, "2025-05"),
        ("They met three days ago.", False, "2025-06-01"),
        ("They met on 16.05.2025.", False, "2025-05-16"),
        ("2025, May 16: they met.", False, "2025-05-16"),
        ("May 16: they met.", False, "2025-05-16"),
        ("ISTANBUL, May 16 - They met.", False, None),
        ("They met a day after the strikes.", False, "2025-06-03"),
        ("Two days after the talks on 2 June they met.", False, "2025-06-02"),
        ("The strikes came two days before they are to meet.", True, "2025-06-06"),
        ("On 16 May they met, and the day after they left.", False, "2025-05-16"),
        ("In May, on the 16th, they met.", False, "2025-05"),
        ("They may meet.", True, None),
        ("They march on.", True, None),
        ("On 31 February they met.", False, None),
    ],
)
def test_resolves_dates_against_the_day_of_publication(words: str, ahead: bool, value: str | None) -> None:
    found = dates(words, TODAY, ahead=ahead)
    assert (found[0].value if found else None) == value


def test_dates_are_read_back_and_ahead_and_from_the_day_named_before() -> None:
    (friday,) = days("They meet on Friday.", TODAY)
    assert (friday.back, friday.ahead) == ("2025-05-30", "2025-06-06")
    assert [one.back for one in days("They met on Friday, 16 May 2025.", TODAY)] == ["2025-05-16"]
    (later,) = days("Two days later they parted.", TODAY, date(2025, 5, 16))
    assert (later.back, later.ahead) == ("2025-05-18", "2025-05-18")
    assert [one.back for one in days("In May they met on the 16th and on the 23rd.", TODAY)] == [
        "2025-05",
        "2025-05-16",
        "2025-05-23",
    ]


@pytest.mark.parametrize(
    ("line", "opens"),
    [
        ("- July 10-11, Almaty: foreign ministers, two days", True),
        ("16 May – Istanbul, an hour and a half", True),
        ("May the best proposal win: a guide", False),
        ("Two meetings in May: what came of them", False),
    ],
)
def test_entries_of_a_chronology_open_with_a_date(line: str, opens: bool) -> None:
    assert opens_with_date(line) is opens


def test_finds_the_day_of_publication_on_the_page() -> None:
    assert published_in("A headline\nFeb 26, 2026 | 9:05 AM\nBy A. Writer\n") == date(2026, 2, 26)
    assert published_in("A long sentence that merely mentions " + "words " * 20 + "26 February 2026.") is None


@pytest.mark.parametrize(
    ("text", "members"),
    [
        (
            "Rustem Umerov leads the Ukrainian delegation. It includes Serhiy Kyslytsya, deputy agency chief Taras "
            "Melnyk and Vadym Skibitskyi.",
            ["Serhiy Kyslytsya", "Taras Melnyk", "Vadym Skibitskyi"],
        ),
        ("Rustem Umerov leads the Ukrainian team. It includes Kyslytsya, Zelensky said.", ["Serhiy Kyslytsya"]),
        ("Zelensky named the Ukrainian team. Umerov leads it, with Kyslytsya as his deputy.", ["Serhiy Kyslytsya"]),
        ("Umerov led the Ukrainian delegation. Zelensky, who was in Kyiv, spoke of progress, including on Crimea.", []),
        ("Umerov led the Ukrainian delegation. Podolyak said the talks would go on.", []),
        ("Umerov led the Ukrainian delegation. The Russian delegation included Fomin and Galuzin.", []),
    ],
)
def test_members_are_those_who_sat_there(reader: Reader, text: str, members: list[str]) -> None:
    lead = "Ukraine and Russia held peace talks in Istanbul on 2 June 2025. "
    found = [one for one in reader.read(lead + text).delegations if one.party == "ukraine"]
    assert [[member.name for member in one.members] for one in found] == [members]
