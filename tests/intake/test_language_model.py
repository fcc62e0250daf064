"""A language model as reader of the articles in the database: failures, limits, and what another reader had found."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import Engine, select, update

from app.database import now, reading, writing
from app.evidence.article import Article
from app.evidence.citation import Citation
from app.intake.claim import wait_again
from app.intake.compare import read_for_comparison
from app.intake.kept_reading import KeptReading, kept_readings, linked_reading
from app.intake.language_model import language_model_reader
from app.intake.model_use import ModelUse
from app.intake.read_article import Read, read_article
from app.negotiations.demand import Demand
from app.negotiations.party import Party
from app.reading.not_read import NotRead
from app.reading.reading import DemandFind, Quote, Reading
from app.settings import CHECKOUT, Settings
from tests.conftest import NewDatabase
from tests.intake.conftest import Store
from tests.language_model import KEY, Model, Turn, model, refuses, says
from tests.reading.llm.conftest import ARTICLE, GOOD
from tests.running import Running, eventually, serve
from tests.serving import client_on

LEASE = timedelta(seconds=60)
KYIV = "“Kyiv wants a full ceasefire – now,”"


@pytest.fixture
def article(store: Store) -> int:
    return store(ARTICLE, title="Talks", published_on=date(2025, 6, 3), language="en").article_id


@contextmanager
def reader(engine: Engine, *turns: Turn, **settings: Any) -> Iterator[tuple[Model, Read]]:
    with model(*turns) as server:
        yield server, language_model_reader(Settings(**server.settings(llm_tries=1, **settings)), engine)


def rules(_process: str, held: Any) -> Reading:
    """A stand-in for the built-in reader: finds Kyiv's demand by other words, and one that the model does not find."""

    def demand(party: str, issue: str, words: str) -> DemandFind:
        start = held.text.index(words)
        quote = Quote.of(held.text, start, start + len(words))
        day = "2025-06-02"
        return DemandFind(party=party, issue=issue, stance="for", round=day, quote=quote, confidence=0.5)

    demands = (
        demand("ukraine", "ceasefire", "Kyiv wants a full ceasefire"),
        demand("russia", "bodies", "The sides agreed to return 6,000 bodies each."),
    )
    return Reading(reader="rules 1", about_talks=True, demands=demands)


def demands(engine: Engine) -> dict[tuple[str, str], str]:
    """How each demand of the record stands, by party and stance."""
    with reading(engine) as session:
        rows = session.execute(select(Party.slug, Demand.stance, Demand.standing).join(Party).order_by(Demand.id))
        return {(party, stance): standing for party, stance, standing in rows}


def state(engine: Engine, article_id: int) -> tuple[str, str | None]:
    with reading(engine) as session:
        row = session.get_one(Article, article_id)
        return row.reading_state, row.reading_note


def test_model_reads_into_the_record(engine: Engine, article: int) -> None:
    with reader(engine, says(GOOD), llm_price_in=1, llm_price_out=2) as (_, read):
        assert read_article(engine, read, LEASE)
    assert state(engine, article) == ("read", None)
    assert demands(engine) == {("ukraine", "for"): "machine-read", ("russia", "against"): "machine-read"}
    with reading(engine) as session:
        assert set(session.scalars(select(Citation.reader))) == {"llm test-model"}
        linked = linked_reading(session, article)
        assert linked
        assert linked.reading.usage
        assert linked.reading.usage.price == pytest.approx(0.0018)
        assert session.execute(select(ModelUse.requests, ModelUse.tokens_in, ModelUse.price)).one() == (
            1,
            1200,
            pytest.approx(0.0018),
        )


def test_reading_twice_changes_nothing(engine: Engine, article: int) -> None:
    def rows() -> list[Any]:
        with reading(engine) as session:
            return [tuple(row) for row in session.execute(select(Citation.id, Citation.start, Citation.withdrawn_at))]

    with reader(engine, says(GOOD)) as (_, read):
        assert read_article(engine, read, LEASE)
        before = rows()
        with writing(engine) as session:
            session.execute(update(Article).values(reading_state="unread"))
        assert read_article(engine, read, LEASE)
    assert rows() == before
    with reading(engine) as session:
        assert len(session.scalars(select(KeptReading.id)).all()) == 1


