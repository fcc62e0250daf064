"""The pages and their data, asked without a browser: on both databases, with what the database itself counts."""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from starlette.testclient import TestClient

from app.database import writing
from tests.factories import World
from tests.negotiations.talks import hold_talks
from tests.serving import client_on

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
PAGES = (
    "/",
    "/timeline",
    "/compare",
    "/compare?as_of=2031-06-02-lakeside&against=2031-05-16-lakeside&party=corvan",
    "/compare/truce/beldor",
    "/rounds/2031-06-02-lakeside",
    "/rounds/2031-09",
)


def shown_ids(body: str, kind: str) -> list[int]:
    return [int(number) for number in re.findall(rf'id="{kind}-(\d+)"', body)]


def rows_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("path", PAGES)
def test_page_answers(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "Arvenia–Beldor" in answer.text
    assert answer.headers["Vary"].startswith("HX-Request, HX-Request-Type")


PARTIES = (None, "arvenia", "beldor", "corvan")
ROUNDS = (None, "2031-06-02-lakeside", "2031-05-16-lakeside")
ISSUES = (None, "truce", "summit")


def test_page_and_data_show_what_the_database_counts_for_every_combination(client: TestClient, engine: Engine) -> None:
    for party, held, issue in product(PARTIES, ROUNDS, ISSUES):
        given = {name: value for name, value in (("party", party), ("round", held), ("issue", issue)) if value}
        expected = _demands_by_hand(engine, given)
        page = client.get("/timeline", params=given)
        assert sorted(shown_ids(page.text, "demand")) == expected, given
        assert re.search(rf">{len(expected)} demand{'' if len(expected) == 1 else 's'}[, ]", page.text)
        data = client.get("/timeline.json", params=given).json()
        assert sorted(row["id"] for row in data["rows"] if row["kind"] == "demand") == expected, given


def _demands_by_hand(engine: Engine, given: dict[str, str]) -> list[int]:
    columns = {"party": "p.slug", "round": "r.slug", "issue": "i.slug"}
    query = (
        "SELECT d.id FROM demands d JOIN parties p ON p.id = d.party_id JOIN issues i ON i.id = d.issue_id"
        " LEFT JOIN rounds r ON r.id = d.round_id WHERE d.standing NOT IN ('rejected', 'withdrawn')"
    )
    query += "".join(f" AND {columns[name]} = :{name}" for name in given)
    with engine.connect() as connection:
        return sorted(connection.scalars(text(query), given))


def test_part_of_the_page_is_the_block_alone_and_is_not_kept(client: TestClient) -> None:
    part = client.get("/timeline?party=beldor", headers=PART)
    assert part.text.lstrip().startswith('<div id="view">')
    assert "<html" not in part.text
    assert part.headers["Cache-Control"] == "no-store"
    assert shown_ids(part.text, "demand") == shown_ids(client.get("/timeline?party=beldor").text, "demand")


def test_going_back_gives_the_whole_page(client: TestClient) -> None:
    whole = client.get("/timeline", headers={"HX-Request": "true", "HX-Request-Type": "full"})
    assert "<html" in whole.text


def test_chip_takes_its_own_filter_off(client: TestClient) -> None:
    body = client.get("/timeline?party=beldor&issue=truce&confirmed=1").text
    chips = re.findall(r'class="chip" href="([^"]+)"', body)
    assert chips == [
        "/timeline?issue=truce&amp;confirmed=1",
        "/timeline?party=beldor&amp;confirmed=1",
        "/timeline?party=beldor&amp;issue=truce",
    ]


def test_empty_result_offers_everything(client: TestClient) -> None:
    body = client.get("/timeline?from=2040-01-01").text
    assert "Nothing on record meets these filters" in body
    assert "0 demands, 0 outcomes, 0 delegations in 0 rounds" in body


def test_date_that_is_none_is_complained_of_beside_its_field(client: TestClient) -> None:
    body = client.get("/timeline?from=soon").text
    assert re.search(r'id="wrong-from">“soon” is no date', body)


@pytest.mark.parametrize(
    "path",
    [
        "/rounds/nowhere",
        "/compare/nothing/beldor",
        "/compare/truce/nobody",
        "/timeline.xml",
        "/?process=none",
        "/?process=%00",
        "/rounds/%00",
        "/rounds/nowhere.json",
    ],
)
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "json" in answer.headers["content-type"] if path.endswith(".json") else "<html" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/timeline?page=99999999999999999999&party=%00&round=%F0%9F%98%80",
        "/timeline?page=-1&from=0001-01-01&to=9999-12-31",
        "/compare?as_of=%00&against=9999-99-99&theme=x&party=%00",
        "/compare?as_of=0001-01-01&against=9999-12-31",
        "/compare/truce/beldor?as_of=%00",
    ],
)
def test_strange_questions_get_a_page(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_round_that_is_none_is_named_and_left_out(client: TestClient) -> None:
    body = client.get("/compare?as_of=2031-06-03-nowhere&against=soon").text
    assert "“2031-06-03-nowhere” is no round" in body
    assert "“soon” is no round" in body
    assert "Latest:" in body
    assert "is no round" not in client.get("/compare?as_of=latest&against=2031-05-16").text


def test_record_without_a_round_is_found_at_its_day(client: TestClient, engine: Engine) -> None:
    with engine.connect() as connection:
        alone = connection.scalar(text("SELECT id FROM demands WHERE round_id IS NULL"))
    rows = client.get("/timeline.json?party=corvan").json()["rows"]
    assert [row["path"] for row in rows] == [
        f"http://127.0.0.1/timeline?from=2031-06-10&to=2031-06-10&at=demand-{alone}#demand-{alone}"
    ]
    assert shown_ids(client.get(rows[0]["path"]).text, "demand") == [alone]


@pytest.mark.parametrize("ending", ["", ".json", ".csv"])
def test_former_slug_leads_to_the_present_one(client: TestClient, ending: str) -> None:
    answer = client.get(f"/rounds/2031-06-lakeside{ending}?a=b")
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"/rounds/2031-06-02-lakeside{ending}?a=b"


def test_round_page_shows_both_sides_and_reports_that_differ(client: TestClient) -> None:
    body = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get("/rounds/2031-06-02-lakeside").text))
    assert "Led by Oren Talvik" in body
    assert "Led by Vask Dorin ; or by Ilja Rem" in body
    assert "Size: reports differ – 12" in body
    assert "reports differ, on each side: 6,000" in body
    assert "Number in its series reports differ:" in body
    changes = body[body.index("What changed since") : body.index("Demands tabled")]
    assert "Beldor stance differs △ for machine-read at the round of 2 June 2031 ·" in changes
    assert "was ▽ against machine-read at the round of 16 May 2031 ·" in changes
    assert "Between them: same stance, was opposed" in changes
    assert "Nobody said a word" not in body


