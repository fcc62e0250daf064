"""Word: paragraphs and tables of a .docx, and its core properties."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from app.evidence.documents.document import Draft, Refusal, check_length
from app.evidence.documents.headline import headline
from app.evidence.documents.language import declared
from app.evidence.documents.paragraphs import clean

_MOST_BYTES = 100_000_000
_MOST_ENTRIES = 2_000
# Deleted text has an element of its own; what was moved away and what repeats a text box for old programs has not.
_RUNS = ".//w:r[not(ancestor::w:txbxContent) and not(ancestor::w:moveFrom)]"
_HOLDERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
_PROGRAMS = {"python-docx", "microsoft office user", "user", "admin", "administrator", "windows user"}


def read_word(content: bytes) -> Draft:
    """The text as it reads with all changes accepted; refuses ``too-large`` what unpacks to too much."""
    _check_archive(content)
    document = docx.Document(io.BytesIO(content))
    text = clean("\n\n".join(_paragraphs(document.element.body)))
    if not text:
        raise Refusal("no-text", "The document holds no text. If it shows pictures of pages, paste the text instead.")
    check_length(text)
    found, facts = headline(text), document.core_properties
    author = clean(facts.author)
    author = "" if author.lower() in _PROGRAMS or " " not in author else author
    title = clean(facts.title) or found.title
    return Draft(text, title, found.author or author or None, None, found.published, declared(facts.language))


def _check_archive(content: bytes) -> None:
    # zipfile never unpacks more of an entry than its stated size, so the stated sizes bound what is read.
    entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_BYTES:
        raise Refusal("too-large", "The document unpacks to far more than an article. Paste its text instead.")


def _paragraphs(container: Any) -> Iterator[str]:
    for block in container:
        if block.tag == qn("w:p"):
            yield _text(block)
        elif block.tag == qn("w:tbl"):
            yield "\n".join(filter(None, (_row(row) for row in block.xpath("./w:tr"))))
        elif block.tag in _HOLDERS:
            yield from _paragraphs(block)


def _row(row: Any) -> str:
    cells = (" ".join(_text(paragraph) for paragraph in cell.xpath(".//w:p")) for cell in row.xpath("./w:tc"))
    return " | ".join(filter(None, (" ".join(cell.split()) for cell in cells)))


def _text(paragraph: Any) -> str:
    return "".join(run.text for run in paragraph.xpath(_RUNS))
