"""Pastes, plain text and Markdown."""

from datetime import date, datetime

import pytest

from app.evidence.documents import TEXT_LIMIT, Refusal, from_file, from_paste
from app.evidence.documents.headline import stated_date
from app.evidence.documents.language import declared
from app.evidence.documents.paragraphs import clean, regroup
from tests.evidence.documents.document_files import CEASEFIRE, EXCHANGE, LIMIT, OPENING, refusal

RUSSIAN = "Делегации встретились во дворце и говорили около часа. Стороны договорились обменять пленных."
MARKDOWN = f"""---
title: "Second round: prisoners first"
published: 2025-06-02
source: The Courier
author: [Marta Lind, Ivo Petrov]
language: en-GB
sources:
  - outlet: The Other Courier
    title: The same, told otherwise
url: https://courier.example/talks
---

# Prisoners first

The two delegations met for **about an hour** at [the palace](https://palace.example)
and put their papers on the table.

- The dead are *handed over*.
    - At the border.
- A third round follows.

| Side | Prisoners |
|---|---|
| Ukraine | 1,200 |

<div>Set in a box</div>

> {CEASEFIRE}
"""


def test_a_paste_keeps_its_characters_and_its_bytes() -> None:
    document = from_paste(
        f"  Prisoners first\r\n\r\n\r\n{OPENING}\u00a0“Yes” — café\t \r\n\r\nThe\x00 e\u0301nd.", limit=LIMIT
    )
    assert document.text == f"Prisoners first\n\n{OPENING}\u00a0“Yes” — café\n\nThe e\u0301nd."
    assert document.content.decode().startswith("  Prisoners first\r\n")
    assert (document.media_type, document.filename, document.address) == ("text/plain", None, None)
    assert (document.title, document.language) == ("Prisoners first", "en")


def test_the_first_lines_of_a_paste_tell_who_and_when() -> None:
    head = "Prisoners first, ceasefire later\nBy Marta Lind in Istanbul\nUpdated 4 June 2025\nPublished 2 June 2025"
    document = from_paste(f"{head}\n\n{OPENING}\n\n{EXCHANGE}", limit=LIMIT)
    assert document.title == "Prisoners first, ceasefire later"
    assert (document.author, document.published) == ("Marta Lind", date(2025, 6, 2))


def test_a_date_inside_a_sentence_is_not_the_date_of_publication() -> None:
    document = from_paste(
        f"Prisoners first\n\nThey had last met on 16 May 2025 in the same place.\n\n{OPENING}", limit=LIMIT
    )
    assert document.published is None


def test_a_paste_with_front_matter_is_read_as_markdown() -> None:
    document = from_paste(f"---\ntitle: Prisoners first\nsource: The Courier\n---\n\n{OPENING}", limit=LIMIT)
    assert (document.title, document.outlet, document.text) == ("Prisoners first", "The Courier", OPENING)


def test_a_paste_that_begins_with_a_rule_keeps_its_characters() -> None:
    assert from_paste(f"---\n*** {OPENING}\n---\nEnd", limit=LIMIT).text.startswith("---\n*** The two")


@pytest.mark.parametrize("text", ["", "  \n\t", "\x00\x01", "\u200b\ufeff"])
def test_an_empty_paste_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as excinfo:
        from_paste(text, limit=LIMIT)
    assert refusal(excinfo) == ("empty", "text")


def test_a_paste_above_the_limits_is_refused() -> None:
    with pytest.raises(Refusal, match=r"has 0\.2 MB; at most 0\.1 MB") as excinfo:
        from_paste("a" * 200_000, limit=100_000)
    assert refusal(excinfo) == ("too-large", "text")
    with pytest.raises(Refusal) as excinfo:
        from_paste("a " * TEXT_LIMIT, limit=10 * TEXT_LIMIT)
    assert refusal(excinfo) == ("too-long", "text")


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1251", "koi8-r"]
)
def test_text_in_any_usual_charset_is_read(charset: str) -> None:
    document = from_file(f"{RUSSIAN}\n\n{RUSSIAN}".encode(charset), "talks.txt", limit=LIMIT)
    assert document.text == f"{RUSSIAN}\n\n{RUSSIAN}"
    assert document.language == "ru"


def test_western_punctuation_of_windows_is_read() -> None:
    text = f"“{OPENING}” – so the café’s owner. {EXCHANGE} {CEASEFIRE}"
    assert from_file(text.encode("cp1252"), "talks.txt", limit=LIMIT).text == text


