"""The form that takes articles in: what is stored, what is refused beside which field, and nothing twice."""

import io
import threading
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select, update
from starlette.testclient import TestClient

from app.database import reading, writing
from app.evidence.article import Article
from app.evidence.documents import from_address
from app.evidence.source import Source
from app.intake import pages
from tests.factories import World
from tests.serving import client_on

FIELDS = ("text", "title", "outlet", "author", "published", "language", "other")
TEXT = (
    "Envoys of Arvenia and Beldor met in Lakeside.\n\nArvenia asked for a full truce before anything else."
    " The mediators said that both had been patient and that the next meeting would be announced within the week."
)
OTHER = (
    "Beldor will send the same envoys to the second meeting, said its foreign ministry on Tuesday. It did not say what"
    " they will propose there, nor whether the mediators have agreed to sit at the same table again."
)


@pytest.fixture
def client(database: str, engine: Engine) -> Iterator[TestClient]:
    with writing(engine) as session:
        World(session, "russia-ukraine")
    with client_on(database, upload_files=3, upload_megabytes=1) as client:
        yield client


def stored(engine: Engine) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(Article)) or 0


def file(name: str, content: bytes | str) -> tuple[str, tuple[str, bytes]]:
    return "file", (name, content if isinstance(content, bytes) else content.encode())


def test_form_explains_itself(client: TestClient) -> None:
    page = client.get("/articles/new").text
    for said in ("What will happen", ".docx", "up to 3 files of at most 1 MB each", 'enctype="multipart/form-data"'):
        assert said in page


