"""Timeline, comparison and rounds in a real browser, with scripts and without."""

import re
from gzip import compress

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, scrolls_sideways, violations

JUNE = "2031-06-02-lakeside"
PAGES = {
    "overview": "/",
    "timeline": "/timeline",
    "filtered": "/timeline?party=beldor&from=soon",
    "empty": "/timeline?from=2040-01-01",
    "comparison": f"/compare?as_of={JUNE}&against=2031-05-16-lakeside&party=corvan",
    "position": "/compare/truce/beldor",
    "round": f"/rounds/{JUNE}",
    "missing": "/rounds/none",
}
PAGE_BYTES = 60_000
"""Compressed, with all that it loads."""


def test_filters_by_click_and_back_again(new_page: NewPage, talks_site: str) -> None:
    page = new_page()
    page.goto(f"{talks_site}/timeline")
    counts = page.locator(".counts")
    expect(counts).to_contain_text("12 demands, 2 outcomes, 2 delegations in 4 rounds")
    page.evaluate("window.unreloaded = true")
    page.get_by_label("Party", exact=True).select_option("beldor")
    expect(counts).to_contain_text("4 demands, 1 delegation in 2 rounds")
    page.get_by_label("Round", exact=True).focus()
    page.get_by_label("Round", exact=True).select_option(JUNE)
    expect(counts).to_contain_text("2 demands, 1 delegation in 1 round")
    assert page.url == f"{talks_site}/timeline?party=beldor&round={JUNE}"
    assert page.evaluate("window.unreloaded") is True
    expect(page.get_by_label("Round", exact=True)).to_be_focused()
    page.go_back()
    expect(counts).to_contain_text("4 demands, 1 delegation in 2 rounds")
    expect(page.get_by_label("Party", exact=True)).to_have_value("beldor")
    expect(page.get_by_label("Round", exact=True)).to_have_value("")
    page.go_back()
    expect(counts).to_contain_text("12 demands")
    expect(page.locator("header.masthead")).to_have_count(1)


def test_going_back_from_another_page_shows_the_whole_filtered_page(page: Page, talks_site: str) -> None:
    page.goto(f"{talks_site}/timeline")
    page.get_by_label("Party", exact=True).select_option("beldor")
    expect(page.locator(".counts")).to_contain_text("4 demands")
    page.locator(".group-head").get_by_role("link", name="2 June 2031, Lakeside").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 June 2031, Lakeside")
    page.go_back()
    expect(page.locator("header.masthead")).to_have_count(1)
    expect(page.locator(".counts")).to_contain_text("4 demands")


def test_chip_takes_its_filter_off(page: Page, talks_site: str) -> None:
    page.goto(f"{talks_site}/timeline?party=beldor&round={JUNE}")
    page.get_by_role("link", name="Party: Beldor").click()
    expect(page.locator(".counts")).to_contain_text("7 demands, 1 outcome")
    assert page.url == f"{talks_site}/timeline?round={JUNE}"
    expect(page.get_by_label("Party", exact=True)).to_have_value("")


def test_mark_of_the_strip_leads_to_its_row(page: Page, talks_site: str) -> None:
    page.goto(f"{talks_site}/timeline")
    mark = page.get_by_role("link", name=re.compile("Beldor against: Truce first, 16 May 2031"))
    mark.click()
    row = page.locator(":target")
    expect(row).to_contain_text("All guns fall silent")
    expect(row).to_be_in_viewport()


def test_cell_opens_its_quotes_in_place_and_closes(new_page: NewPage, talks_site: str) -> None:
    page = new_page()
    page.goto(f"{talks_site}/compare")
    cell = page.locator("#cell-truce-beldor")
    cell.click()
    story = page.locator("#story-truce")
    expect(story).to_contain_text("Beldor is for the truce, says source 0.")
    expect(cell).to_have_attribute("aria-expanded", "true")
    assert page.url == f"{talks_site}/compare?open=truce%2Fbeldor"
    assert re.fullmatch(
        r"/articles/[\w-]+#citation-\d+", story.locator("blockquote a").first.get_attribute("href") or ""
    )
    page.locator("#cell-truce-arvenia").click()
    expect(story).to_contain_text("Arvenia is for the truce")
    expect(cell).to_have_attribute("aria-expanded", "false")
    story.get_by_role("link", name="Close").click()
    expect(story).to_be_hidden()
    assert page.url == f"{talks_site}/compare"
    expect(page.locator("#cell-truce-arvenia")).to_be_focused()
    page.keyboard.press("Enter")
    expect(story).to_contain_text("Arvenia is for the truce")
    page.keyboard.press("Escape")
    expect(story).to_be_hidden()


