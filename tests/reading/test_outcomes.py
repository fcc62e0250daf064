"""What came of the talks: kind, status and number."""

import pytest

from app.reading.reader import Metadata, Reader

LEAD = "Ukraine and Russia held peace talks in Istanbul on 2 June 2025. "


@pytest.mark.parametrize(
    ("text", "kind", "status", "quantity"),
    [
        ("The two sides agreed to exchange 1,200 prisoners of war each.", "prisoner-exchange", "agreed", 1200),
        ("It was agreed that each would free a thousand prisoners of war.", "prisoner-exchange", "agreed", 1000),
        ("Since then, 500 prisoners from each side have been exchanged.", "prisoner-exchange", "implemented", 500),
        ("Russia handed over the bodies of 1,212 soldiers.", "bodies-exchange", "implemented", 1212),
        ("Both sides agreed to return the bodies of 6,000 soldiers.", "bodies-exchange", "agreed", 6000),
        ("Kyiv asked Moscow to return 412 children.", "children-return", "proposed", 412),
        ("Ukraine handed over a list of 339 children.", "children-return", "proposed", 339),
        ("The first prisoners under 25 were exchanged on 9 June.", "prisoner-exchange", "implemented", None),
        ("Prisoners were swapped on 10, 12 and 14 June.", "prisoner-exchange", "implemented", None),
        ("The sides agreed to exchange all prisoners aged 18-25.", "prisoner-exchange", "agreed", None),
        ("The sides agreed to a 1,000-for-1,000 prisoner exchange.", "prisoner-exchange", "agreed", 1000),
        ("The prisoner exchange is scheduled to take place this week.", "prisoner-exchange", "agreed", None),
        ("Both delegations exchanged memorandums on peace.", "document-exchange", "implemented", None),
        ("The sides agreed to continue negotiations.", "further-talks", "agreed", None),
        ("Another round is planned for next week.", "further-talks", "agreed", None),
        ("Russia proposed setting up three working groups.", "working-groups", "proposed", None),
        (
            "Moscow and Kyiv agreed to a moratorium on strikes on energy sites.",
            "limited-truce",
            "agreed",
            None,
        ),
    ],
)
def test_reads_what_came_of_it(reader: Reader, text: str, kind: str, status: str, quantity: int | None) -> None:
    found = {one.kind: one for one in reader.read(LEAD + text).outcomes}
    assert kind in found
    assert (found[kind].status, found[kind].quantity) == (status, quantity)
    assert found[kind].round == "2025-06-02"


@pytest.mark.parametrize(
    "text",
    [
        "Russia hopes for another exchange of prisoners.",
        "It is unclear whether prisoners will be exchanged.",
        "The talks failed to produce a ceasefire.",
        "Kyiv wants all prisoners released.",
        "Russia threatened to stop the return of bodies.",
        "The next steps will be named once the prisoners have been exchanged.",
        "The agreements of the second round are being carried out.",
        "Local truces collapsed within hours, and each side held the other responsible.",
        "The release of the prisoners would be a first step.",
        "Zelensky called for the return of abducted children.",
    ],
)
def test_wishes_and_failures_are_no_outcomes(reader: Reader, text: str) -> None:
    assert not reader.read(LEAD + text, Metadata()).outcomes
