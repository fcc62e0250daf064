"""Which kind of document it is: the content decides, the name is a hint."""

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath

import puremagic

from app.evidence.documents.decoding import is_text
from app.evidence.documents.document import Refusal


class Kind(StrEnum):
    """The kinds that are read, by media type."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    PAGE = "text/html"
    PDF = "application/pdf"
    WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    MAIL = "message/rfc822"


ACCEPTED = "Text (.txt, .md), web pages (.html), PDF, Word (.docx) and e-mail (.eml) are taken in."
_NAMED = {
    ".txt": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".html": Kind.PAGE,
    ".htm": Kind.PAGE,
    ".xhtml": Kind.PAGE,
    ".pdf": Kind.PDF,
    ".docx": Kind.WORD,
    ".eml": Kind.MAIL,
}
_CALLED = {
    Kind.TEXT: "plain text",
    Kind.MARKDOWN: "plain text",
    Kind.PAGE: "a web page",
    Kind.MAIL: "an e-mail message",
}
_ZIPPED = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "META-INF/container.xml": "an e-book (EPUB)",
    "content.xml": "an OpenDocument file",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_HEAD = 8192
_PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_XML_START = re.compile(r"\s*<(?:\?xml|svg|rss|feed)\b", re.I)
_JSON_START = re.compile(rb'\s*(?:\{\s*"|\[\s*[{\["])')
_TAG = re.compile(r"<(?:p|div|br|h[1-6]|article|span|title|meta|table|ul|a)\b[^<>]*>", re.I)
_HEADER = re.compile(r"^([A-Za-z][A-Za-z-]*):[ \t]", re.M)
_SENT = {"received", "message-id", "mime-version", "return-path", "delivered-to"}
_WRITTEN = {"from", "to", "subject", "date", "content-type"}
FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(?=[A-Za-z_-]+[ \t]*:)")


def recognise(content: bytes, name: str, declared: str | None = None) -> Kind:
    """The kind of the content; ``name`` is a file name, ``declared`` a media type that a server gave.

    Refuses with ``empty``, ``encrypted``, ``corrupt`` or ``wrong-type``, naming what it is and what is taken in.
    """
    if not content.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise Refusal("empty", f"{name or 'The document'} is empty.")
    hint = _hint(name, declared)
    if content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return Kind.PDF
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(content, name, hint)
    if content.startswith(_OLE):
        raise _office(content, name)
    if not is_text(content):
        raise _unsupported(name, hint, _binary(content))
    return _textual(content, name, hint)


def _hint(name: str, declared: str | None) -> Kind | None:
    by_name = _NAMED.get(PurePath(name).suffix.lower())
    media_type = (declared or "").partition(";")[0].strip().lower()
    by_server = Kind.PAGE if media_type == "application/xhtml+xml" else next((k for k in Kind if k == media_type), None)
    # Servers call all sorts of things plain text; of the rest they know better than an address's ending.
    return by_name or by_server if by_server in (None, Kind.TEXT) else by_server


def _zipped(content: bytes, name: str, hint: Kind | None) -> Kind:
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
        if hint is Kind.WORD:
            message = f"{name} is damaged: its end is missing or cannot be read. Save or download it again."
            raise Refusal("corrupt", message) from error
        raise _unsupported(name, hint, "a damaged ZIP archive") from error
    found = next((what for part, what in _ZIPPED.items() if part in names), "a ZIP archive")
    if found != "docx":
        raise _unsupported(name, hint, found)
    return Kind.WORD


def _office(content: bytes, name: str) -> Refusal:
    if _ENCRYPTED_OFFICE in content:
        return Refusal("encrypted", f"{name} is protected by a password. Save it without one and try again.")
    what = "an older Word, Excel or PowerPoint file"
    return Refusal("wrong-type", f"{name} is {what}. Save it as .docx, or paste its text.")


def _textual(content: bytes, name: str, hint: Kind | None) -> Kind:
    # Charsets that matter here spell markup and header names with the bytes of ASCII, but for UTF-16's zeros.
    head = content[:_HEAD].replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    found = _by_start(head.removeprefix(b"\xef\xbb\xbf").decode("latin-1"), hint)
    if _JSON_START.match(head) and content.rstrip().endswith((b"}", b"]")):
        found = "data in JSON"
    if isinstance(found, Kind):
        if hint in (Kind.PDF, Kind.WORD):
            raise _unsupported(name, hint, _CALLED[found])
        return found
    raise _unsupported(name, hint, found)


def _by_start(head: str, hint: Kind | None) -> Kind | str:
    """The kind of a text, or the name of what is not taken in."""
    if _PAGE_START.match(head):
        return Kind.PAGE
    if head.startswith("{\\rtf"):
        return "a Rich Text document (RTF)"
    if _XML_START.match(head):
        return "an XML file"
    if _is_mail(head, hint):
        return Kind.MAIL
    if hint is Kind.MARKDOWN or FRONT_MATTER.match(head):
        return Kind.MARKDOWN
    return Kind.PAGE if hint is Kind.PAGE and _TAG.search(head) else Kind.TEXT


def _is_mail(head: str, hint: Kind | None) -> bool:
    headers = re.split(r"\r?\n\r?\n", head.lstrip(), maxsplit=1)[0]
    first = _HEADER.match(headers) or re.match(r"From \S+ ", headers)
    found = {name.lower() for name in _HEADER.findall(headers)}
    return bool(first and found & (_SENT | _WRITTEN)) and (hint is Kind.MAIL or len(found & _SENT) > 1)


def _binary(content: bytes) -> str:
    """A binary file, as people call it."""
    if content.startswith((b"MZ", b"\x7fELF")):
        return "a program"
    try:
        matches = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        return "a binary file"
    best = next((match for match in matches if match.mime_type), matches[0])
    family = best.mime_type.partition("/")[0]
    called = {"image": "a picture", "audio": "a sound recording", "video": "a film", "font": "a font"}.get(family)
    label = best.extension.lstrip(".").upper()
    return f"{called} ({label})" if called and label else best.name


def _unsupported(name: str, hint: Kind | None, what: str) -> Refusal:
    named = {Kind.PDF: "a PDF", Kind.WORD: "a Word document", Kind.PAGE: "a web page", Kind.MAIL: "an e-mail message"}
    called = named.get(hint, "text") if hint else None
    subject = (
        f"{name or 'It'} is not {called}: it looks like {what}." if called else f"{name or 'It'} looks like {what}."
    )
    return Refusal("wrong-type", f"{subject} {ACCEPTED}")
