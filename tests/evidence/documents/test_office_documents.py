"""PDF and Word."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from app.evidence.documents import Refusal, from_file
from app.evidence.documents.pdf import mend
from tests.evidence.documents.document_files import (
    CEASEFIRE,
    EXCHANGE,
    LIMIT,
    OPENING,
    pdf,
    refusal,
    rewritten,
    with_part,
    word,
)

LINES = [
    "Prisoners first, ceasefire later",
    "2 June 2025",
    "The two delegations met for about an hour at the palace. After long nego-",
    "tiations they agreed to return twelve hundred prisoners each, and in a cease-",
    "fire by Russian-",
    "Ukrainian agreement the dead as well.",
    "No agreement was reached on anything else, which one side wants at once and",
    "the other only after its terms are met.",
]
WORD_PART = "word/document.xml"


def test_the_lines_of_a_pdf_become_paragraphs() -> None:
    document = from_file(pdf([LINES]), "talks.pdf", limit=LIMIT)
    assert document.text.split("\n\n") == [
        "Prisoners first, ceasefire later",
        "2 June 2025",
        "The two delegations met for about an hour at the palace. After long negotiations they agreed to return "
        "twelve hundred prisoners each, and in a ceasefire by Russian-Ukrainian agreement the dead as well.",
        "No agreement was reached on anything else, which one side wants at once and the other only after its "
        "terms are met.",
    ]
    assert (document.title, document.published) == ("Prisoners first, ceasefire later", date(2025, 6, 2))
    assert (document.media_type, document.language) == ("application/pdf", "en")


def test_running_heads_and_page_numbers_go_and_a_paragraph_crosses_pages() -> None:
    first = ["The Courier, 2 June", "The delegations met for about an hour at the palace and put their", "1"]
    second = ["The Courier, 2 June", "papers on the table, to return the dead.", "2"]
    third = ["The Courier, 2 June", "That was the end of it for the day.", "Page 3 of 3"]
    assert mend([first, second, third]).split("\n\n") == [
        "The Courier, 2 June",
        "The delegations met for about an hour at the palace and put their papers on the table, to return the dead.",
        "That was the end of it for the day.",
    ]


def test_what_a_browser_prints_around_a_page_goes() -> None:
    above, below = "6/3/25, 9:05 AM Prisoners first - The Courier", "https://courier.example/talks 1/1"
    assert mend([[above, "The talks are over.", below]]) == "The talks are over."


def test_ligatures_of_a_pdf_are_letters() -> None:
    differences = "/Differences [97 /fi] "
    font = b"/Encoding << /BaseEncoding /WinAnsiEncoding " + differences.encode() + b">>"
    content = pdf([["Of" + "acials met at the palace."]]).replace(b"/Encoding /WinAnsiEncoding", font)
    assert from_file(content, "talks.pdf", limit=LIMIT).text.startswith("Offi")


def test_a_hyphen_stays_where_the_text_writes_it_elsewhere() -> None:
    text = mend(
        [["A long-term truce was the wish of one of the two sides, and such a long-", "term truce was refused."]]
    )
    assert text.endswith("such a long-term truce was refused.")


def test_document_information_of_a_pdf_is_used_where_it_means_something() -> None:
    named = rewritten(pdf([LINES]), facts={"/Title": "Second round", "/Author": "Marta Lind"})
    junk = rewritten(pdf([LINES]), facts={"/Title": "Microsoft Word - final2.docx", "/Author": "mlind"})
    document = from_file(named, "talks.pdf", limit=LIMIT)
    assert (document.title, document.author) == ("Second round", "Marta Lind")
    document = from_file(junk, "talks.pdf", limit=LIMIT)
    assert (document.title, document.author) == ("Prisoners first, ceasefire later", None)


def test_a_pdf_with_a_password_is_refused_and_one_without_opens() -> None:
    with pytest.raises(Refusal, match="password") as excinfo:
        from_file(rewritten(pdf([LINES]), password="secret"), "talks.pdf", limit=LIMIT)
    assert refusal(excinfo) == ("encrypted", "file")
    assert "negotiations" in from_file(rewritten(pdf([LINES]), password=""), "talks.pdf", limit=LIMIT).text


def test_a_scan_is_refused_as_such() -> None:
    with pytest.raises(Refusal, match="OCR") as excinfo:
        from_file(pdf([[], []]), "scan.pdf", limit=LIMIT)
    assert refusal(excinfo) == ("no-text", "file")


def test_a_pdf_with_too_many_pages_is_refused() -> None:
    with pytest.raises(Refusal, match="301 pages") as excinfo:
        from_file(pdf([["line"]] * 301), "book.pdf", limit=LIMIT)
    assert refusal(excinfo) == ("too-long", "file")


@pytest.mark.parametrize("kept", [9, 60, 400])
def test_a_broken_pdf_is_refused(kept: int) -> None:
    with pytest.raises(Refusal) as excinfo:
        from_file(pdf([LINES])[:kept], "talks.pdf", limit=LIMIT)
    assert refusal(excinfo) == ("corrupt", "file")


def test_paragraphs_and_tables_of_a_word_document_are_read() -> None:
    rows = [("Side", "Prisoners"), ("Ukraine", "1,200"), ("Russia", "1,200")]
    content = word(OPENING, EXCHANGE, title="Second round", author="Marta Lind", rows=rows)
    document = from_file(content, "talks.docx", limit=LIMIT)
    assert document.text == f"{OPENING}\n\n{EXCHANGE}\n\nSide | Prisoners\nUkraine | 1,200\nRussia | 1,200"
    assert (document.title, document.author, document.language) == ("Second round", "Marta Lind", "en")
    assert document.published is None  # the day a file was written is not the day of publication


def test_a_word_document_reads_as_if_all_changes_were_accepted() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        "<w:p><w:r><w:t>They </w:t></w:r><w:del><w:r><w:delText>refused </w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>gladly </w:t></w:r></w:moveFrom><w:ins><w:r><w:t>agreed</w:t></w:r></w:ins></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    xml = f"<w:document {space}><w:body>{body}</w:body></w:document>"
    document = from_file(with_part(word("x"), WORD_PART, xml.encode()), "talks.docx", limit=LIMIT)
    assert document.text == "They agreed\n\nIn a box."


def test_a_word_document_that_unpacks_to_too_much_is_refused_before_it_is_read() -> None:
    bomb = with_part(word("x"), "word/media/image1.png", bytes(101_000_000))
    assert len(bomb) < LIMIT
    with pytest.raises(Refusal) as excinfo:
        from_file(bomb, "bomb.docx", limit=LIMIT)
    assert refusal(excinfo) == ("too-large", "file")


def test_a_word_document_with_too_many_parts_is_refused() -> None:
    out = io.BytesIO(word("x"))
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(2_001):
            archive.writestr(f"part{number}", b"")
    with pytest.raises(Refusal) as excinfo:
        from_file(out.getvalue(), "many.docx", limit=LIMIT)
    assert refusal(excinfo) == ("too-large", "file")


def with_entities(entities: str, text: str) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"<w:document {space}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    return with_part(word("x"), WORD_PART, f"<!DOCTYPE d [{entities}]>{body}".encode())


def test_entities_in_a_word_document_are_not_expanded(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the operator's secret")
    content = with_entities(f'<!ENTITY e SYSTEM "{(tmp_path / "secret").as_uri()}">', "Before &e; after")
    assert "secret" not in from_file(content, "file.docx", limit=LIMIT).text
    multiplied = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    with pytest.raises(Refusal) as excinfo:
        from_file(with_entities(f'<!ENTITY e0 "lol">{multiplied}', "&e11;"), "bomb.docx", limit=LIMIT)
    assert refusal(excinfo) == ("corrupt", "file")


@pytest.mark.parametrize("xml", [b"", b"<a", b"<a/>"])
def test_a_broken_word_document_is_refused(xml: bytes) -> None:
    with pytest.raises(Refusal) as excinfo:
        from_file(with_part(word(CEASEFIRE), WORD_PART, xml), "talks.docx", limit=LIMIT)
    assert refusal(excinfo) == ("corrupt", "file")


def test_an_empty_or_cut_word_document_is_refused() -> None:
    with pytest.raises(Refusal) as excinfo:
        from_file(word(), "blank.docx", limit=LIMIT)
    assert refusal(excinfo) == ("no-text", "file")
    with pytest.raises(Refusal, match="damaged") as excinfo:
        from_file(word(CEASEFIRE)[:5_000], "cut.docx", limit=LIMIT)
    assert refusal(excinfo) == ("corrupt", "file")
