"""The library and the article's page, on both databases."""

import csv
import io
import re
from collections.abc import Iterator
from html import unescape

import pytest
from sqlalchemy import Engine, event, select, update
from starlette.testclient import TestClient

from app.database import reading, writing
from app.evidence.article import Article, KeptDocument
from app.intake.starter import load_process
from app.negotiations.demand import Demand
from app.review.revision import Revision
from app.settings import PROCESSES
from tests.factories import World
from tests.serving import client_on
from tests.small_record import TALKS, Entered, enter

PATH = "/articles/2031-03-04-talks-end"


@pytest.fixture
def record(engine: Engine) -> Entered:
    return enter(engine)


@pytest.fixture
def client(database: str, record: Entered) -> Iterator[TestClient]:
    with client_on(database) as client:
        yield client


@pytest.fixture
def statements(client: TestClient) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    engine = client.app.state.engine  # type: ignore[attr-defined]
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_library_shows_newest_first_with_what_each_supports(client: TestClient) -> None:
    page = client.get("/articles").text
    titles = ("Talks end with a swap", "Envoys to meet", "Переговоры в Женеве")
    places = [page.index(title) for title in titles]
    assert places == sorted(places)
    assert "supports 1 round, 1 delegation, 2 demands, 1 outcome" in page
    assert "date unknown" in page
    assert "The reader does not know Russian." in page


def test_library_marks_the_words_that_were_searched(client: TestClient) -> None:
    page = client.get("/articles", params={"q": "full TRUCE"}).text
    assert "<mark>full</mark> <mark>truce</mark>" in page
    assert "2 articles found" in page
    assert 'value="full TRUCE"' in page
    assert f'href="{PATH}#:~:text=asked%20for%20a-,full"' in page


