"""What is vendored is what was published, and pages use the idioms of its version."""

import re
from hashlib import sha256

import pytest

from app.settings import CHECKOUT

VENDORED = {
    "vendor/htmx-4.0.1/htmx.min.js": "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130",
}
OF_HTMX_2 = re.compile(r"hx-disabled-elt|hx-ext=|hx-history=|hx-inherit|hx-disinherit|hx-request=|hx-on::|hx-vars")
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|hx-on|https?://(?!www\.w3\.org)[^\"']*\.(?:js|css)"
)


@pytest.mark.parametrize(("path", "digest"), VENDORED.items())
def test_vendored_file_is_the_published_one(path: str, digest: str) -> None:
    assert sha256((CHECKOUT / "static" / path).read_bytes()).hexdigest() == digest


def test_templates_hold_no_idiom_of_htmx_2_and_nothing_inline() -> None:
    wrong = [
        f"{template.name}: {found.group()}"
        for template in (CHECKOUT / "templates").rglob("*.html")
        for pattern in (OF_HTMX_2, INLINE)
        if (found := pattern.search(template.read_text()))
    ]
    assert wrong == []