def test_wrapped_lines_are_joined_and_long_lines_are_paragraphs() -> None:
    lines = [
        "They met for an hour at the palace and put their",
        "papers on the long table, in a twenty-year-",
        "old hall.",
    ]
    joined = "They met for an hour at the palace and put their papers on the long table, in a twenty-year-old hall."
    assert regroup("\n".join(lines)) == joined
    assert regroup(f"{OPENING} {EXCHANGE}\n{CEASEFIRE}") == f"{OPENING} {EXCHANGE}\n\n{CEASEFIRE}"
    assert regroup("Mediators call for a fourth round in Istanbul\n4 August 2025").count("\n") == 1
    assert regroup("Ukraine\nRussia\nTürkiye") == "Ukraine\nRussia\nTürkiye"


def test_cleaning_twice_changes_nothing() -> None:
    text = clean("\ufeffOne\r\r\r two \u2029three\x85four so\u00adft\u202e\ud800 ")
    assert text == "One\n\ntwo\n\nthree\nfour soft"
    assert clean(text) == text


def test_markdown_loses_its_markup_and_front_matter_is_honoured() -> None:
    document = from_file(MARKDOWN.encode(), "brief.md", limit=LIMIT)
    assert document.text.split("\n\n") == [
        "Prisoners first",
        OPENING,
        "The dead are handed over.\nAt the border.\nA third round follows.",
        "Side | Prisoners\nUkraine | 1,200",
        "Set in a box",
        CEASEFIRE,
    ]
    assert (document.title, document.outlet) == ("Second round: prisoners first", "The Courier")
    assert (document.author, document.published) == ("Marta Lind, Ivo Petrov", date(2025, 6, 2))
    assert (document.language, document.canonical) == ("en", "https://courier.example/talks")
    assert document.media_type == "text/markdown"


@pytest.mark.parametrize("block", ["title: [", "- a list", "a: &a [*a]", "[" * 9000, "date: 2025-99-99"])
def test_broken_front_matter_never_fails(block: str) -> None:
    assert OPENING in from_file(f"---\n{block}\n---\n\n{OPENING}".encode(), "brief.md", limit=LIMIT).text


def test_the_first_heading_is_the_title_where_front_matter_has_none() -> None:
    document = from_file(f"Some words.\n\n## Prisoners *first*\n\n{OPENING}".encode(), "brief.md", limit=LIMIT)
    assert document.title == "Prisoners first"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Published 2 June 2025 at noon", date(2025, 6, 2)),
        ("June 2, 2025", date(2025, 6, 2)),
        ("Mon, Sept. 1, 2025", date(2025, 9, 1)),
        ("2025-06-02T18:30", None),
        ("2025-06-02 18:30", date(2025, 6, 2)),
        ("31 June 2025", None),
        ("From 2 June 2025 to 3 June 2025", None),
        ("02/06/2025", None),
    ],
)
def test_only_unmistakable_dates_are_read(line: str, found: date | None) -> None:
    assert stated_date(line) == found


def test_language_needs_some_text() -> None:
    assert from_paste("Talks resume", limit=LIMIT).language is None
    assert [declared(code) for code in ("en-GB", "uk", "English", "", None)] == ["en", "uk", None, None, None]


def test_a_time_in_front_matter_counts_as_its_day() -> None:
    document = from_file(f"---\ndate: {datetime(2025, 6, 2, 18, 30)}\n---\n{OPENING}".encode(), "b.md", limit=LIMIT)
    assert document.published == date(2025, 6, 2)


def test_headline_stops_before_the_dateline_or_byline() -> None:
    headlines = "Mediators call for a fourth round in Istanbul\n"
    for below in ("4 August 2025", "Monday, 4 August 2025", "By Ada Writer"):
        document = from_paste(f"{headlines}{below}\n\n{OPENING}", limit=10_000)
        assert document.title == "Mediators call for a fourth round in Istanbul"
    assert from_paste(f"A title of its own\n\n4 August 2025\n\n{OPENING}", limit=10_000).published == date(2025, 8, 4)


@pytest.mark.parametrize("absurd", ["0012-08-04", "1989-12-31", "2990-01-01"])
def test_date_that_no_article_can_have_is_not_found(absurd: str) -> None:
    assert from_paste(f"---\ndate: {absurd}\n---\n{OPENING}", limit=10_000).published is None
