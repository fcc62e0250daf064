"""Reports that are at odds stand side by side: no page picks one of them."""

import re

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from app.database import reading, writing
from app.negotiations.entry import Entry, entries
from app.negotiations.filters import Filters
from app.negotiations.timeline import timeline
from tests.factories import World
from tests.negotiations.talks import JUNE

Says = dict[str, object]


def outcome_told(engine: Engine, *told: Says) -> Entry:
    """The outcome that rests on one article for each of these reports."""
    with writing(engine) as session:
        world = World(session, "at-odds")
        outcome = world.outcome("captives-exchange", "agreed", world.round(JUNE, "Lakeside"))
        for number, says in enumerate(told):
            article = world.article(f"Captives, report {number}.", title=f"Captives {number}")
            world.cite(outcome, article, f"Captives, report {number}.", says)
        process_id = world.process.id
    with reading(engine) as session:
        found = timeline(session, process_id, Filters())
        return next(iter(entries(session, found.happenings, found.words).values()))


@pytest.mark.parametrize(
    ("statuses", "differing"),
    [
        (("agreed", "rejected"), {"agreed", "rejected"}),
        (("implemented", "rejected", "rejected"), {"implemented", "rejected"}),
        (("proposed", "agreed", "implemented"), None),
        (("proposed", "rejected"), None),
    ],
)
def test_only_a_rejection_is_at_odds_with_an_agreement(
    engine: Engine, statuses: tuple[str, ...], differing: set[str] | None
) -> None:
    reports: list[dict[str, object]] = [{"status": status} for status in statuses]
    shown = outcome_told(engine, *reports).differing.get("status")
    assert (shown and {one.value for one in shown}) == differing


def test_further_reports_of_the_same_quote_count(engine: Engine) -> None:
    both = {"quantity": 6000, "status": "agreed", "also": [{"quantity": 1000, "status": "agreed"}]}
    differing = outcome_told(engine, both, {"quantity": 6000}).differing
    assert [(one.value, len(one.quotes)) for one in differing["quantity"]] == [(6000, 2), (1000, 1)]
    assert "status" not in differing


@pytest.mark.parametrize("path", ["/", "/timeline", "/rounds/2031-06-02-lakeside"])
def test_pages_show_both_statuses(client: TestClient, engine: Engine, path: str) -> None:
    outcome_told(engine, {"status": "agreed"}, {"status": "rejected"})
    told = client.get(f"{path}?process=at-odds").text.partition("reports differ: ")[2]
    assert re.findall(r'<span class="report">(\w+)', told)[:2] == ["agreed", "rejected"]
