"""Adding articles and reading them beside their records, in a real browser, with and without scripts."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from app.database import now, writing
from app.evidence.article import Article
from tests.browser.conftest import NewPage, Site, scrolls_sideways, violations
from tests.factories import World
from tests.running import serve
from tests.small_record import TALKS, Entered, enter

ARTICLE = "/articles/2031-03-04-talks-end"
TEXT = (
    "Envoys of Arvenia and Beldor met in Lakeside.\n\nArvenia asked for a full truce before anything else.\n\n"
    "The mediators said that both had been patient and that the next meeting would be announced within the week."
)
REAL = (
    "Ukraine and Russia met in Istanbul on Monday, 2 June 2025, for a second round of direct talks. Ukraine demands a"
    " full and unconditional ceasefire.\n\n"
    "Defence Minister Rustem Umerov headed the Ukrainian delegation of 14 members."
)


@pytest.fixture
def record(site: Site) -> Entered:
    return enter(site.engine)


@pytest.fixture
def empty(site: Site) -> Site:
    with writing(site.engine) as session:
        World(session, "russia-ukraine")
    return site


def set_state(site: Site, state: str) -> None:
    held = {"reading_ticket": "a reader", "reading_until": now()} if state == "being-read" else {}
    free = {"reading_ticket": None, "reading_until": None}
    with writing(site.engine) as session:
        session.execute(update(Article).values(reading_state=state, **(free | held)))


PATHS = (
    "/articles",
    "/articles?q=truce&from=nonsense",
    "/articles?q=absent",
    ARTICLE,
    "/articles/undated-peregovory",
    "/articles/new",
    "/articles/received?article=2031-03-04-talks-end&article=undated-peregovory",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_are_accessible(site: Site, record: Entered, new_page: NewPage, width: int, scheme: str) -> None:
    page = new_page(width, scheme)
    for path in PATHS:
        page.goto(site.address + path)
        assert violations(page) == [], path
        assert not scrolls_sideways(page), path


@pytest.mark.parametrize("width", [320, 1920])
def test_no_page_is_wider_than_its_window(site: Site, record: Entered, new_page: NewPage, width: int) -> None:
    page = new_page(width)
    for path in PATHS:
        page.goto(site.address + path)
        assert not scrolls_sideways(page), path


def test_refused_form_is_accessible_and_keeps_what_was_typed(empty: Site, new_page: NewPage, tmp_path: Path) -> None:
    page = new_page()
    page.goto(f"{empty.address}/articles/new")
    page.get_by_label("Or choose files").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b""})
    page.get_by_text("Title, outlet, author, language (optional)").click()
    page.get_by_label("Title").fill("The lake")
    page.get_by_label("Outlet").fill("The Harbour Post")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#file-wrong")).to_contain_text("a.txt is empty.")
    expect(page).to_have_title(re.compile("^Error: Add articles"))
    expect(page.get_by_role("link", name="Add articles")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link", name="a.txt is empty.").click()
    expect(page.get_by_label("Or choose files")).to_be_in_viewport()
    expect(page.get_by_label("Title")).to_have_value("The lake")
    expect(page.get_by_label("Outlet")).to_have_value("The Harbour Post")
    assert violations(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_refused_file_leaves_the_pasted_text_of_another_try(empty: Site, new_page: NewPage, scripts: bool) -> None:
    page = new_page(scripts=scripts)
    page.goto(f"{empty.address}/articles/new")
    page.get_by_label("Paste the text").fill(TEXT)
    page.get_by_text("Title, outlet, author, language (optional)").click()
    page.get_by_label("Date of publication").fill("2990-01-01")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#published-wrong")).to_contain_text("still to come")
    expect(page.get_by_label("Paste the text")).to_have_value(TEXT)


@pytest.mark.parametrize("scripts", [True, False])
def test_paste_is_stored_and_shown(empty: Site, new_page: NewPage, scripts: bool) -> None:
    page = new_page(scripts=scripts)
    page.goto(f"{empty.address}/articles")
    page.get_by_role("link", name="Add articles").first.click()
    page.get_by_label("Paste the text").fill(TEXT)
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Arvenia asked for a full truce before anything else.")).to_be_visible()
    expect(page.get_by_text("waiting to be read")).to_be_visible()


def test_what_is_found_appears_without_a_reload(site: Site, record: Entered, new_page: NewPage) -> None:
    set_state(site, "unread")
    page = new_page()
    page.goto(site.address + ARTICLE)
    expect(page.get_by_text("waiting to be read")).to_be_visible()
    page.evaluate("document.title = 'the same page'")
    set_state(site, "being-read")
    expect(page.get_by_text("being read")).to_be_visible(timeout=5_000)
    set_state(site, "read")
    expect(page.get_by_role("heading", name="5 records found")).to_be_visible(timeout=5_000)
    expect(page.get_by_text("being read")).to_be_hidden()
    assert page.title() == "the same page"
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(2_500)
    assert asked == [], "a page that shows everything asks for nothing more"


def test_without_scripts_a_link_looks_again(site: Site, record: Entered, new_page: NewPage) -> None:
    set_state(site, "unread")
    page = new_page(scripts=False)
    page.goto(site.address + ARTICLE)
    set_state(site, "read")
    page.get_by_role("link", name="look again").click()
    expect(page.get_by_role("heading", name="5 records found")).to_be_visible()
    expect(page.get_by_text("waiting to be read")).to_be_hidden()


def test_progress_of_several_files_is_live(empty: Site, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{empty.address}/articles/new")
    files = [
        {"name": f"{number}.txt", "mimeType": "text/plain", "buffer": f"{TEXT} Again: {number}.".encode()}
        for number in range(3)
    ]
    page.get_by_label("Or choose files").set_input_files(files)  # type: ignore[arg-type]
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("3 articles stored, 0 read so far.")).to_be_visible()
    assert violations(page) == []
    set_state(empty, "read")
    expect(page.get_by_text("3 articles stored and read.")).to_be_visible(timeout=5_000)


def test_files_can_be_dropped(empty: Site, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{empty.address}/articles/new")
    dropped = page.evaluate_handle(
        "text => { const data = new DataTransfer(); data.items.add(new File([text], 'dropped.txt')); return data }",
        TEXT,
    )
    page.dispatch_event(".drop-zone", "drop", {"dataTransfer": dropped})
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Arvenia asked for a full truce before anything else.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_record_leads_to_its_quote_and_the_quote_to_its_record(
    site: Site, record: Entered, new_page: NewPage, scripts: bool
) -> None:
    page = new_page(scripts=scripts)
    page.goto(site.address + ARTICLE)
    card = page.locator(".find").filter(has_text="Beldor ▼ against")
    card.get_by_role("link", name="quote").click()
    aimed = page.locator(":target")
    expect(aimed).to_have_text("Beldor refused it and wants terms first.")
    expect(aimed.locator("mark")).to_have_css("outline-style", "solid")
    expect(aimed).to_be_in_viewport()
    page.get_by_role("link", name="Record 3: Beldor against: Truce first").click()
    expect(card).to_be_in_viewport()
    card.get_by_role("link", name="Beldor").click()
    expect(page).to_have_url(f"{site.address}/rounds/2031-03-03-lakeside#demand-{record.demand_against}")
    place = page.locator(f"#demand-{record.demand_against}")
    expect(place).to_have_count(1)
    page.locator(f'a[href^="{ARTICLE}#citation-"]').first.click()
    expect(page.locator(":target mark").first).to_be_in_viewport()


def test_quote_and_card_light_up_together(site: Site, record: Entered, new_page: NewPage) -> None:
    page = new_page()
    page.goto(site.address + ARTICLE)
    page.locator("mark").filter(has_text="Arvenia asked for a full truce.").hover()
    expect(page.locator(".find.lit")).to_contain_text("Arvenia")
    page.get_by_role("link", name="Record 3: Beldor").focus()
    expect(page.locator(".find.lit")).to_contain_text("Beldor")
    expect(page.locator("mark.lit")).to_have_text("Beldor refused it and wants terms first.")


def test_library_narrows_while_typing_and_back_widens_it(site: Site, record: Entered, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{site.address}/articles")
    page.get_by_label("Words in title or text").press_sequentially("full truce")
    expect(page.get_by_text("2 articles found")).to_be_visible()
    expect(page).to_have_url(f"{site.address}/articles?q=full+truce")
    page.get_by_label("Outlet").select_option("Gazette")
    expect(page.get_by_text("1 article found")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("2 articles found")).to_be_visible()
    expect(page.get_by_label("Outlet")).to_have_value("")


def test_library_filters_without_scripts(site: Site, record: Entered, new_page: NewPage) -> None:
    page = new_page(scripts=False)
    page.goto(f"{site.address}/articles")
    page.get_by_label("Supports records of").select_option("Beldor")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("1 article found")).to_be_visible()
    expect(page.get_by_label("Supports records of")).to_have_value("beldor")


def test_metadata_is_corrected_on_the_article_page(site: Site, record: Entered, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{site.address}/articles/undated-peregovory")
    page.get_by_text("Correct title, outlet or date").last.click()
    page.get_by_label("Date of publication").fill("2020-03-02")
    page.get_by_label("Outlet").fill("Новости")
    page.get_by_role("button", name="Keep the correction").click()
    expect(page.get_by_text("The correction is kept")).to_be_visible()
    expect(page.locator(".article-source")).to_contain_text("Новости · 2 March 2020")


def test_original_is_downloaded_not_shown(site: Site, record: Entered, new_page: NewPage) -> None:
    page = new_page()
    page.goto(site.address + ARTICLE)
    with page.expect_download() as download:
        page.get_by_role("link", name="Original file").click()
    assert download.value.path().read_text() == TALKS
    assert download.value.suggested_filename == "2031-03-04-talks-end.txt"


def upload(page: Page, address: str) -> None:
    page.goto(f"{address}/articles/new")
    content = {"name": "istanbul.txt", "mimeType": "text/plain", "buffer": REAL.encode()}
    page.get_by_label("Or choose files").set_input_files(content)  # type: ignore[arg-type]
    page.get_by_text("Title, outlet, author, language (optional)").click()
    page.get_by_label("Title").fill("Second round in Istanbul")
    page.get_by_label("Date of publication").fill("2025-06-02")
    page.get_by_role("button", name="Add").click()


def test_uploaded_article_is_read_by_the_real_reader(new_page: NewPage, tmp_path: Path) -> None:
    with serve(tmp_path) as running:
        page = new_page()
        upload(page, running.address)
        card = page.locator(".find").filter(has_text="Ceasefire first")
        expect(card).to_contain_text("Ukraine △ for", timeout=60_000)
        card.get_by_role("link", name="quote").click()
        expect(page.locator(":target")).to_contain_text("Ukraine demands a full and unconditional ceasefire")
        upload(page, running.address)
        expect(page.get_by_text("This article was here already")).to_be_visible()
