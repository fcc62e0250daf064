"""Addresses of records lead to where they are, also when rounds are hidden, renamed or have many records."""

import re
from datetime import date
from itertools import product

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from app.database import writing
from app.negotiations.finds import finds_in
from tests.factories import World


@pytest.mark.parametrize("reported_on", [None, date(2031, 6, 20)])
def test_address_of_a_record_without_a_round_shows_it_on_whatever_page_it_is(
    client: TestClient, engine: Engine, reported_on: date | None
) -> None:
    with writing(engine) as session:
        world = World(session, "crowded")
        for city in ("Lakeside", "Hillside", "Seaside"):
            misread = world.round(reported_on, city, standing="rejected")
            for party, issue, stance in product(world.parties, world.issues, ("for", "against")):
                world.demand(party, issue, stance, misread)
    rows = client.get("/timeline.json?process=crowded").json()["rows"]
    assert len(rows) > 50
    assert {row["round"] for row in rows} == {None}
    for row in rows[::25]:
        path, _, anchor = row["path"].removeprefix("http://127.0.0.1").partition("#")
        assert f'id="{anchor}"' in client.get(f"{path}&process=crowded").text


def test_rounds_of_the_strip_lead_to_their_pages(client: TestClient) -> None:
    drawn = client.get("/timeline").text.partition('class="strip-drawing"')[2].partition("</svg>")[0]
    leads = re.findall(r'<a href="([^"]*)" aria-label="Round of', drawn)
    assert len(leads) == 4
    assert [client.get(lead).status_code for lead in leads] == [200] * 4


def test_article_leads_to_the_day_of_a_demand_whose_round_is_hidden(engine: Engine) -> None:
    with writing(engine) as session:
        world = World(session, "hidden-round")
        held = world.round(date(2031, 7, 1), "Lakeside", standing="rejected")
        demand = world.demand("corvan", "truce", "for", held)
        article = world.article("Corvan wants a truce.", title="A truce")
        world.cite(demand, article, "Corvan wants a truce.", {})
        found = finds_in(session, article.id)
        assert [(find.round_slug, find.place.partition("?")[0]) for find in found] == [(None, "/timeline")]


NOW, BEFORE = "2031-06-02-lakeside", "2031-06-lakeside"


@pytest.mark.parametrize(
    "address",
    ["/timeline.json?round={}", "/timeline.json?round=2031-09&round={}", "/compare.json?as_of={}&against=2031-05-16",
     "/compare.json?against={}", "/compare/truce/beldor?as_of={}"],
)  # fmt: skip
def test_filter_by_a_former_slug_shows_the_same_as_by_the_present_one(client: TestClient, address: str) -> None:
    shown = client.get(address.format(BEFORE)).text
    assert shown == client.get(address.format(NOW)).text
    assert shown != client.get(address.format("nowhere")).text


def test_data_name_the_rounds_that_are_none(client: TestClient, engine: Engine) -> None:
    with writing(engine) as session:
        World(session, "undated").round(None, "Lakeside", slug="some-day")
    assert client.get(f"/timeline.json?round={BEFORE}&round=nowhere").json()["unknown"] == ["nowhere"]
    assert client.get(f"/compare.json?as_of=nowhere&against={NOW}").json()["unknown"] == ["nowhere"]
    assert client.get(f"/compare.json?as_of={BEFORE}").json()["unknown"] == []
    assert client.get("/compare.json?process=undated&as_of=some-day").json()["unknown"] == ["some-day"]
