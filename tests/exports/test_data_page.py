"""The page that takes the record along: downloads, citing, and how accurate the reading is, if that is known."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.exports import accuracy as shown
from app.reading.evaluation.figures import Figures
from tests.exports.figures import made_up


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the page looks for the figures; there are none yet."""
    monkeypatch.setattr(shown, "PLACE", tmp_path / "accuracy.json")
    return tmp_path / "accuracy.json"


def words(body: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def test_each_download_is_there(client: TestClient, place: Path) -> None:
    body = client.get("/data").text
    links = re.findall(r'href="(/[a-z]+\.(?:json|csv))"', body)
    assert len(links) == 9
    assert all(client.get(link).status_code == 200 for link in links)
    assert all(
        client.get(one[form]).status_code == 200 for one in data(client)["downloads"] for form in ("json", "csv")
    )


def data(client: TestClient) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = client.get("/data.json").json()
    return found


def test_it_is_in_the_navigation(client: TestClient, place: Path) -> None:
    assert '<a href="/data">Data</a>' in client.get("/").text
    assert '<a href="/data" aria-current="page">Data</a>' in client.get("/data").text


def test_it_says_how_to_cite(client: TestClient, place: Path) -> None:
    assert "Rapporteur, “Arvenia–Beldor”, http://127.0.0.1/, as of" in words(client.get("/data").text)


def test_without_figures_it_says_so(client: TestClient, place: Path) -> None:
    assert "No figures come with this copy" in client.get("/data").text
    assert client.get("/data.json").json()["accuracy"] is None
    place.write_text("{}")
    assert "No figures come with this copy" in client.get("/data").text


def test_figures_are_told_in_plain_words(client: TestClient, place: Path) -> None:
    figures = made_up()
    place.write_text(figures.model_dump_json())
    body = client.get("/data").text
    told = words(body)
    assert "Measured on 1 June 2031 with the reader “rules 7” on 40 articles" in told
    assert "that people had read by hand, all of them made up" in told
    assert "kept apart while the reader was made" in told
    assert "of 100 demands that it shows, about 75 are what the article says" in told
    assert re.search(r"Demands 75 % \(\d\d–\d\d\) 75 % ", told)
    assert "Outcomes none in these articles" in told
    assert re.search(r"word for word 100 % of 40", told)
    assert "Numbers of outcomes that are right – of 0" in told
    assert body.count("<figure>") == 2
    assert body.count('class="reliability-dot"') == 11
    given = Figures.model_validate(client.get("/data.json").json()["accuracy"])
    assert given.scores == Figures.load(place).scores


def test_account_of_the_reading_is_a_page(client: TestClient, place: Path) -> None:
    body = client.get("/data/reading").text
    assert "<h1>How it reads, and how well</h1>" in body
    assert '<table tabindex="0">' in body, "a wide table can be scrolled by keyboard"