def test_opened_cell_stays_over_reload_and_going_back(page: Page, talks_site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{talks_site}/compare?as_of={JUNE}")
    page.locator("#cell-valley-arvenia").click()
    story = page.locator("#story-valley")
    expect(story).to_contain_text("Arvenia is against the valley")
    expect(story.get_by_role("heading")).to_be_in_viewport()
    assert page.url == f"{talks_site}/compare?open=valley%2Farvenia&as_of={JUNE}"
    page.reload()
    expect(page.locator("#story-valley")).to_contain_text("Arvenia is against the valley")
    page.locator("#cell-truce-beldor").click()
    expect(page.locator("#story-truce")).to_contain_text("Beldor is for")
    expect(page.locator("#story-valley")).to_be_hidden()
    page.go_back()
    expect(page.locator("#story-valley")).to_contain_text("Arvenia is against the valley")
    page.go_forward()
    expect(page.locator("#story-truce")).to_contain_text("Beldor is for")
    page.keyboard.press("Escape")
    expect(page.locator("#story-truce")).to_be_hidden()


def test_comparison_follows_its_form(page: Page, talks_site: str) -> None:
    page.goto(f"{talks_site}/compare")
    page.get_by_label("As of").select_option(JUNE)
    page.get_by_label("What moved since").select_option("2031-05-16-lakeside")
    expect(page.locator("#issue-truce .compare-between")).to_contain_text("same stance stance differs was opposed")
    page.get_by_label("Add a party").select_option("corvan")
    expect(page.locator("#issue-truce td.party-other")).to_contain_text("not reported")
    page.get_by_role("link", name="Corvan: remove this party").click()
    expect(page.locator("#issue-truce td.party-other")).to_have_count(0)
    page.go_back()
    expect(page.locator("#issue-truce td.party-other")).to_have_count(1)


def test_print_of_the_comparison_is_a_table_with_its_sources(page: Page, talks_site: str) -> None:
    page.set_viewport_size({"width": 700, "height": 1000})
    page.emulate_media(media="print")
    page.goto(f"{talks_site}/compare?as_of={JUNE}")
    expect(page.locator("form.filters")).to_be_hidden()
    expect(page.get_by_role("columnheader", name="Beldor")).to_be_visible()
    expect(page.locator("#issue-valley .print-only").first).to_contain_text("10 June 2031")
    expect(page.locator("#issue-valley .print-only").first).to_be_visible()


def test_everything_works_without_scripts(new_page: NewPage, talks_site: str) -> None:
    page = new_page(scripts=False)
    page.goto(f"{talks_site}/timeline")
    page.locator("#filter-party").select_option("beldor")
    page.locator("#filter-round").select_option(JUNE)
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".counts")).to_contain_text("2 demands, 1 delegation in 1 round")
    page.goto(f"{talks_site}/compare?as_of={JUNE}")
    page.locator("#cell-truce-beldor").click()
    expect(page.locator("#story-truce blockquote").first).to_contain_text("Beldor is for the truce")
    page.locator("#story-truce").get_by_role("link", name="2 June 2031, Lakeside").click()
    expect(page.locator(":target")).to_contain_text("for")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_page_has_no_fault_of_accessibility_and_does_not_overflow(
    page: Page, talks_site: str, name: str, scheme: str, width: int
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(talks_site + PAGES[name])
    if name == "comparison":
        page.locator("#cell-truce-beldor").click()
        expect(page.locator("#story-truce")).to_contain_text("Beldor")
    assert violations(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("width", [320, 1920])
def test_no_page_overflows_at_the_extremes(page: Page, talks_site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in PAGES.values():
        page.goto(talks_site + path)
        assert not scrolls_sideways(page), path


def test_first_visit_is_light(page: Page, talks_site: str) -> None:
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(compress(answer.body()))))
    page.goto(f"{talks_site}/compare", wait_until="networkidle")
    assert len(sizes) >= 7
    assert sum(sizes) < PAGE_BYTES
