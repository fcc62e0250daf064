"""Several processes in a real browser: the switch, by keyboard and without scripts, at every width."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPage, Site, scrolls_sideways, violations
from tests.negotiations.talks import hold_talks


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_switch_leads_to_the_other_talks_and_links_stay_there(
    new_page: NewPage, site: Site, scheme: str, width: int
) -> None:
    hold_talks(site.engine, "russia-ukraine")
    hold_talks(site.engine, "second-talks")
    page = new_page(width=width, scheme=scheme)
    page.goto(f"{site.address}/timeline?party=beldor")
    switch = page.get_by_role("navigation", name="Negotiation")
    expect(switch.get_by_role("link")).to_have_count(2)
    switch.get_by_role("link").last.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.address}/timeline?process=second-talks")
    page.get_by_label("Party", exact=True).select_option("beldor")
    expect(page.locator(".counts")).to_contain_text("4 demands")
    page.get_by_role("link", name="Add articles").click()
    expect(page).to_have_url(f"{site.address}/articles/new?process=second-talks")
    expect(page.get_by_role("combobox", name="Negotiation").get_by_role("option")).to_have_count(3)
    assert violations(page) == []
    assert not scrolls_sideways(page)
    page.get_by_label("Paste the text").fill("Envoys of Arvenia met those of Beldor. " * 10)
    page.get_by_role("combobox", name="Negotiation").select_option("second-talks")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("chosen by hand")).to_be_visible()
    assert violations(page) == []
    assert not scrolls_sideways(page)
