"""The content decides what a file is; the name is a hint; nothing but a Refusal ever comes out instead."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.evidence.documents import Document, Refusal, from_file
from app.evidence.documents.files import plain_name
from app.evidence.documents.kinds import Kind
from tests.evidence.documents.document_files import LIMIT, OPENING, PAGE, mail, pdf, refusal, word


def png() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        for name in names:
            opened.writestr(name, "content")
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SAMPLES = [
    OPENING.encode(),
    PAGE.encode(),
    mail(OPENING, PAGE),
    pdf([[OPENING]]),
    word(OPENING),
    png(),
    OLE,
    archive("a"),
]


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (pdf([[OPENING]]), "talks.txt", Kind.PDF),
        (pdf([[OPENING]]), "talks", Kind.PDF),
        (b"\n" + pdf([[OPENING]]), "talks.docx", Kind.PDF),
        (word(OPENING), "talks.pdf", Kind.WORD),
        (word(OPENING), "talks.doc", Kind.WORD),
        (PAGE.encode(), "talks.txt", Kind.PAGE),
        (PAGE.encode("utf-16"), "talks.txt", Kind.PAGE),
        (PAGE.encode(), "talks.doc", Kind.PAGE),
        (f"<?xml version='1.0'?>\n<!-- a --><!-- b -->{PAGE}".encode(), "talks.xhtml", Kind.PAGE),
        (OPENING.encode(), "talks.md", Kind.MARKDOWN),
        (f"---\ntitle: a\n---\n{OPENING}".encode(), "talks.txt", Kind.MARKDOWN),
        (OPENING.encode(), "talks.html", Kind.TEXT),
        (OPENING.encode(), "talks.eml", Kind.TEXT),
        (OPENING.encode(), "", Kind.TEXT),
        (f"From: the palace\nDate: Monday\n\n{OPENING}".encode(), "talks.txt", Kind.TEXT),
        (f"If x <p> y then. {OPENING}".encode(), "talks.txt", Kind.TEXT),
    ],
)
def test_the_content_decides(content: bytes, name: str, kind: Kind) -> None:
    document = from_file(content, name, limit=LIMIT)
    assert document.media_type == kind.value
    assert "papers on the table" in document.text
    assert document.content == content


@pytest.mark.parametrize(
    ("content", "name", "what"),
    [
        (png(), "note.txt", "note.txt is not text: it looks like a picture (PNG)."),
        (png(), "photo.png", "photo.png looks like a picture (PNG)."),
        (PAGE.encode(), "report.pdf", "report.pdf is not a PDF: it looks like a web page."),
        (OPENING.encode(), "report.docx", "report.docx is not a Word document: it looks like plain text."),
        (archive("a.txt"), "report.pdf", "report.pdf is not a PDF: it looks like a ZIP archive."),
        (archive("xl/workbook.xml"), "a.xlsx", "a.xlsx looks like an Excel workbook."),
        (archive("ppt/presentation.xml"), "a.docx", "not a Word document: it looks like a PowerPoint presentation."),
        (archive("content.xml"), "a.odt", "an OpenDocument file."),
        (archive("a.txt")[:-10], "a.zip", "a damaged ZIP archive."),
        (OLE, "a.doc", "an older Word, Excel or PowerPoint file. Save it as .docx"),
        (b"{\\rtf1 hello}", "a.rtf", "a Rich Text document"),
        (b'{"a": 1}', "a.txt", "data in JSON"),
        (b"<?xml version='1.0'?><svg/>", "a.svg", "an XML file"),
        (b"\x7fELF\x02\x01\x01" + bytes(100), "a", "a program"),
        (b"MZ" + bytes(100), "a.exe", "a program"),
        (b"\xff\xfb\x90\x44" + bytes(400), "a.mp3", "looks like a"),
        (bytes(range(256)) * 4, "a.bin", "a.bin looks like a binary file."),
    ],
)
def test_what_is_not_taken_in_is_named(content: bytes, name: str, what: str) -> None:
    with pytest.raises(Refusal) as excinfo:
        from_file(content, name, limit=LIMIT)
    assert what in excinfo.value.message
    assert refusal(excinfo) == ("wrong-type", "file")


@pytest.mark.parametrize("content", [b"", b"  \r\n", b"\xef\xbb\xbf", b"\xff\xfe", bytes(50)])
@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.html", "a.md", "a.docx", "a.eml", ""])
def test_an_empty_file_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(Refusal) as excinfo:
        from_file(content, name, limit=LIMIT)
    assert refusal(excinfo) == ("empty", "file")


def test_a_word_document_with_a_password_is_refused() -> None:
    with pytest.raises(Refusal) as excinfo:
        from_file(OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", limit=LIMIT)
    assert refusal(excinfo) == ("encrypted", "file")


def test_a_file_above_the_limit_is_refused_unread() -> None:
    with pytest.raises(Refusal, match=r"book\.txt has 3 MB; at most 2 MB") as excinfo:
        from_file(bytes(3_000_000), "book.txt", limit=2_000_000)
    assert refusal(excinfo) == ("too-large", "file")


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("C:\\Users\\me\\talks.txt", "talks.txt"),
        ("../../etc/talks.txt", "talks.txt"),
        ("ta\x00l\nks\u202e.txt", "tal ks.txt"),
        ("", ""),
        ("a" * 300 + ".txt", "a" * 251 + ".txt"),
    ],
)
def test_a_name_loses_folders_and_controls(given_name: str, kept: str) -> None:
    assert plain_name(given_name) == kept


def outcome(content: bytes, name: str) -> Document | Refusal:
    try:
        return from_file(content, name, limit=LIMIT)
    except Refusal as refused:
        return refused


def check(found: Document | Refusal) -> None:
    if isinstance(found, Refusal):
        assert found.field == "file"
        assert found.reason
        assert found.message.endswith(".")
    else:
        assert found.text.encode().decode() == found.text.strip() != ""


NAMES = st.sampled_from(["a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a.eml", "a.doc", ""]) | st.text(max_size=20)
PREFIXES = st.sampled_from(
    [
        b"",
        b"%PDF-1.4\n",
        b"PK\x03\x04",
        OLE[:8],
        b"<html>",
        b"From: a\nMIME-Version: 1\n",
        b"---\na: ",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    PREFIXES, st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "ignore")), NAMES
)
@example(b"", b"\x00\xd8", "a.txt")
def test_any_bytes_under_any_name_are_read_or_refused(prefix: bytes, rest: bytes, name: str) -> None:
    check(outcome(prefix + rest, name))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SAMPLES), st.integers(0, 2_000), st.integers(0, 2_000), st.binary(max_size=20), NAMES)
def test_damaged_files_are_read_or_refused(sample: bytes, start: int, length: int, put: bytes, name: str) -> None:
    check(outcome(sample[:start] + put + sample[start + length :], name))