def test_round_page_lists_the_articles_that_report_it(client: TestClient) -> None:
    body = client.get("/rounds/2031-06-02-lakeside").text.partition("<h2>Coverage</h2>")[2]
    assert body.count("· 1 quote") == 2 + 8 + 2 + 3


def test_round_without_a_delegation_says_that_none_is_reported(client: TestClient) -> None:
    body = client.get("/rounds/2031-05-16-lakeside").text
    assert body.count("Delegation not reported") == 2


def test_every_quote_leads_to_its_place_in_its_article(client: TestClient, engine: Engine) -> None:
    with engine.connect() as connection:
        places = {
            f"/articles/{slug}#citation-{number}"
            for slug, number in connection.execute(
                text("SELECT a.slug, c.id FROM citations c JOIN articles a ON a.id = c.article_id")
            )
        }
    for path in PAGES:
        links = set(re.findall(r'href="(/articles/[^"]+#[^"]+)"', client.get(path).text))
        assert links <= places
        assert links or path in ("/", "/compare", PAGES[3])


def test_machine_read_and_confirmed_look_different(client: TestClient) -> None:
    body = client.get("/timeline?issue=truce&party=arvenia").text
    assert body.count("standing-machine-read") > 0
    assert "▲" in body.partition("Old Mill</a>")[2]
    assert "standing-confirmed" in body.partition("Old Mill</a>")[2]


def test_cell_opens_its_quotes_and_its_story(client: TestClient) -> None:
    part = client.get("/compare/truce/beldor?as_of=2031-06-02-lakeside", headers=PART).text
    assert "<html" not in part
    assert part.count("<blockquote") == 3
    assert part.index("2 June 2031") < part.index("16 May 2031")
    earlier = client.get("/compare/truce/beldor?as_of=2031-05-16-lakeside", headers=PART).text
    assert earlier.count("<blockquote") == 2


def test_comparison_as_data(client: TestClient) -> None:
    answer = client.get("/compare.json?as_of=2031-06-02-lakeside&against=2031-05-16-lakeside").json()
    rows = {(row["issue"], row["party"], row["stance"]): row for row in answer["rows"]}
    assert len(answer["rows"]) == answer["count"] == 11
    reversed_ = rows["truce", "beldor", "for"]
    assert (reversed_["moved"], reversed_["relation"], reversed_["standing"]) == (
        "stance differs",
        "same stance",
        "machine-read",
    )
    assert rows["arms-limits", "beldor", "not reported"]["quotes"] == []
    quote = reversed_["quotes"][0]
    assert quote["end"] - quote["start"] == len(quote["exact"])
    assert quote["article"].startswith("http://127.0.0.1/articles/")
    assert (reversed_["when"], reversed_["round"]) == ("at the round of 2 June 2031", "2031-06-02-lakeside")
    assert (reversed_["round_date"], reversed_["reported_on"]) == ("2031-06-02", None)
    assert (reversed_["articles_of_record"], reversed_["articles_of_stance"]) == (1, 1)
    assert (reversed_["party_name"], reversed_["issue_name"]) == ("Beldor", "Truce first")


