"""Web pages and e-mail."""

import time
from datetime import date

import pytest

from app.evidence.documents import Refusal, from_file
from tests.evidence.documents.document_files import CEASEFIRE, EXCHANGE, LIMIT, OPENING, PAGE, mail, refusal


def test_the_article_remains_without_menus_scripts_and_teasers() -> None:
    document = from_file(PAGE.encode(), "saved.html", limit=LIMIT)
    assert document.text.split("\n\n") == [
        "Prisoners first, ceasefire later",
        OPENING,
        EXCHANGE,
        "The dead are handed over.\nA third round is to follow.",
        "Side | Prisoners\nUkraine | 1,200",
        CEASEFIRE,
    ]


def test_a_page_brings_its_metadata() -> None:
    document = from_file(PAGE.encode(), "saved.html", limit=LIMIT)
    assert document.title == "Prisoners first, ceasefire later"
    assert (document.author, document.outlet, document.published) == ("Marta Lind", "The Courier", date(2025, 6, 2))
    assert (document.language, document.canonical) == ("en", "https://courier.example/talks/second-round")
    assert (document.media_type, document.filename) == ("text/html", "saved.html")


def test_a_page_with_little_text_is_read_too() -> None:
    document = from_file(b"<html><body><div>Talks are off.</div></body></html>", "short.html", limit=LIMIT)
    assert document.text == "Talks are off."


def test_a_fragment_of_a_page_is_read() -> None:
    assert from_file(f"<p>{OPENING}</p>".encode(), "cut.html", limit=LIMIT).text == OPENING


def test_the_charset_named_in_the_page_is_used() -> None:
    words = "Делегации встретились во дворце. " * 9
    page = f"<html><head><meta charset=windows-1251></head><body><p>{words}</p></body></html>"
    document = from_file(page.encode("cp1251"), "saved.html", limit=LIMIT)
    assert "Делегации встретились" in document.text
    assert document.language == "ru"


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<!doctype html><script>let a = 1</script>", "<html>"])
def test_a_page_without_text_is_refused(page: str) -> None:
    with pytest.raises(Refusal, match="Paste the text") as excinfo:
        from_file(page.encode(), "saved.html", limit=LIMIT)
    assert refusal(excinfo) == ("empty", "file")


def test_a_page_nested_without_end_is_refused() -> None:
    with pytest.raises(Refusal) as excinfo:
        from_file(("<html><body>" + "<div><b>" * 100_000 + OPENING).encode(), "deep.html", limit=LIMIT)
    assert refusal(excinfo) == ("too-large", "file")


def test_a_page_of_nothing_but_tags_is_refused() -> None:
    with pytest.raises(Refusal) as excinfo:
        from_file(b"<html>" + b"<p>a" * 60_000, "wide.html", limit=LIMIT)
    assert refusal(excinfo) == ("too-large", "file")


def test_entities_in_a_page_do_not_multiply() -> None:
    entities = '<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    document = from_file(f"{entities}<html><body><p>&b;&b; here</p></body></html>".encode(), "b.html", limit=LIMIT)
    assert document.text.endswith("&b;&b; here")


def test_a_message_gives_its_plain_text_and_headers() -> None:
    document = from_file(mail(f"{OPENING}\n\n{EXCHANGE}\n\n{CEASEFIRE}\n", PAGE), "note.eml", limit=LIMIT)
    assert document.text.startswith(OPENING)
    assert (document.title, document.author) == ("Fwd: Zwölfhundred prisoners each", "Marta Lind")
    assert (document.published, document.media_type) == (date(2025, 6, 2), "message/rfc822")


@pytest.mark.parametrize("plain", [None, "See it in your browser."])
def test_a_message_with_a_stub_of_plain_text_is_read_as_a_page(plain: str | None) -> None:
    document = from_file(mail(plain, PAGE), "note.eml", limit=LIMIT)
    assert CEASEFIRE in document.text
    assert "watching you" not in document.text
    assert document.outlet == "The Courier"


def test_a_saved_message_is_recognised_whatever_its_name() -> None:
    head = b"Received: from relay.example\r\nMessage-ID: <1@courier.example>\r\nSubject: Talks\r\n\r\n"
    document = from_file(head + OPENING.encode(), "note.txt", limit=LIMIT)
    assert (document.media_type, document.text, document.title) == ("message/rfc822", OPENING, "Talks")


def test_a_message_with_an_attachment_only_is_refused() -> None:
    message = b"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf\r\n\r\nJVBERi0="
    with pytest.raises(Refusal, match="attachment") as excinfo:
        from_file(message, "note.eml", limit=LIMIT)
    assert refusal(excinfo) == ("no-text", "file")


def test_an_endless_header_is_cut() -> None:
    message = b"From: a@b.example\r\nSubject: " + b"=?utf-8?q?talks?= " * 50_000 + b"\r\n\r\n" + OPENING.encode()
    started = time.monotonic()
    assert from_file(message, "note.eml", limit=LIMIT).text == OPENING
    assert time.monotonic() - started < 5


def test_soft_breaks_of_a_message_are_joined() -> None:
    message = (
        b"From: a@b.example\r\nDate: nonsense\r\nContent-Type: text/plain; format=flowed; charset=no-such\r\n\r\n"
        b"They agreed to \r\nreturn the dead.\r\n"
    )
    document = from_file(message, "note.eml", limit=LIMIT)
    assert (document.text, document.published) == ("They agreed to return the dead.", None)
