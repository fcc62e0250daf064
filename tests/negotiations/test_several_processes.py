"""Several processes on the pages: one is shown, the switch leads to the others, and each link stays in its own."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, select, text
from starlette.testclient import TestClient

from app.database import reading, writing
from app.evidence.article import Article
from app.negotiations.process import Process
from tests.negotiations.talks import hold_talks
from tests.serving import client_on

FIRST, SECOND = "arvenia-beldor", "second-talks"
TEXT = (
    "Envoys of Arvenia and Beldor met in Lakeside.\n\nArvenia asked for a full truce before anything else."
    " The mediators said that both had been patient and that the next meeting would be announced within the week."
)


@pytest.fixture
def client(database: str, engine: Engine, process_id: int) -> Iterator[TestClient]:
    """A client of the application on the known talks, held twice."""
    hold_talks(engine, SECOND)
    with writing(engine) as session:
        session.execute(text("UPDATE processes SET name = 'Second talks' WHERE slug = 'second-talks'"))
    with client_on(database, process=FIRST) as client:
        yield client


def an_article(engine: Engine, process: str) -> str:
    with reading(engine) as session:
        of = select(Process.id).where(Process.slug == process).scalar_subquery()
        return session.scalars(select(Article.slug).where(Article.process_id == of).order_by(Article.id)).first() or ""


@pytest.mark.parametrize("path", ["/", "/timeline", "/compare", "/articles", "/articles/new", "/data"])
def test_switch_leads_to_the_same_page_of_the_other_process(client: TestClient, path: str) -> None:
    body = client.get(path).text
    switch = body.partition('aria-label="Negotiation"')[2].partition("</nav>")[0]
    links = re.findall(r'<a href="([^"]+)"( aria-current="true")?>([^<]+)</a>', switch)
    assert links == [
        (path, ' aria-current="true"', "Arvenia–Beldor"),
        (f"{path}?process=second-talks", "", "Second talks"),
    ]


@pytest.mark.parametrize(
    "path", ["/", "/timeline", "/compare", "/articles", "/rounds/2031-06-02-lakeside", "/compare/truce/beldor", "/data"]
)
def test_every_link_stays_in_the_process(client: TestClient, path: str) -> None:
    body = client.get(f"{path}?process=second-talks").text
    main = body.partition('aria-label="Main"')[2]
    links = [link for link in re.findall(r'href="(/[^"]*)"', main) if not link.startswith("/static")]
    assert links
    assert all("process=second-talks" in link for link in links), links


def test_article_is_shown_in_its_process_whatever_the_address_says(client: TestClient, engine: Engine) -> None:
    slug = an_article(engine, SECOND)
    for address in (f"/articles/{slug}", f"/articles/{slug}?process={FIRST}"):
        body = client.get(address).text
        assert 'href="/timeline?process=second-talks"' in body
        assert "On Second talks: found by reading" in body
    data = client.get(f"/articles/{slug}.json").json()
    assert data["process"] == SECOND
    assert all("process=second-talks" in one["body"]["source"] for one in data["annotations"])
    assert 'href="/timeline"' in client.get(f"/articles/{an_article(engine, FIRST)}?process={SECOND}").text


def test_data_names_the_process_in_its_addresses(client: TestClient) -> None:
    rows = client.get("/timeline.json?process=second-talks").json()["rows"]
    assert all("process=second-talks" in row["path"] for row in rows)
    assert client.get(rows[0]["path"]).status_code == 200
    assert not any("process=" in row["path"] for row in client.get("/timeline.json").json()["rows"])


def test_what_is_not_there_keeps_the_process(client: TestClient) -> None:
    body = client.get("/rounds/nowhere?process=second-talks").text
    assert 'href="/timeline?process=second-talks"' in body


def test_process_is_chosen_on_the_form_or_found(client: TestClient, engine: Engine) -> None:
    assert 'value="">found by reading</option>' in client.get("/articles/new").text
    chosen = client.post("/articles", data={"text": TEXT, "process": SECOND})
    found = client.post("/articles?process=second-talks", data={"text": TEXT + " So it ended.", "process": ""})
    assert (chosen.status_code, found.status_code) == (303, 303)
    with reading(engine) as session:
        rows = select(Process.slug, Article.process_given).join(Process, Process.id == Article.process_id)
        assert session.execute(rows.where(Article.reading_state == "unread").order_by(Article.id)).all() == [
            (SECOND, True),
            (SECOND, False),
        ]
    wrong = client.post("/articles", data={"text": TEXT + " Or not.", "process": "atlantis"})
    assert wrong.status_code == 422
    assert "Choose a process from the list." in wrong.text


def test_process_is_corrected_on_the_article(client: TestClient, engine: Engine) -> None:
    slug = client.post("/articles", data={"text": TEXT, "title": "Talks"}).headers["Location"].partition("?")[0]
    answer = client.post(f"{slug}/corrections", data={"title": "Talks", "process": SECOND})
    assert answer.status_code == 303
    body = client.get(slug).text
    assert "On Second talks: chosen by hand" in body
    assert '<option value="second-talks" selected>' in body
    client.post(f"{slug}/corrections", data={"title": "Talks"})
    assert "chosen by hand" in client.get(slug).text, "a form without the field leaves it"
    client.post(f"{slug}/corrections", data={"title": "Talks", "process": ""})
    assert "to be found by reading" in client.get(slug).text
    cited = an_article(engine, SECOND)
    refused = client.post(f"/articles/{cited}/corrections", data={"title": "Report", "process": FIRST})
    assert refused.status_code == 422
    assert "The same text is an article of that process already." in refused.text


def test_page_that_waits_is_shown_anew_once_its_article_has_moved(client: TestClient, engine: Engine) -> None:
    slug = client.post("/articles", data={"text": TEXT}).headers["Location"]
    (asks,) = re.findall(r'hx-get="([^"]+seen=unread[^"]*)"', client.get(slug).text)
    asks = asks.replace("&amp;", "&")
    assert (client.get(asks).status_code, client.get(asks).headers.get("HX-Refresh")) == (204, None)
    with writing(engine) as session:
        session.execute(
            text(
                "UPDATE articles SET reading_state = 'read', process_id = (SELECT id FROM processes WHERE slug = :slug)"
                " WHERE reading_state = 'unread'"
            ),
            {"slug": SECOND},
        )
    assert client.get(asks).headers["HX-Refresh"] == "true"


def test_received_articles_say_what_they_are_about(client: TestClient, engine: Engine) -> None:
    named = {"article": [an_article(engine, FIRST), an_article(engine, SECOND)]}
    body = client.get("/articles/received", params=named).text
    assert "Arvenia–Beldor · " in body
    assert "Second talks · " in body


def test_one_process_needs_no_switch(database: str, process_id: int) -> None:
    with client_on(database, process=FIRST) as client:
        body = client.get("/articles/new").text
    assert 'aria-label="Negotiation"' not in body
    assert 'name="process"' not in body