def test_timeline_as_csv_is_one_line_a_quote_and_runs_nothing(client: TestClient) -> None:
    answer = client.get("/timeline.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = rows_of(answer)
    assert len({(row["kind"], row["id"]) for row in rows}) == 16
    assert len(rows) == 12 + 2 + 3 + 3
    assert {row["standing"] for row in rows} == {"machine-read", "confirmed"}
    assert [row["condition"] for row in rows if row["condition"]] == ["'=after arms are laid down"]
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


def test_empty_csv_keeps_its_header(client: TestClient) -> None:
    assert client.get("/timeline.csv?party=nobody").text.startswith(
        "\ufeffkind,id,standing,round,round_name,date,party"
    )


def test_rounds_as_data(client: TestClient) -> None:
    assert [row["slug"] for row in client.get("/rounds.json").json()["rows"]] == [
        "2029-03-04-old-mill",
        "2031-05-16-lakeside",
        "2031-06-02-lakeside",
        "2031-09",
    ]
    assert [row["precision"] for row in rows_of(client.get("/rounds.csv"))] == ["day", "day", "day", "month"]
    one = client.get("/rounds/2031-06-02-lakeside.json").json()
    assert one["round"]["city"] == "Lakeside"
    assert one["count"] == 10


def test_overview_tells_the_last_and_the_next_round(client: TestClient) -> None:
    body = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get("/").text))
    assert "Last round 2 June 2031, Lakeside" in body
    assert "Next round September 2031, Lakeside" in body
    assert "Of 5 issues: 1 opposed , 2 same stance (both for, or both against), 0 one-sided" in body


def test_overview_of_nothing_leads_to_adding_articles(database: str, engine: Engine) -> None:
    with writing(engine) as session:
        World(session)
    with client_on(database, process="arvenia-beldor") as client:
        body = client.get("/").text
        assert "Nothing on record yet" in body
        assert "Nothing on record yet" in client.get("/timeline").text
        assert client.get("/compare").status_code == 200


def test_overview_says_how_far_reading_has_come(database: str, engine: Engine) -> None:
    with writing(engine) as session:
        world = World(session)
        world.article("Read so far.", published_on=date(2031, 1, 1))
        world.article("Still to be read.", state="unread")
    with client_on(database, process="arvenia-beldor") as client:
        assert "Articles are being read: 1 of 2 so far" in client.get("/").text


def test_process_that_the_address_names_is_kept_in_every_link(database: str, engine: Engine, process_id: int) -> None:
    hold_talks(engine, "second-talks")
    with client_on(database, process="arvenia-beldor") as client:
        body = client.get("/timeline?process=second-talks").text.partition('aria-label="Main"')[2]
    inside = re.findall(r'href="(/(?:timeline|compare|rounds)[^"]*)"', body)
    assert inside
    assert all("process=second-talks" in link for link in inside)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What is sent to the database meanwhile."""
    sent: list[str] = []

    def note(_c: Any, _k: Any, statement: str, *_: Any) -> None:
        if statement != "BEGIN":
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


MOST = {"/": 24, "/timeline": 15, "/compare": 9, PAGES[3]: 10, "/compare/truce/beldor": 8, PAGES[5]: 25}


@pytest.mark.parametrize("path", MOST)
def test_number_of_queries_does_not_grow_with_the_record(client: TestClient, engine: Engine, path: str) -> None:
    used = client.app.state.engine  # type: ignore[attr-defined]
    with statements(used) as few:
        client.get(path)
    with writing(engine) as session:
        session.execute(text("UPDATE demands SET standing = 'confirmed' WHERE standing = 'rejected'"))
        session.execute(text("UPDATE outcomes SET standing = 'confirmed' WHERE standing = 'rejected'"))
    with statements(used) as many:
        client.get(path)
    assert len(many) == len(few) <= MOST[path]


def test_an_address_with_thousands_of_filters_costs_no_more_than_fifty(client: TestClient) -> None:
    many = "&".join(f"party=p{number}" for number in range(2000))
    answer = client.get(f"/timeline?{many}")
    assert answer.status_code == 200
    assert len(answer.content) < 1_000_000
