"""PDF: the text layer, its lines mended into paragraphs."""

import io
import logging
import re
import time
from collections import Counter
from itertools import zip_longest

from pypdf import PdfReader
from pypdf.errors import DependencyError

from app.evidence.documents.document import Draft, Refusal, check_length
from app.evidence.documents.headline import headline
from app.evidence.documents.paragraphs import clean

# What is odd about somebody's file is told to that person, not to the operator's log.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_MOST_PAGES = 300
_MOST_SECONDS = 20.0
_PAGE_NUMBER = re.compile(r"\W*(?:page )?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?\W*", re.I)
# What browsers print above and below a page: when it was printed, its title, where it was found.
_PRINTED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d{2}.*|(?:https?|file)://\S+ \d+/\d+")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_BULLET = re.compile(r"[•●▪◦‣–—*] ")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_HYPHENED = re.compile(r"\w+-\w+")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)-\n([^\W\d_]+)")
_JUNK_TITLE = re.compile(r"^(?:untitled|microsoft \w+ - .*|.*\.(?:docx?|indd|pdf|html?|odt|qxp))$|^\W*$", re.I)


def read_pdf(content: bytes) -> Draft:
    """The text of all pages without running heads and page numbers.

    Refuses ``encrypted``, ``no-text`` (a scan), ``too-long`` and ``too-slow``.
    """
    reader = PdfReader(io.BytesIO(content))
    _unlock(reader)
    text = mend([clean(page).translate(_LIGATURES).split("\n") for page in _pages(reader)])
    if not text:
        message = "The PDF has no text, only pictures of pages. Run text recognition (OCR) on it, or paste the text."
        raise Refusal("no-text", message)
    found = headline(text)
    title, author = (_fact(reader, name) for name in ("/Title", "/Author"))
    title = "" if _JUNK_TITLE.match(title) else title
    # The writing program's author is a person only where it is a full name, not a sign-in name.
    return Draft(text, title or found.title, found.author or (author if " " in author else None), None, found.published)


def _unlock(reader: PdfReader) -> None:
    try:
        # A PDF that only forbids printing or copying opens with the empty password.
        locked = reader.is_encrypted and not reader.decrypt("")
    except DependencyError:
        locked = True
    if locked:
        raise Refusal("encrypted", "The PDF is protected by a password. Save it without one, or paste the text.")


def _pages(reader: PdfReader) -> list[str]:
    if len(reader.pages) > _MOST_PAGES:
        message = (
            f"The PDF has {len(reader.pages)} pages; at most {_MOST_PAGES} are taken in. Upload the article alone."
        )
        raise Refusal("too-long", message)
    started, texts = time.monotonic(), list[str]()
    for page in reader.pages:
        texts.append(page.extract_text())
        if time.monotonic() - started > _MOST_SECONDS:
            raise Refusal("too-slow", "The PDF takes too long to read. Print it to a new PDF, or paste the text.")
    check_length("".join(texts))
    return texts


def _fact(reader: PdfReader, name: str) -> str:
    value = reader.metadata.get(name) if reader.metadata else None
    return clean(str(value)) if value else ""


def mend(pages: list[list[str]]) -> str:
    """Paragraphs from the lines of each page, separated by blank lines.

    A PDF knows lines, not paragraphs: one ends where a line stops well short of the usual width, or a bullet follows.
    """
    lines = [line for page in _without_running_lines(pages) for line in page if line]
    widths = sorted(map(len, lines))
    measure = widths[len(widths) * 9 // 10] if widths else 0
    text = ""
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        text += line + ("\n\n" if _ends_paragraph(line, following, measure) else "\n")
    return re.sub(r"(?<!\n)\n(?!\n)", " ", _join_words(text).strip())


def _ends_paragraph(line: str, following: str, measure: int) -> bool:
    if _BULLET.match(following):
        return True
    starts_anew = bool(_SENTENCE_END.search(line)) or not following[:1].islower()
    stops_short = len(line) < (0.8 if starts_anew else 0.5) * measure
    return stops_short and not line.endswith((",", "-"))


def _join_words(text: str) -> str:
    """Words broken at a line's end; the hyphen stays where the text writes the word with one elsewhere."""
    hyphened = set(_HYPHENED.findall(text))

    def joined(match: re.Match[str]) -> str:
        before, after = match.groups()
        keeps = after[0].isupper() or f"{before}-{after}" in hyphened
        return f"{before}-{after}" if keeps else before + after

    return _BROKEN_WORD.sub(joined, text)


def _without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    edges = Counter(form for page in pages for form in {_form(line) for line in (*page[:1], *page[-1:])})
    running = {form for form, count in edges.items() if count >= 3 and count > len(pages) / 2}
    # On the first page such a line is as a rule the title.
    return [_trimmed(page, running if number else set()) for number, page in enumerate(pages)]


def _trimmed(page: list[str], running: set[str]) -> list[str]:
    while page and _is_running(page[0], running):
        page = page[1:]
    while page and _is_running(page[-1], running):
        page = page[:-1]
    return page


def _is_running(line: str, running: set[str]) -> bool:
    return bool(not line or _PAGE_NUMBER.fullmatch(line) or _PRINTED.fullmatch(line)) or _form(line) in running


def _form(line: str) -> str:
    return re.sub(r"\d+", "#", line)
