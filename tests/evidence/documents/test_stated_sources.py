"""The sources that a document in Markdown states, as far as they are well formed."""

from datetime import date

import pytest

from app.evidence.documents.stated_sources import StatedSource, stated_sources

STATED = b"""---
title: A brief
sources:
  - outlet: The Daily
    title: Talks end
    date: 2025-06-02
    address: https://daily.example/talks
    facts: the number of bodies
  - outlet: The Evening
    address: "javascript:alert(1)"
  - no outlet: here
  - just a line
---
The text.
"""


def test_sources_are_given_as_stated_and_only_web_addresses_lead_anywhere() -> None:
    assert stated_sources(STATED, "text/markdown") == [
        StatedSource("The Daily", "Talks end", date(2025, 6, 2), "https://daily.example/talks", "the number of bodies"),
        StatedSource("The Evening", "", None, None, None),
    ]


NONE_STATED = [b"", b"No front matter.", b"---\nsources: none\n---\nx", b"---\n[\n---\nx", b"\xff\xfe"]


@pytest.mark.parametrize("content", NONE_STATED)
def test_without_sources_there_are_none(content: bytes) -> None:
    assert stated_sources(content, "text/markdown") == []


def test_other_kinds_state_none() -> None:
    assert stated_sources(STATED, "text/plain") == []
