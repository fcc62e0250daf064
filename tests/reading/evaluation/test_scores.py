"""What counts as right, counted by hand."""

import pytest

from app.reading.evaluation.annotation import AnnotatedReading, Kind
from app.reading.evaluation.calibration import Sure, reliability, reliability_of
from app.reading.evaluation.matching import same_date, same_name
from app.reading.evaluation.scores import (
    Compared,
    off_topic_left_empty,
    placed_in_right_round,
    quotes_verbatim,
    right_quantity,
    score,
)

TEXT = "Arvenia asked for a truce. Forty captives went home."
EXPECTED = AnnotatedReading.model_validate(
    {
        "id": "one",
        "rounds": [{"date": "2031-05-16"}, {"date": "unknown"}],
        "delegations": [
            {"party": "arvenia", "round": "2031-05-16", "head": "José Talvík"},
            {"party": "beldor", "round": "2031-05", "head": "Ilja Rem"},
        ],
        "demands": [
            {"party": "arvenia", "issue": "truce", "stance": "for"},
            {"party": "beldor", "issue": "truce", "stance": "against"},
        ],
        "outcomes": [
            {"kind": "exchange", "status": "implemented", "quantity": 40, "round": "2031-05-16"},
            {"kind": "more-talks", "status": "proposed", "round": "2031-06"},
        ],
    }
)
FOUND = AnnotatedReading.model_validate(
    {
        "id": "one",
        "rounds": [{"date": "2031-05", "confidence": 0.9}, {"date": "2031-06", "confidence": 0.6}],
        "delegations": [{"party": "arvenia", "round": "2031-05", "head": "J. Talvik"}],
        "demands": [
            {"party": "arvenia", "issue": "truce", "stance": "for", "quote": "asked for a truce", "confidence": 0.9},
            {"party": "arvenia", "issue": "truce", "stance": "for", "quote": "wants a truce", "confidence": 0.7},
            {"party": "beldor", "issue": "truce", "stance": "for", "quote": "", "confidence": 0.7},
        ],
        "outcomes": [
            {"kind": "exchange", "status": "agreed", "quantity": 30, "round": "2031-05-16", "quote": "Forty captives"},
            {"kind": "more-talks", "status": "agreed", "round": "2031-06", "quote": "Forty captives"},
        ],
    }
)
QUIET = Compared(AnnotatedReading(id="two", about_talks=False), AnnotatedReading(id="two"), "Ten gardens.")
ARTICLES = [Compared(EXPECTED, FOUND, TEXT), QUIET]


@pytest.mark.parametrize(
    ("kind", "counted"),
    [("rounds", (1, 1, 1)), ("delegations", (1, 1, 0)), ("demands", (1, 1, 2)), ("outcomes", (1, 1, 1))],
)
def test_each_find_counts_once(kind: Kind, counted: tuple[int, int, int]) -> None:
    found = score(ARTICLES, kind)
    assert (found.right, found.missed, found.false) == counted


def test_rates_and_shares() -> None:
    demands = score(ARTICLES, "demands")
    assert (demands.precision.value, demands.recall.value) == (1 / 3, 1 / 2)
    assert demands.f1.value == pytest.approx(0.4)
    told = [of(ARTICLES) for of in (placed_in_right_round, right_quantity, quotes_verbatim, off_topic_left_empty)]
    assert [(share.right, share.all) for share in told] == [(2, 2), (0, 1), (3, 5), (1, 1)]


def test_interval_holds_the_rate_and_is_the_same_every_time() -> None:
    missed = Compared(EXPECTED, AnnotatedReading(id="one"), TEXT)
    articles = [*ARTICLES, missed] * 5
    found = score(articles, "demands")
    assert found == score(articles, "demands")
    assert 0 < found.recall.low < found.recall.value < found.recall.high < 1
    assert score([], "demands").f1.value == 1.0, "of nothing, all is found"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2025-05", "2025-05-16", True),
        ("2025-05-15", "2025-05-16", False),
        (None, "unknown", True),
        (None, "2025-05", False),
        ("", None, True),
    ],
)
def test_dates_meet_as_far_as_they_are_known(one: str | None, other: str | None, same: bool) -> None:
    assert same_date(one, other) is same is same_date(other, one)


def test_names_meet_in_their_spellings() -> None:
    assert same_name("Rustem Umerov", "Umerow")
    assert not same_name("Rustem Umerov", "Vladimir Medinsky")
    assert same_name(None, "")


def test_finds_fall_into_bands_by_how_sure_the_reader_was() -> None:
    found = reliability_of([Sure(0.3, True), Sure(0.35, False), Sure(1.0, True), Sure(0.95, True)])
    assert [(band.low, band.finds, band.right) for band in found.bands] == [(0.3, 2, 0.5), (0.9, 2, 1.0)]
    assert found.bands[0].confidence == pytest.approx(0.325)
    assert found.error == pytest.approx((2 * 0.175 + 2 * 0.025) / 4)
    assert reliability_of([]).error is None
    assert [(band.low, band.finds) for band in reliability(ARTICLES, "demands").bands] == [(0.7, 2), (0.9, 1)]
