"""What the reader set aside of a page is folded away on the article's page, and shown on request."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from app.intake.built_in import built_in_reader
from app.intake.read_article import read_article
from app.intake.set_aside import set_aside
from app.settings import Settings
from tests.intake.conftest import Store
from tests.serving import client_on

PAGE = """Envoys sit down again

Delegations of Ukraine and Russia met in Istanbul on 2 June 2025 for peace talks. Rustem Umerov led the Ukrainian
delegation.

Ukraine demanded a full ceasefire before a settlement, and Russia rejected a full ceasefire at the talks.

Related articles

Ten gardens worth a visit this summer"""


@pytest.mark.timeout(120)
def test_teasers_are_folded_away(engine: Engine, database: str, store: Store) -> None:
    stored = store(PAGE, title="Envoys sit down again", published_on=date(2025, 6, 2), language="en")
    assert set_aside(PAGE, None) == set(), "nothing is set aside before it is read"
    assert read_article(engine, built_in_reader(Settings()), timedelta(seconds=60))
    with client_on(database) as client:
        page = client.get(f"/articles/{stored.slug}").text
    folded = page.split('<details class="set-aside">', 1)[1].split("</details>", 1)[0]
    assert "2 paragraphs set aside" in folded
    assert "Ten gardens" in folded
    assert "Umerov" not in folded