def test_second_reader_takes_the_place_of_the_first(engine: Engine, article: int) -> None:
    assert read_article(engine, rules, LEASE)
    assert set(demands(engine).values()) == {"machine-read"}
    with reading(engine) as session:
        slug = session.get_one(Article, article).slug
    with writing(engine) as session:
        assert wait_again(session, [slug]) == 1
    with reader(engine, says(GOOD)) as (_, read):
        assert read_article(engine, read, LEASE)
    assert demands(engine) == {
        ("ukraine", "for"): "machine-read",
        ("russia", "for"): "withdrawn",
        ("russia", "against"): "machine-read",
    }
    with reading(engine) as session:
        standing = select(Citation.reader, Citation.exact).where(Citation.withdrawn_at.is_(None))
        assert {name for name, _ in session.execute(standing)} == {"llm test-model"}
        assert KYIV in [exact for _, exact in session.execute(standing)]
        assert [(one.reader, one.linked_at is not None) for one in kept_readings(session, article)] == [
            ("llm test-model", True),
            ("rules 1", True),
        ]


def test_what_a_person_stands_behind_stays(engine: Engine, article: int) -> None:
    assert read_article(engine, rules, LEASE)
    with writing(engine) as session:
        russia = select(Party.id).where(Party.slug == "russia").scalar_subquery()
        session.execute(update(Demand).where(Demand.party_id == russia).values(standing="confirmed"))
        session.execute(update(Article).values(reading_state="unread"))
    with reader(engine, says(GOOD)) as (_, read):
        assert read_article(engine, read, LEASE)
    assert demands(engine)[("russia", "for")] == "confirmed"
    with reading(engine) as session:
        kept = select(Citation.exact).where(Citation.reader == "rules 1", Citation.withdrawn_at.is_(None))
        assert session.scalars(kept).all() == ["The sides agreed to return 6,000 bodies each."]


@pytest.mark.parametrize(
    ("turn", "told"),
    [
        (refuses(500), "failed (HTTP 500"),
        (refuses(401), "check RAPPORTEUR_LLM_KEY"),
        (says("nonsense"), "no answer in the form asked for"),
    ],
)
def test_failure_leaves_the_reason_and_the_record_as_it_was(
    engine: Engine, article: int, turn: Turn, told: str
) -> None:
    assert read_article(engine, rules, LEASE)
    before = demands(engine)
    with writing(engine) as session:
        session.execute(update(Article).values(reading_state="unread"))
    with reader(engine, turn) as (_, read):
        assert read_article(engine, read, LEASE)
    ended, note = state(engine, article)
    assert ended == "failed"
    assert note
    assert told in note
    assert "rapporteur read-again" in note
    assert demands(engine) == before
    with writing(engine) as session:
        assert wait_again(session) == 1


def test_tokens_of_failures_count_for_the_day(engine: Engine, article: int) -> None:
    with reader(engine, says("nonsense"), llm_day_tokens=1500) as (server, read):
        assert read_article(engine, read, LEASE)
        assert "in the form asked for" in str(state(engine, article))
        with writing(engine) as session:
            wait_again(session)
        assert read_article(engine, read, LEASE)
        assert "1,500 tokens that a day may take" in str(state(engine, article))
        assert len(server.asked) == 1
        with writing(engine) as session:
            session.execute(update(ModelUse).values(at=now() - timedelta(days=1)))
            wait_again(session)
        assert read_article(engine, read, LEASE)
        assert len(server.asked) == 2


def test_comparison_is_kept_beside_the_record(engine: Engine, database: str, article: int) -> None:
    assert read_article(engine, rules, LEASE)
    before = demands(engine)
    with reading(engine) as session:
        slug = session.get_one(Article, article).slug
    with reader(engine, says(GOOD), llm_price_in=3) as (_, read):
        assert read_for_comparison(engine, read, slug).reader == "llm test-model"
    assert demands(engine) == before
    assert state(engine, article)[0] == "read"
    with reading(engine) as session:
        linked = linked_reading(session, article)
        assert linked
        assert linked.reader == "rules 1"
        assert [one.reader for one in kept_readings(session, article)] == ["rules 1", "llm test-model"]
    with client_on(database) as client:
        found = client.get(f"/articles/{slug}/readings.json").json()
        assert [(one["reader"], one["in_record"]) for one in found["readings"]] == [
            ("rules 1", True),
            ("llm test-model", False),
        ]
        assert [(row["kind"], row["verdict"]) for row in found["rows"]] == [
            ("rounds", "in part"),
            ("delegations", "in part"),
            ("demands", "agree"),
            ("demands", "in part"),
            ("demands", "in part"),
            ("outcomes", "in part"),
        ]
        page = client.get(f"/articles/{slug}/readings").text
        assert "1 agree, 0 differ, 5 not found by every reader" in page
        assert "1,200 tokens sent, 300 answered in 1 request · 0.0036 USD" in page
        assert f'href="/articles/{slug}#citation-' in page
        assert f'href="/articles/{slug}#:~:text=Russia%20would%20not%20accept%20it"' in page