def test_library_part_for_htmx_is_the_list_alone(client: TestClient) -> None:
    part = client.get("/articles?q=truce", headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<section id="results"')


def test_empty_libraries_say_what_to_do(client: TestClient, engine: Engine) -> None:
    assert "No article meets all of these filters" in client.get("/articles?q=unheardof").text
    with writing(engine) as session:
        World(session, "another")
    assert "There are no articles yet" in client.get("/articles?process=another").text
    assert "There is no page 7" in client.get("/articles?page=7").text


@pytest.mark.parametrize(
    "query",
    ["from=yesterday", "page=-1", "page=9" * 30, "q=%00", "outlet=%00", "round=%00&party='", "state=lost", "to=%F0%28"],
)
def test_library_takes_any_query(client: TestClient, query: str) -> None:
    answer = client.get(f"/articles?{query}")
    assert answer.status_code == 200


def test_library_says_that_a_date_is_none(client: TestClient) -> None:
    assert "Write the date like 2025-06-02." in client.get("/articles?from=yesterday").text


def test_library_as_json_and_csv_with_the_same_filters(client: TestClient) -> None:
    found = client.get("/articles.json?party=beldor").json()
    assert [row["slug"] for row in found["rows"]] == ["2031-03-04-talks-end"]
    assert found["rows"][0]["demands"] == 2
    assert found["filters"] == {"party": "beldor"}
    rows = list(csv.DictReader(io.StringIO(client.get("/articles.csv?from=2031-03-01").text)))
    assert [row["title"] for row in rows] == ["Talks end with a swap", "Envoys to meet"]
    assert client.get("/articles.xml").status_code == 404


def test_library_takes_the_same_number_of_queries_for_more_articles(
    client: TestClient, engine: Engine, statements: list[str]
) -> None:
    client.get("/articles?q=truce")
    few = len(statements)
    with writing(engine) as session:
        world = World(session, "another")
        for number in range(30):
            world.article(f"A truce, number {number}.", slug=f"another-{number}", source=f"Outlet {number}")
    statements.clear()
    client.get("/articles?q=truce&process=another")
    assert len(statements) == few <= 9


def test_every_citation_has_its_place_in_the_text(client: TestClient) -> None:
    page = client.get(PATH).text
    found = client.get(f"{PATH}.json").json()
    assert len(found["annotations"]) == 5
    for annotation in found["annotations"]:
        place = annotation["id"].partition("#")[2]
        assert page.count(f'id="{place}"') == 1
        assert f'href="#{place}"' in page


def test_each_record_is_linked_with_its_place(client: TestClient, record: Entered) -> None:
    page = client.get(PATH).text
    where = "/rounds/2031-03-03-lakeside"
    for anchor in (
        f"round-{record.round}",
        f"demand-{record.demand_for}",
        f"demand-{record.demand_against}",
        f"outcome-{record.outcome}",
        f"delegation-{record.delegation}",
    ):
        assert page.count(f'href="{where}#{anchor}"') == 1, "from the record's card"
    for number in range(1, 6):
        assert page.count(f'href="#find-{number}"') == page.count(f'id="find-{number}"') == 1
    assert page.index("Talks in Lakeside") < page.index("Exchange of captives")


def test_links_lead_to_places_that_are_there(client: TestClient) -> None:
    links = set(re.findall(r'href="(/rounds/[^"#]+)#([^"]+)"', client.get(PATH).text))
    assert len(links) == 5
    for page, anchor in links:
        assert f'id="{anchor}"' in client.get(page).text, anchor


def test_demand_without_a_round_is_linked_on_the_timeline(client: TestClient, engine: Engine, record: Entered) -> None:
    with writing(engine) as session:
        session.execute(update(Demand).where(Demand.id == record.demand_for).values(round_id=None))
    place = re.search(rf'href="(/timeline[^"#]*)#demand-{record.demand_for}"', client.get(PATH).text)
    assert place
    assert f'id="demand-{record.demand_for}"' in client.get(unescape(place.group(1))).text


def test_rejected_record_is_not_shown(client: TestClient, engine: Engine, record: Entered) -> None:
    with writing(engine) as session:
        session.execute(update(Demand).where(Demand.id == record.demand_for).values(standing="rejected"))
    assert f"demand-{record.demand_for}" not in client.get(PATH).text
    assert len(client.get(f"{PATH}.json").json()["annotations"]) == 4


def test_machine_read_looks_different_from_confirmed(client: TestClient) -> None:
    page = client.get(PATH).text
    assert page.count("find-confirmed") == page.count("standing-confirmed") == page.count("cited-confirmed") == 1
    assert page.count("find-machine-read") == 4
    assert "% sure" not in page, "how sure a reader is has not been measured against people"


def test_quantity_is_each_sides_for_exchanges_alone(client: TestClient, engine: Engine) -> None:
    assert "40 on each side" in client.get(PATH).text
    with writing(engine) as session:
        world = World(session, "another")
        article = world.article("They will send 30 buses.", slug="buses")
        world.cite(world.outcome("more-talks", "agreed"), article, "30 buses", {"status": "agreed", "quantity": 30})
    page = client.get("/articles/buses").text
    assert "Agreed · 30</p>" in page


def test_annotations_hold_the_text_at_their_offsets(client: TestClient) -> None:
    found = client.get(f"{PATH}.json").json()
    assert found["text"] == TALKS
    for annotation in found["annotations"]:
        quote, position = annotation["target"]["selector"]
        assert found["text"][position["start"] : position["end"]] == quote["exact"]
        assert found["text"][: position["start"]].endswith(quote["prefix"])
        assert annotation["body"]["record"]["standing"] in ("machine-read", "confirmed")


def test_article_page_takes_a_fixed_number_of_queries(client: TestClient, statements: list[str]) -> None:
    client.get(PATH)
    assert len(statements) <= 5


def test_publisher_is_linked_by_http_alone(client: TestClient, engine: Engine) -> None:
    assert 'href="https://herald.example/talks" rel="noopener noreferrer"' in client.get(PATH).text
    with writing(engine) as session:
        session.execute(update(Article).values(address="javascript:alert(1)"))
    assert "javascript:" not in client.get(PATH).text


def test_what_was_not_found_is_said(client: TestClient) -> None:
    page = client.get("/articles/undated-peregovory").text
    assert "date unknown" in page
    assert "outlet unknown" in page
    assert "The reader does not know Russian." in page


def test_page_waits_while_the_article_is_unread_and_then_shows_what_was_found(
    client: TestClient, engine: Engine
) -> None:
    with writing(engine) as session:
        session.execute(update(Article).values(reading_state="unread"))
    assert f'hx-get="{PATH}?seen=unread"' in client.get(PATH).text
    assert client.get(f"{PATH}?seen=unread", headers={"HX-Request": "true"}).status_code == 204
    with writing(engine) as session:
        session.execute(update(Article).values(reading_state="read"))
    part = client.get(f"{PATH}?seen=unread", headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<div id="reading">')
    assert "5 records found" in part
    assert "hx-get" not in part


def test_failed_reading_gives_its_reason(client: TestClient, engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(update(Article).values(reading_state="failed", reading_note="The text is in knots."))
    assert "not read</span>: The text is in knots." in client.get(PATH).text
    assert "The text is in knots." in client.get("/articles?state=failed").text


def test_article_that_is_not_about_the_talks_says_so_and_can_be_asked_for(client: TestClient, engine: Engine) -> None:
    with writing(engine) as session:
        note = "Not about talks of this process."
        World(session, "another").article("A harvest.", slug="harvest", reading_note=note, published_on=None)
    page = client.get("/articles/harvest").text
    assert "Not about the talks</span>: nothing was read out of it." in page
    assert "cannot be placed by date" not in page
    library = client.get("/articles?process=another&state=not-about-talks").text
    assert "1 article found" in library
    assert "0 articles found" in client.get("/articles?state=not-about-talks").text


def test_starter_brief_says_what_it_is(database: str, engine: Engine) -> None:
    load_process(engine, PROCESSES / "russia-ukraine", 1_000_000, briefs=True)
    with reading(engine) as session:
        slug = session.scalar(select(Article.slug).order_by(Article.id))
    with client_on(database) as client:
        assert (
            "A starter brief: written by the project from the public reports listed"
            in client.get(f"/articles/{slug}").text
        )
        assert "These are starter briefs" in client.get("/articles").text


def test_unknown_article_is_not_found(client: TestClient) -> None:
    for path in ("/articles/none", "/articles/none.json", "/articles/none/original", "/articles/%00"):
        assert client.get(path).status_code == 404
    assert client.post("/articles/none/corrections", data={"title": "x"}).status_code == 404


NASTY = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'&amp;"


def test_markup_shows_as_text_everywhere(client: TestClient, engine: Engine) -> None:
    with writing(engine) as session:
        world = World(session, "nasty")
        article = world.article(f"Before.\n\n{NASTY} after", title=NASTY, source=NASTY, author=NASTY, slug="nasty")
        at = world.round(None, city=NASTY, slug="nasty")
        world.cite(at, article, NASTY, {"status": NASTY})
    for path in ("/articles/nasty", "/articles?process=nasty&q=alert", f"/articles?process=nasty&outlet={NASTY}"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in client.get("/articles/nasty").text


def original(client: TestClient, engine: Engine, name: str, media_type: str) -> tuple[str, bytes]:
    with writing(engine) as session:
        world = World(session, "kept")
        article = world.article("<b>Text</b>", slug="kept")
        kept = article.document_id
        session.connection().exec_driver_sql(
            "DROP TRIGGER documents_never_change" + ("" if engine.dialect.name == "sqlite" else " ON documents")
        )
        session.execute(
            update(KeptDocument).where(KeptDocument.id == kept).values(filename=name, media_type=media_type)
        )
    answer = client.get("/articles/kept/original")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox")
    return answer.headers["content-disposition"], answer.content


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("talks.html", "attachment; filename=\"talks.html\"; filename*=UTF-8''talks.html"),
        ('a"b\r\nX: y.html', "attachment; filename=\"a_b__X_ y.html\"; filename*=UTF-8''a%22b%0D%0AX%3A%20y.html"),
        ("Звіт.pdf", "attachment; filename=\"____.pdf\"; filename*=UTF-8''%D0%97%D0%B2%D1%96%D1%82.pdf"),
    ],
)
def test_original_is_saved_never_shown(client: TestClient, engine: Engine, name: str, said: str) -> None:
    assert original(client, engine, name, "text/html") == (said, b"<b>Text</b>")


CORRECTION = {
    "title": "Corrected",
    "outlet": "The Bugle",
    "author": "A. N. Other",
    "published": "2020-01-02",
    "language": "uk",
}


def test_correction_is_kept_with_its_revision(client: TestClient, engine: Engine, record: Entered) -> None:
    answer = client.post(f"{PATH}/corrections", data=CORRECTION)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PATH}?corrected=1")
    page = client.get(PATH).text
    for shown in ("Corrected", "The Bugle", "A. N. Other", "2 January 2020", "Ukrainian"):
        assert shown in page
    with reading(engine) as session:
        revision = session.scalars(select(Revision).where(Revision.kind == "article")).one()
    assert revision.before
    assert (revision.before["title"], revision.after["title"]) == ("Talks end with a swap", "Corrected")


def test_emptied_fields_are_cleared_and_those_not_sent_stay(client: TestClient) -> None:
    assert client.post(f"{PATH}/corrections", data={"title": "T", "author": " ", "published": ""}).status_code == 303
    found = client.get(f"{PATH}.json").json()
    facts = ("title", "author", "published_on", "outlet", "language")
    assert [found[name] for name in facts] == ["T", None, None, "The Herald", "en"]


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("published", "last Tuesday", "Write the date like 2025-06-02."),
        ("published", "2931-01-01", "still to come"),
        ("published", "0012-01-01", "The year 12 is too early"),
        ("language", "xx", "Choose a language from the list."),
        ("title", "", "An article needs a title."),
        ("author", "x" * 501, "At most 500 characters"),
    ],
)
def test_wrong_correction_is_refused_beside_its_field(
    client: TestClient, engine: Engine, field: str, value: str, complaint: str
) -> None:
    answer = client.post(f"{PATH}/corrections", data=CORRECTION | {field: value})
    assert answer.status_code == 422
    assert f'id="{field}-wrong">' in answer.text
    assert complaint in answer.text
    assert "The Bugle" in answer.text, "what was typed is still there"
    with reading(engine) as session:
        assert session.scalar(select(Revision.id)) is None
