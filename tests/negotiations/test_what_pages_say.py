"""What the pages say where little is known, and where in the site they are."""

import re
from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.database import writing
from app.negotiations.overview import overview
from app.negotiations.round import Round
from tests.factories import World
from tests.serving import client_on

JUNE_PAGE = "/rounds/2031-06-02-lakeside"


@pytest.mark.parametrize("path", ["/", "/timeline", "/timeline.csv", "/compare.json", "/rounds.csv", JUNE_PAGE])
def test_headers_alone_can_be_asked_for(client: TestClient, path: str) -> None:
    answer = client.head(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == client.get(path).headers["content-type"]


def test_address_that_leads_nowhere_names_the_process(client: TestClient) -> None:
    answer = client.get("/nowhere/at/all")
    assert answer.status_code == 404
    assert "Arvenia–Beldor" in answer.text


@pytest.mark.parametrize(
    ("path", "section"),
    [("/timeline", "Timeline"), (JUNE_PAGE, "Timeline"), ("/compare/truce/beldor", "Comparison"), ("/", "Overview")],
)
def test_navigation_marks_the_section(client: TestClient, path: str, section: str) -> None:
    assert re.findall(r'aria-current="(?:page|true)">(\w+)<', client.get(path).text) == [section]


def test_nothing_moves_against_a_later_round_and_the_page_says_so(client: TestClient) -> None:
    body = client.get("/compare?as_of=2031-05-16-lakeside&against=2031-06-02-lakeside").text
    assert "2 June 2031, Lakeside is not before 16 May 2031, Lakeside" in body
    assert 'class="moved' not in body


def test_position_from_before_says_when_it_was_last_reported(client: TestClient) -> None:
    body = client.get("/compare?as_of=2031-06-02-lakeside&against=2031-05-16-lakeside").text
    assert "last reported at the round of 16 May 2031; not reported for 2 June 2031" in body


@pytest.mark.parametrize("path", ["/compare?confirmed=1&theme=land", "/timeline?confirmed=1&issue=valley"])
def test_where_nothing_is_confirmed_a_link_shows_what_is_machine_read(client: TestClient, path: str) -> None:
    body = client.get(path).text
    assert "is confirmed by a person yet" in body
    link = re.search(r'href="([^"]+)">Show the machine-read', body)
    assert link
    assert "not reported" not in body.partition("<footer")[0]
    assert "valley" in client.get(link[1].replace("&amp;", "&")).text


def test_what_is_not_confirmed_is_not_called_unreported(client: TestClient) -> None:
    body = client.get("/compare?confirmed=1").text.partition("<footer")[0]
    assert "not confirmed yet" in body
    assert "not reported" not in body


def test_opened_cell_is_in_the_page_that_its_address_gives(client: TestClient) -> None:
    body = client.get("/compare?open=truce/beldor&as_of=2031-06-02-lakeside").text
    assert body.count('aria-expanded="true"') == 1
    assert body.count("<blockquote") == 3
    assert 'aria-expanded="true"' not in client.get("/compare?open=nothing/nobody").text


def test_round_that_has_passed_without_a_report_is_shown_as_such(session: Session, process_id: int) -> None:
    view = overview(session, process_id, today=date(2031, 10, 1))
    assert (view.next, [row.slug for row in view.lapsed]) == (None, ["2031-09"])
    assert view.reach == date(2031, 6, 10)
    before = overview(session, process_id, today=date(2031, 9, 30))
    assert (before.next and before.next.round.slug, before.lapsed) == ("2031-09", [])


def test_newest_articles_are_those_that_support_a_record(database: str, engine: Engine) -> None:
    with writing(engine) as session:
        world = World(session)
        world.article("A recipe for plum cake.", title="Plum cake", published_on=date(2031, 1, 2))
        told = world.article("Arvenia wants a truce.", title="A truce wanted", published_on=date(2031, 1, 1))
        world.cite(world.demand("arvenia", "truce", "for", date(2031, 1, 1)), told, "Arvenia wants a truce.", {})
    with client_on(database, process="arvenia-beldor") as client:
        body = client.get("/").text.partition("Newest articles")[2]
    assert "A truce wanted" in body
    assert "Plum cake" not in body


def test_undated_round_has_no_neighbours_and_stands_last(database: str, engine: Engine, process_id: int) -> None:
    with writing(engine) as session:
        undated = session.scalars(select(Round).where(Round.slug == "2031-09")).one()
        undated.starts_on = undated.precision = None
    with client_on(database, process="arvenia-beldor") as client:
        assert 'rel="prev"' not in client.get("/rounds/2031-09").text
        assert 'rel="next"' not in client.get("/rounds/2031-06-02-lakeside").text
        body = client.get("/timeline").text
    assert "What has no date is not drawn" in body
    choice = re.search(r'<select id="filter-round".*?</select>', body, re.DOTALL)
    assert choice
    assert re.findall(r'value="([^"]*)"', choice[0])[-1] == "2031-09"
