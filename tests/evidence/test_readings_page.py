"""The page that shows the readings of an article side by side, on both databases."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event
from starlette.testclient import TestClient

from app.database import writing
from app.intake.kept_reading import keep
from app.reading.reading import DemandFind, OutcomeFind, Quote, Reading, RoundFind, Usage
from tests.serving import client_on
from tests.small_record import TALKS, Entered, enter

ARTICLE = "/articles/2031-03-04-talks-end"
PATH = f"{ARTICLE}/readings"


def find(made: type[Any], words: str, **said: Any) -> Any:
    start = TALKS.index(words)
    return made(quote=Quote.of(TALKS, start, start + len(words)), confidence=0.5, **said)


def two_readings() -> tuple[Reading, Reading]:
    """The built-in reader's, and a model's: both find a demand, they differ on the swap, each finds one thing more."""
    held = find(RoundFind, TALKS.partition("\n")[0], date="2031-03-03", city="Lakeside", status="held")
    asks = find(DemandFind, "Arvenia asked for a full truce.", party="arvenia", issue="truce", stance="for")
    refuses = find(DemandFind, "Beldor refused it", party="beldor", issue="truce", stance="against")
    swap = find(OutcomeFind, "swap 40 captives", round="2031-03-03", kind="captives-exchange", status="agreed")
    more = swap.model_copy(update={"quantity": 40})
    usage = Usage(requests=2, tokens_in=12_000, tokens_out=900, price=0.0123, currency="EUR")
    away = {"quote not in the article": 2, "unknown issue": 1}
    return (
        Reading(reader="rules 1", about_talks=True, rounds=(held,), demands=(asks,), outcomes=(swap,)),
        Reading(
            reader="llm <small>",
            about_talks=True,
            demands=(asks, refuses),
            outcomes=(more,),
            usage=usage,
            thrown_away=away,
        ),
    )


def keep_two(engine: Engine, article_id: int) -> None:
    first, second = two_readings()
    with writing(engine) as session:
        keep(session, article_id, first, linked=True)
        keep(session, article_id, second, linked=False)


@pytest.fixture
def record(engine: Engine) -> Entered:
    return enter(engine)


@pytest.fixture
def client(database: str, record: Entered) -> Iterator[TestClient]:
    with client_on(database) as client:
        yield client


def test_page_says_that_nobody_has_read_it(client: TestClient) -> None:
    assert "No reader has read this article yet." in client.get(PATH).text
    assert "Readings side by side" not in client.get(ARTICLE).text


def test_one_reading_tells_how_to_have_another(client: TestClient, engine: Engine, record: Entered) -> None:
    with writing(engine) as session:
        keep(session, record.talks, two_readings()[0], linked=True)
    page = client.get(PATH).text
    assert "rapporteur compare 2031-03-04-talks-end" in page
    assert "Between them" not in page
    assert f'href="{PATH}"' in client.get(ARTICLE).text
    assert "Read by rules 1." in client.get(ARTICLE).text


def test_two_readings_stand_side_by_side(client: TestClient, engine: Engine, record: Entered) -> None:
    keep_two(engine, record.talks)
    page = client.get(PATH).text
    assert "1 agree, 1 differ, 2 not found by every reader" in page
    assert page.index("<h2>rules 1</h2>") < page.index("<h2>llm &lt;small&gt;</h2>")
    assert page.count("In the record") == page.count("For comparison alone") == 1
    assert "12,000 tokens sent, 900 answered in 2 requests · 0.0123 EUR" in page
    assert "3 finds thrown away: quote not in the article (2), unknown issue (1)" in page
    assert "Talks in Lakeside, 3 March 2031" in page
    assert "Beldor: Truce first" in page
    assert "agreed · 40 on each side · round of 3 March 2031" in page
    order = [page.index(f">{kind}</th>") for kind in ("Rounds", "Demands", "Outcomes")]
    assert order == sorted(order)


def test_quotes_lead_into_the_article(client: TestClient, engine: Engine, record: Entered) -> None:
    keep_two(engine, record.talks)
    places = re.findall(rf'href="{ARTICLE}#(citation-\d+)"', client.get(PATH).text)
    article = client.get(ARTICLE).text
    assert len(places) == 3
    assert all(f'id="{place}"' in article for place in places)
    assert f'href="{ARTICLE}#:~:text=Beldor%20refused%20it"' in client.get(PATH).text


def test_readings_as_data(client: TestClient, engine: Engine, record: Entered) -> None:
    keep_two(engine, record.talks)
    found = client.get(f"{PATH}.json").json()
    assert found["article"] == f"http://127.0.0.1{ARTICLE}"
    assert [(one["reader"], one["in_record"]) for one in found["readings"]] == [
        ("rules 1", True),
        ("llm <small>", False),
    ]
    assert found["readings"][1]["usage"]["tokens_in"] == 12_000
    assert [row["verdict"] for row in found["rows"]] == ["in part", "agree", "in part", "differ"]
    assert found["rows"][0]["finds"]["llm <small>"] == []
    quote = found["rows"][1]["finds"]["rules 1"][0]["quote"]
    assert TALKS[quote["start"] : quote["end"]] == quote["exact"]


def test_readings_of_no_article(client: TestClient) -> None:
    for path in ("/articles/none/readings", "/articles/none/readings.json", "/articles/%00/readings"):
        assert client.get(path).status_code == 404


def test_page_takes_a_fixed_number_of_queries(client: TestClient, engine: Engine, record: Entered) -> None:
    keep_two(engine, record.talks)
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(client.app.state.engine, "before_cursor_execute", note)  # type: ignore[attr-defined]
    client.get(PATH)
    assert len(seen) <= 8
