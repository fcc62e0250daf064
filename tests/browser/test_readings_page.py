"""The readings of an article side by side, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPage, Site, scrolls_sideways, violations
from tests.evidence.test_readings_page import ARTICLE, PATH, keep_two
from tests.small_record import Entered, enter


@pytest.fixture
def record(site: Site) -> Entered:
    entered = enter(site.engine)
    keep_two(site.engine, entered.talks)
    return entered


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280, 1920])
def test_page_is_accessible(site: Site, record: Entered, new_page: NewPage, width: int, scheme: str) -> None:
    page = new_page(width, scheme)
    for path in (PATH, ARTICLE, "/articles/2031-03-01-envoys-to-meet/readings"):
        page.goto(site.address + path)
        assert violations(page) == [], path
        assert not scrolls_sideways(page), path


@pytest.mark.parametrize("scripts", [True, False])
def test_quotes_lead_to_their_place_in_the_article(
    site: Site, record: Entered, new_page: NewPage, scripts: bool
) -> None:
    page = new_page(scripts=scripts)
    page.goto(site.address + ARTICLE)
    page.get_by_role("link", name="Readings side by side").click()
    expect(page.get_by_text("1 agree, 1 differ, 2 not found by every reader")).to_be_visible()
    page.get_by_role("link", name="Arvenia asked for a full truce.").first.click()
    expect(page.locator(":target")).to_have_text("Arvenia asked for a full truce.")
    page.go_back()
    page.get_by_role("link", name="Beldor refused it").click()
    expect(page.get_by_role("heading", name="Talks end with a swap")).to_be_visible()
