"""Offices as the article gives them, whatever a vocabulary knows of later ones."""

import pytest

from app.reading.reader import Reader

TALKS = "Delegations of Ukraine and Russia met in Istanbul on 2 June 2025 for peace talks on a ceasefire. "


@pytest.mark.parametrize(
    ("said", "office"),
    [
        ("Defence Minister Rustem Umerov led the Ukrainian delegation.", "Defence Minister"),
        ("Ukraine's Defence Minister Rustem Umerov led the Ukrainian delegation.", "Defence Minister"),
        ("The Ukrainian delegation was led by First Deputy Foreign Minister Serhiy Kyslytsya.",
         "First Deputy Foreign Minister"),
        ("The Ukrainian delegation was led by Rustem Umerov. The talks were short, Umerov said.", None),
    ],
)  # fmt: skip
def test_office_of_the_head(reader: Reader, said: str, office: str | None) -> None:
    (ours,) = [one for one in reader.read(TALKS + said).delegations if one.party == "ukraine"]
    assert ours.head is not None
    assert ours.head.office == office


def test_an_office_begins_after_the_person_before(reader: Reader) -> None:
    said = "Kremlin aide Vladimir Medinsky led the Russian delegation, which included Deputy Defence Minister Alexander"
    reading = reader.read(f"{TALKS}{said} Fomin and Deputy Foreign Minister Mikhail Galuzin.")
    (theirs,) = [one for one in reading.delegations if one.party == "russia"]
    assert [one.office for one in theirs.members] == ["Deputy Defence Minister", "Deputy Foreign Minister"]


def test_office_of_members(reader: Reader) -> None:
    said = "Kremlin aide Vladimir Medinsky led the Russian delegation, which included Deputy Defence Minister Alexander"
    (theirs,) = [one for one in reader.read(f"{TALKS}{said} Fomin.").delegations if one.party == "russia"]
    assert theirs.head is not None
    assert theirs.head.office == "Kremlin aide"
    assert [(one.name, one.office) for one in theirs.members] == [("Alexander Fomin", "Deputy Defence Minister")]