def test_paste_is_stored_and_shown(client: TestClient, engine: Engine) -> None:
    answer = client.post("/articles", data={"text": TEXT, "title": "The lake", "published": "2020-05-10"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/articles/2020-05-10-the-lake")
    page = client.get(answer.headers["location"]).text
    assert "waiting to be read" in page
    assert "Arvenia asked for a full truce before anything else." in page
    assert stored(engine) == 1


def test_several_files_lead_to_their_progress(client: TestClient, engine: Engine) -> None:
    answer = client.post("/articles", files=[file("one.txt", TEXT), file("two.md", OTHER)])
    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    assert answer.headers["location"].startswith("/articles/received?article=")
    assert "2 articles stored, 0 read so far." in page
    assert 'hx-trigger="every 1s"' in page
    with writing(engine) as session:
        session.execute(update(Article).values(reading_state="read"))
    done = client.get(answer.headers["location"], headers={"HX-Request": "true"}).text
    assert "2 articles stored and read." in done
    assert "hx-get" not in done


def test_progress_says_what_was_found(client: TestClient, engine: Engine) -> None:
    with writing(engine) as session:
        world = World(session, "lake")
        article = world.article(TEXT, slug="lake")
        for issue in ("truce", "valley"):
            world.cite(world.demand("arvenia", issue, "for"), article, "Arvenia asked for a full truce")
        world.cite(world.round(None), article, "met in Lakeside")
    page = client.get("/articles/received?article=lake&article=absent&article=lake&article=%00").text
    assert "1 round, 2 demands found" in page
    assert page.count('href="/articles/lake"') == 1


def received_undated(client: TestClient) -> tuple[str, list[str]]:
    answer = client.post("/articles", files=[file("one.txt", TEXT), file("two.md", OTHER)])
    address = answer.headers["location"]
    return address, [slug for name, slug in parse_qsl(urlsplit(address).query) if name == "article"]


def test_dates_that_were_not_found_are_asked_for_and_lead_to_a_new_reading(client: TestClient, engine: Engine) -> None:
    address, (first, second) = received_undated(client)
    with writing(engine) as session:
        session.execute(update(Article).values(reading_state="read"))
    page = client.get(address).text
    assert "No date was found in 2 articles." in page
    answer = client.post(address.replace("/received?", "/received/dates?"), data={f"published-{first}": "2025-06-02"})
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    with reading(engine) as session:
        known = session.execute(select(Article.slug, Article.published_on, Article.reading_state).order_by(Article.id))
        assert known.all() == [(first, date(2025, 6, 2), "unread"), (second, None, "read")]
    assert "No date was found in 1 article." in client.get(address).text


@pytest.mark.parametrize(
    ("wrong", "said"), [("next week", "Write the date like 2025-06-02."), ("0012-06-02", "The year 12 is too early")]
)
def test_wrong_date_is_told_beside_its_article_and_dates_nothing(
    client: TestClient, engine: Engine, wrong: str, said: str
) -> None:
    address, (first, second) = received_undated(client)
    typed = {f"published-{first}": "2025-06-02", f"published-{second}": wrong}
    answer = client.post(address.replace("/received?", "/received/dates?"), data=typed)
    assert answer.status_code == 422
    assert said in answer.text.partition(f'id="{second}-wrong"')[2].partition("</p>")[0]
    assert 'value="2025-06-02"' in answer.text
    with reading(engine) as session:
        assert session.scalars(select(Article.published_on)).all() == [None, None]


def test_same_content_again_shows_the_first(client: TestClient, engine: Engine) -> None:
    first = client.post("/articles", data={"text": TEXT}).headers["location"]
    again = client.post("/articles", files=[file("copy.txt", TEXT)])
    assert again.headers["location"] == f"{first}?known=1"
    assert "was here already" in client.get(again.headers["location"]).text
    assert stored(engine) == 1


def test_same_file_twice_in_one_upload_is_one_new_article(client: TestClient, engine: Engine) -> None:
    answer = client.post("/articles", files=[file("one.txt", TEXT), file("copy.txt", TEXT)])
    assert answer.status_code == 303
    assert "known" not in answer.headers["location"]
    assert stored(engine) == 1


def test_good_files_are_stored_beside_refused_ones(client: TestClient, engine: Engine) -> None:
    answer = client.post(
        "/articles", files=[file("good.txt", TEXT), file("bad.pdf", b"%PDF-1.4 broken"), file("e.txt", "")]
    )
    assert answer.status_code == 422
    assert "1 article stored" in answer.text
    assert "2 articles could not be taken in" in answer.text
    assert "bad.pdf" in answer.text
    assert "e.txt is empty" in answer.text
    assert "/articles/received?article=" in answer.text
    assert stored(engine) == 1


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 4


def archive() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("a.txt", "text")
    return content.getvalue()


@pytest.mark.parametrize(
    ("data", "files", "field", "said"),
    [
        ({}, [], "", "Paste a text, choose a file or give an address."),
        ({"text": " \n "}, [], "", "Paste a text, choose a file or give an address."),
        ({}, [file("", b"")], "", "Paste a text, choose a file or give an address."),
        ({"text": TEXT, "published": "2nd June"}, [], "published", "Write the date like 2025-06-02."),
        ({"text": TEXT, "published": "0012-06-02"}, [], "published", "The year 12 is too early"),
        ({"text": TEXT, "published": "2990-01-01"}, [], "published", "still to come"),
        ({"text": TEXT, "language": "klingon"}, [], "language", "Choose a language from the list."),
        ({"text": TEXT, "title": "x" * 501}, [], "title", "At most 500 characters"),
        ({"text": "x" * 1_000_001}, [], "text", "1 MB"),
        ({}, [file("empty.txt", b"")], "file", "empty.txt is empty."),
        ({}, [file("locked.docx", encrypted())], "file", "protected by a password"),
        ({}, [file("many.zip", archive())], "file", "ZIP archive"),
        ({}, [file("big.txt", b"x" * 1_000_001)], "file", "at most 1 MB"),
        ({}, [file(f"{n}.txt", f"{TEXT} {n}") for n in range(4)], "file", "At most 3 articles are taken in at once"),
        ({"text": TEXT, "title": "T"}, [file("o.txt", OTHER)], "title", "A title is for one article"),
        ({"text": "They met."}, [], "text", "very short for an article (9 characters). Take it in all the same?"),
        ({}, [file("short.txt", "They met.")], "file", "very short for an article"),
        ({"address": "http://127.0.0.1:9/x"}, [], "address", "127.0.0.1"),
        ({"address": "file:///etc/passwd"}, [], "address", "http"),
        ({"address": "no address"}, [], "address", "address"),
    ],
)  # fmt: skip
def test_refusals_stand_beside_their_field(
    client: TestClient, engine: Engine, data: dict[str, str], files: list[Any], field: str, said: str
) -> None:
    answer = client.post("/articles", data=data, files=files)
    assert answer.status_code == 422
    assert said in answer.text
    assert "<title>Error: Add articles" in answer.text
    if field:
        assert f'<li><a href="#{"short" if "very short" in said else field}">' in answer.text
        beside = answer.text.partition(f'id="{field}-wrong"')[2].partition("</div>")[0]
        assert said in beside
        assert f'aria-describedby="{field}-wrong"' in answer.text
    assert stored(engine) == 0


def test_short_text_is_taken_in_once_a_person_says_so(client: TestClient, engine: Engine) -> None:
    asked = client.post("/articles/new", data={"text": "They met."})
    assert "They met.</textarea>" in asked.text
    assert 'name="short"' in asked.text
    assert stored(engine) == 0
    assert client.post("/articles/new", data={"text": "They met.", "short": "yes"}).status_code == 303
    assert stored(engine) == 1


def test_facts_given_with_several_files_go_to_those_that_state_none(client: TestClient, engine: Engine) -> None:
    stating = f"---\ntitle: Stated\noutlet: The Bugle\ndate: 2025-05-17\n---\n{OTHER}"
    facts = {"outlet": "The Herald", "published": "2025-06-02", "author": "A. Writer"}
    files = [file("silent.txt", TEXT), file("stating.md", stating)]
    assert client.post("/articles/new", data=facts, files=files).status_code == 303
    with reading(engine) as session:
        query = select(Source.name, Article.published_on, Article.author).join(Article).order_by(Article.id)
        assert session.execute(query).all() == [
            ("The Herald", date(2025, 6, 2), "A. Writer"),
            ("The Bugle", date(2025, 5, 17), "A. Writer"),
        ]


def test_what_was_typed_is_still_there(client: TestClient) -> None:
    typed = {
        "text": "\nTwo\nlines <b>",
        "address": "https://a.example/?a=1&b=2",
        "title": 'A "title"',
        "published": "x",
    }
    page = client.post("/articles", data=typed).text
    for shown in (
        "\n\nTwo\nlines &lt;b&gt;</textarea>",
        'value="https://a.example/?a=1&amp;b=2"',
        'value="A &#34;title&#34;"',
        'value="x"',
    ):
        assert shown in page


def test_what_was_stored_leaves_the_form_and_what_was_refused_stays(client: TestClient, engine: Engine) -> None:
    page = client.post("/articles", data={"text": TEXT, "address": "http://10.0.0.1/"}).text
    assert 'value="http://10.0.0.1/"' in page
    assert "Arvenia asked for" not in page.partition("<textarea")[2].partition("</textarea>")[0]
    assert stored(engine) == 1


def test_file_name_with_markup_shows_as_text(client: TestClient) -> None:
    page = client.post("/articles", files=[file("<img src=x>.txt", b"")]).text
    assert "<img" not in page
    assert "&lt;img src=x&gt;.txt" in page


@pytest.mark.parametrize("number", [13, 500])
def test_form_with_very_many_files_is_refused_in_our_words(client: TestClient, number: int) -> None:
    answer = client.post("/articles", files=[file(f"{n}.txt", "text") for n in range(number)])
    assert answer.status_code == 422
    assert "The form could not be read" in answer.text


def test_broken_form_is_refused(client: TestClient) -> None:
    broken = {"content-type": "multipart/form-data; boundary=x"}
    answer = client.post("/articles", content=b"--y\r\nnothing", headers=broken)
    assert answer.status_code == 422


def test_endless_request_is_cut_off_in_our_words(database: str, engine: Engine) -> None:
    with writing(engine) as session:
        World(session, "russia-ukraine")
    head = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
    with client_on(database, request_megabytes=1) as client:
        answer = client.post(
            "/articles",
            content=iter([head, *[b"x" * 100_000] * 20]),
            headers={"content-type": "multipart/form-data; boundary=x"},
        )
    assert answer.status_code == 413
    assert "larger than 1 MB" in answer.text


def test_write_from_another_site_is_refused(client: TestClient, engine: Engine) -> None:
    answer = client.post("/articles", data={"text": TEXT}, headers={"origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert stored(engine) == 0


class Peer(BaseHTTPRequestHandler):
    """A web site with one page."""

    def do_GET(self) -> None:
        body = f"<html><head><title>From the web</title></head><body><p>{OTHER} {TEXT}</p></body></html>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent."""


@pytest.fixture
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Peer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/page"
    server.shutdown()
    server.server_close()


def test_address_is_fetched_and_stored(
    client: TestClient, engine: Engine, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "from_address", partial(from_address, may_connect=lambda _: True))
    answer = client.post("/articles", data={"address": site})
    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    assert OTHER in page
    assert f'href="{site}"' in page


starts = st.sampled_from(
    [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"---\ntitle: ", b"From: a\nSubject: b\n\n", b"\xff\xfe"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    data=st.fixed_dictionaries({}, optional={name: st.text(max_size=30) for name in FIELDS}),
    files=st.lists(st.tuples(st.text(max_size=20), starts, st.binary(max_size=60)), max_size=3),
)
def test_whatever_is_sent_is_stored_or_refused(
    client: TestClient, data: dict[str, str], files: list[tuple[str, bytes, bytes]]
) -> None:
    sent = [file(name.encode("utf-8", "replace").decode(), start + rest) for name, start, rest in files]
    answer = client.post("/articles", data=data, files=sent)
    assert answer.status_code in (303, 422)
    if answer.status_code == 303:
        assert client.get(answer.headers["location"]).status_code == 200
    else:
        assert "field-error" in answer.text or "note-error" in answer.text


def test_process_goes_on_through_the_form(client: TestClient, engine: Engine) -> None:
    with writing(engine) as session:
        World(session, "other")
    page = client.get("/articles/new?process=other").text
    assert 'action="/articles/new?process=other"' in page
    answer = client.post("/articles?process=other", data={"text": TEXT})
    assert answer.headers["location"].endswith("?process=other")
    assert client.post("/articles?process=none", data={"text": TEXT}).status_code == 404
