"""From a paste or a file to a Document: recognise the kind, read it, clean the text."""

import logging
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import PurePosixPath

from app.evidence.documents.document import EARLIEST, Document, Draft, Refusal, check_length, check_size, latest
from app.evidence.documents.kinds import FRONT_MATTER, Kind, recognise
from app.evidence.documents.language import detect
from app.evidence.documents.paragraphs import clean

log = logging.getLogger(__name__)

_LONGEST_NAME = 255
_LONGEST_FACT = 500


def from_paste(text: str, *, limit: int) -> Document:
    """A Document from pasted text; ``limit`` in bytes of UTF-8. Front matter between ``---`` lines is honoured.

    Raises Refusal about the field ``text``.
    """
    content = text.replace("\x00", "").encode("utf-8", "ignore")
    try:
        check_size(content, limit, "The pasted text")
        if not clean(text):
            raise Refusal("empty", "There is no text yet. Paste the article's text.")
        kind = Kind.MARKDOWN if FRONT_MATTER.match(text) else Kind.TEXT
        return build(content, kind, _read_safely(content, kind, "utf-8"))
    except Refusal as refusal:
        raise Refusal(refusal.reason, refusal.message, "text") from refusal


def from_file(content: bytes, filename: str, *, limit: int) -> Document:
    """A Document from an uploaded file; ``limit`` in bytes. The content decides what it is, the name is a hint.

    Raises Refusal about the field ``file``, whatever the bytes.
    """
    name = plain_name(filename)
    check_size(content, limit, name or "The file")
    kind, draft = read(content, name)
    return build(content, kind, draft, filename=name or None)


def read(
    content: bytes,
    name: str,
    declared: str | None = None,
    charset: str | None = None,
    address: str | None = None,
) -> tuple[Kind, Draft]:
    """The kind and what its reader found. ``declared`` and ``charset`` are what a server said of the content."""
    kind = recognise(content, name, declared)
    return kind, _read_safely(content, kind, charset, address)


def build(
    content: bytes, kind: Kind, draft: Draft, *, filename: str | None = None, address: str | None = None
) -> Document:
    """The Document of a draft, its text cleaned and its language found; refuses ``empty`` and ``too-long``."""
    text = clean(draft.text)
    if not text:
        raise Refusal("empty", "No text was found in it. Paste the article's text instead.")
    check_length(text)
    return Document(
        content=content,
        media_type=kind.value,
        filename=filename,
        address=address,
        canonical=draft.canonical,
        text=text,
        title=_line(draft.title),
        author=_line(draft.author),
        outlet=_line(draft.outlet),
        published=_plausible(draft.published),
        language=draft.language or detect(text),
    )


def plain_name(filename: str) -> str:
    """A file's name without folders and control characters, shortened from the front so that its ending stays."""
    name = PurePosixPath(clean(filename).replace("\n", " ").replace("\\", "/")).name
    return name[-_LONGEST_NAME:]


def _plausible(day: date | None) -> date | None:
    return day if day and EARLIEST <= day <= latest() else None


def _line(fact: str | None) -> str | None:
    return " ".join(clean(fact or "").split())[:_LONGEST_FACT] or None


def _read_safely(content: bytes, kind: Kind, charset: str | None = None, address: str | None = None) -> Draft:
    reader = _reader(content, kind, charset, address)
    try:
        return reader()
    except Refusal:
        raise
    except Exception as error:  # a library's way to say that the bytes are broken: there are dozens
        log.warning("could not read %d bytes of %s", len(content), kind.value, exc_info=True)
        detail = " ".join(str(error).split())[:120] or type(error).__name__
        message = f"It could not be read; it may be damaged ({detail}). Save it again, or paste the text."
        raise Refusal("corrupt", message) from error


def _reader(content: bytes, kind: Kind, charset: str | None, address: str | None) -> Callable[[], Draft]:
    # The readers' libraries take a second and a half to load together; most commands read no document.
    match kind:
        case Kind.TEXT:
            from app.evidence.documents.plain import read_text

            return partial(read_text, content, charset)
        case Kind.MARKDOWN:
            from app.evidence.documents.markdown import read_markdown

            return partial(read_markdown, content, charset)
        case Kind.PAGE:
            from app.evidence.documents.webpage import read_page

            return partial(read_page, content, charset, address)
        case Kind.PDF:
            from app.evidence.documents.pdf import read_pdf

            return partial(read_pdf, content)
        case Kind.WORD:
            from app.evidence.documents.word import read_word

            return partial(read_word, content)
        case Kind.MAIL:
            from app.evidence.documents.mail import read_mail

            return partial(read_mail, content)
