"""Which talks a passage names, and who led whom."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.reading.dates import dates, published_in
from app.reading.reader import Metadata, Reader

CASES = yaml.safe_load(Path(__file__).with_name("round_cases.yaml").read_text(encoding="utf-8"))
TODAY = date(2025, 6, 4)  # a Wednesday


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_reads_rounds_and_heads(reader: Reader, case: dict[str, Any]) -> None:
    reading = reader.read(case["text"], Metadata(published=case["published"]))
    found = [[one.date, one.city, one.ordinal, one.format, one.status] for one in reading.rounds]
    if case["rounds"] is not None:
        assert sorted(found, key=str) == sorted(case["rounds"], key=str)
    heads = [[one.party, one.head.name if one.head else None, one.size] for one in reading.delegations]
    if "delegations" in case:
        assert sorted(heads, key=str) == sorted(case["delegations"], key=str)


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
        ("They may meet.", True, None),
        ("They march on.", True, None),
        ("On 31 February they met.", False, None),
    ],
)
def test_resolves_dates_against_the_day_of_publication(words: str, ahead: bool, value: str | None) -> None:
    found = dates(words, TODAY, ahead=ahead)
    assert (found[0].value if found else None) == value


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