def test_comparison_never_stands_in_for_the_record(engine: Engine, article: int) -> None:
    with reader(engine, says(GOOD), says({**GOOD, "demands": []})) as (_, read):
        assert read_article(engine, read, LEASE)
        with reading(engine) as session:
            slug = session.get_one(Article, article).slug
        assert read_for_comparison(engine, read, slug).demands == ()
        with pytest.raises(LookupError):
            read_for_comparison(engine, read, "nowhere")
    with reading(engine) as session:
        linked = linked_reading(session, article)
        assert linked
        assert len(linked.reading.demands) == 2, "the reading that the record rests on"


def test_comparison_that_fails_keeps_nothing(engine: Engine, article: int) -> None:
    with reading(engine) as session:
        slug = session.get_one(Article, article).slug
    with reader(engine, refuses(500)) as (_, read), pytest.raises(NotRead):
        read_for_comparison(engine, read, slug)
    with reading(engine) as session:
        assert kept_readings(session, article) == []


def test_article_set_aside_rests_on_no_reading(engine: Engine, article: int) -> None:
    assert read_article(engine, rules, LEASE)
    with writing(engine) as session:
        session.execute(update(Article).values(reading_state="unread", language="de"))
    assert read_article(engine, rules, LEASE)
    with reading(engine) as session:
        assert linked_reading(session, article) is None
        assert [one.reader for one in kept_readings(session, article)] == ["rules 1"]


def command(*words: str, **settings: Any) -> subprocess.CompletedProcess[str]:
    environment = {f"RAPPORTEUR_{name.upper()}": str(value) for name, value in settings.items()}
    line = [sys.executable, "-m", "app.cli", *words]
    return subprocess.run(
        line, env=environment | {"PATH": ""}, cwd=CHECKOUT, capture_output=True, text=True, check=False
    )


def test_compare_at_the_command_line(engine: Engine, tmp_path: Path, article: int) -> None:
    assert read_article(engine, rules, LEASE)
    database = engine.url.render_as_string(hide_password=False)
    with model(says(GOOD)) as server:
        known: dict[str, Any] = {"data": tmp_path, "database_url": database, "starter": "false"}
        ended = command("compare", "http://127.0.0.1:8000/articles/2025-06-03-talks", **known | server.settings())
        assert ended.returncode == 0, ended.stderr
        ended = command("compare", "2025-06-03-talks", "--reader", "llm", **known | server.settings())
    assert ended.stdout == "llm test-model finds 5: /articles/2025-06-03-talks/readings\n", ended.stderr
    assert KEY not in ended.stdout + ended.stderr


@pytest.mark.timeout(180)
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_server_reads_with_a_language_model(tmp_path: Path, new_database: NewDatabase, kind: str) -> None:
    with model(says(GOOD)) as server:
        chosen = {name: str(value) for name, value in server.settings().items()}
        if kind == "postgres":
            chosen["database_url"] = new_database("postgres")
        with serve(tmp_path, **chosen) as running, Running("worker", data=str(tmp_path), starter="false", **chosen):
            files = [
                ("file", ("talks.txt", f"Talks\n\n{ARTICLE}\n\n{'They will meet again, it is said. ' * 5}".encode()))
            ]
            answer = httpx2.post(f"{running.address}/articles", files=files, timeout=60)
            page = running.address + answer.headers["location"]
            eventually(lambda: "Read by llm test-model" in httpx2.get(page).text, "the model to read it")
            shown = httpx2.get(page).text
    assert "5 records found" in shown
    assert "1,200 tokens sent" in shown
    assert KEY not in shown
