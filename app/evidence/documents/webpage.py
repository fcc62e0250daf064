"""Web pages: the article without menus, teasers and scripts, and the metadata that the page carries."""

import logging
import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from lxml import etree, html  # type: ignore[import-untyped]

from app.evidence.documents.decoding import decode
from app.evidence.documents.document import Draft, Refusal
from app.evidence.documents.language import declared, detect

if TYPE_CHECKING:
    from trafilatura.metadata import Document as Extracted

# What is odd about somebody's page is told to that person, not to the operator's log.
for _name in ("trafilatura", "htmldate", "readability"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

_MOST_CHARACTERS = 10_000_000
_MOST_ELEMENTS = 50_000
_SHORT = 250
_CHARSET = re.compile(rb"""<(?:meta[^>]{0,200}charset|\?xml[^>]{0,100}encoding)\s*=\s*["']?([\w.:-]{1,40})""", re.I)
_DATES = {"extensive_search": False, "original_date": True}
_HOLDERS = {"p", "list", "table", "quote"}
_LINE_START = "\u2028"


def read_page(content: bytes, charset: str | None = None, address: str | None = None) -> Draft:
    """The page's article; ``charset`` is what its server declared, ``address`` where it was found.

    Refuses ``too-large`` a page with too much markup and ``empty`` one without any text.
    """
    tree = _tree(decode(content, charset or _named_charset(content)))
    language = declared(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"))
    page = _extract(tree, address)
    text = "\n\n".join(_paragraphs(page.body)) if page else ""
    text = text or _everything(tree)
    if not text.strip():
        message = (
            "No article text was found on the page; it may need scripts or a subscription. Paste the text instead."
        )
        raise Refusal("empty", message)
    return _draft(page, text, detect(text) or language)


def _named_charset(content: bytes) -> str | None:
    match = _CHARSET.search(content[:4096])
    return match[1].decode("ascii", "replace") if match else None


def _tree(source: str) -> html.HtmlElement:
    if len(source) > _MOST_CHARACTERS:
        raise _too_much()
    # Its own parser: libxml2 then also caps the nesting, and no charset named inside is tried a second time.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    tree = html.document_fromstring(source.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    # What lies deeper than libxml2 goes would be left out without a word.
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS or any("xcessive depth" in e.message for e in parser.error_log):
        raise _too_much()
    return tree


def _too_much() -> Refusal:
    return Refusal("too-large", "The page is too large to be one article. Paste the article's text instead.")


def _extract(tree: html.HtmlElement, address: str | None) -> "Extracted | None":
    """The better of a strict and, where that finds little, a lenient extraction."""
    # Slow to load, and most commands never read a page.
    from trafilatura import bare_extraction
    from trafilatura.metadata import Document as Extracted

    found: Extracted | None = None
    for lenient in (False, True):
        page = bare_extraction(
            tree,
            url=address,
            favor_recall=lenient,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=_DATES,
        )
        if isinstance(page, Extracted) and (found is None or _size(page) > _size(found)):
            found = page
        if found is not None and _size(found) >= _SHORT:
            break
    return found


def _size(page: "Extracted") -> int:
    return len(page.raw_text or "")


def _paragraphs(body: etree._Element) -> Iterator[str]:
    """Paragraphs in order; a list or table is one paragraph with a line for each item or row."""
    for element in body:
        if element.tag == "table":
            rows = ([_text(cell) for cell in row.iter("cell")] for row in element.iter("row"))
            yield "\n".join(" | ".join(filter(None, row)) for row in rows)
        elif element.tag != "list" and any(child.tag in _HOLDERS for child in element):
            yield from _paragraphs(element)
        else:
            yield _text(element)


def _text(element: etree._Element) -> str:
    for line_start in element.iter("lb", "item"):
        line_start.text = _LINE_START + (line_start.text or "")
    lines = "".join(element.itertext()).split(_LINE_START)
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _everything(tree: html.HtmlElement) -> str:
    """All text of a page on which no article stands out, a line for each piece."""
    for element in tree.xpath("//script|//style|//noscript|//template|//head"):
        element.drop_tree()
    return "\n\n".join(" ".join(piece.split()) for piece in tree.itertext() if piece.strip())


def _draft(page: "Extracted | None", text: str, language: str | None) -> Draft:
    if page is None:
        return Draft(text, language=language)
    published = date.fromisoformat(page.date) if page.date else None
    outlet = page.sitename or (page.hostname or "").removeprefix("www.")
    return Draft(text, page.title, page.author, outlet or None, published, language, page.url)
