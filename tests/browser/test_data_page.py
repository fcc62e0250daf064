"""The page of downloads and accuracy in a real browser, without scripts."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.exports import accuracy as shown
from tests.browser.conftest import NewPage, scrolls_sideways, violations
from tests.exports.figures import made_up


@pytest.mark.parametrize("measured", [True, False])
@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 390), ("light", 1280), ("dark", 1920)])
def test_accuracy_is_told_at_every_width_and_without_scripts(
    new_page: NewPage,
    talks_site: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    measured: bool,
    scheme: str,
    width: int,
) -> None:
    monkeypatch.setattr(shown, "PLACE", tmp_path / "accuracy.json")
    if measured:
        (tmp_path / "accuracy.json").write_text(made_up().model_dump_json())
    page = new_page(width=width, scheme=scheme, scripts=False)
    page.goto(talks_site)
    page.get_by_role("link", name="Data", exact=True).click()
    expect(page.get_by_role("heading", name="How accurate is the reading?")).to_be_visible()
    if measured:
        expect(page.get_by_role("row", name=re.compile("Demands 75 %"))).to_be_visible()
        expect(page.get_by_role("img", name=re.compile("Demands: share right"))).to_be_visible()
        page.get_by_text("Demands as a table").click()
        expect(page.get_by_role("row", name=re.compile("0.9–1.0"))).to_be_visible()
    else:
        expect(page.get_by_text("No figures come with this copy")).to_be_visible()
    assert not scrolls_sideways(page)
    page.get_by_role("link", name=re.compile("How it reads, step by step")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How it reads, and how well")
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_data_page_has_no_fault_of_accessibility(
    new_page: NewPage, talks_site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setattr(shown, "PLACE", tmp_path / "accuracy.json")
    (tmp_path / "accuracy.json").write_text(made_up().model_dump_json())
    page = new_page(width=390, scheme=scheme)
    for path in ("/data", "/data/reading"):
        page.goto(talks_site + path)
        for table in page.locator("summary").all():
            table.click()
        assert violations(page) == []
