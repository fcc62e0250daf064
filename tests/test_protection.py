"""What every request passes, and what every answer carries."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from app.database import open_engine
from app.intake.starter import load_process
from app.settings import PROCESSES
from tests.conftest import NewDatabase
from tests.serving import client_on

PASTE = {"text": "Delegations met in Istanbul on 2 June 2025 and spoke for an hour about an exchange of prisoners."}


@pytest.fixture
def client(new_database: NewDatabase) -> Iterator[TestClient]:
    database = new_database("sqlite")
    engine = open_engine(database)
    load_process(engine, PROCESSES / "russia-ukraine", 1_000_000, briefs=False)
    engine.dispose()
    with client_on(database, request_megabytes=1, hosts="talks.example") as client:
        yield client


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:8000", "[::1]:8000", "talks.example"])
def test_own_host_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/static/css/base.css", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::1", "evil.example:8000"])
def test_other_host_names_are_not(client: TestClient, host: str) -> None:
    assert client.get("/static/css/base.css", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"origin": "http://127.0.0.1:9000"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1"},
    ],
)
def test_changes_from_other_pages_are_refused(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/articles", data=PASTE, headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [{}, {"origin": "http://127.0.0.1"}, {"sec-fetch-site": "same-origin"}])
def test_changes_from_own_pages_reach_the_page(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/articles", data=PASTE, headers=headers).status_code != 403


def test_request_over_the_limit_is_cut_off_with_or_without_a_length(client: TestClient) -> None:
    much = b"x" * 1_100_000
    form = {"content-type": "application/x-www-form-urlencoded"}
    told = client.post("/articles", content=much, headers=form)
    untold = client.post("/articles", content=iter([much[:600_000], much[600_000:]]), headers=form)
    assert (told.status_code, untold.status_code) == (413, 413)
    assert "larger than 1 MB" in told.text
    assert "larger than 1 MB" in untold.text


@pytest.mark.parametrize("path", ["/static/css/base.css", "/no-such-page", "/articles/new"])
def test_every_answer_carries_the_policy(client: TestClient, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"


def test_page_that_is_not_there_is_one_of_ours(client: TestClient) -> None:
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert "Rapporteur" in answer.text
    assert client.get("/no-such-listing.json").json()["error"]


def test_answers_are_compressed_where_the_browser_takes_it(client: TestClient) -> None:
    answer = client.get("/articles/new", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["vary"]
    assert "content-encoding" not in client.get("/articles/new", headers={"accept-encoding": "identity"}).headers
