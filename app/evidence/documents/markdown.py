"""Markdown: front matter between --- lines, then text whose markup is dropped."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import yaml
from lxml import html  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.evidence.documents.decoding import decode
from app.evidence.documents.document import Draft, check_length
from app.evidence.documents.headline import headline, stated_date
from app.evidence.documents.language import declared
from app.evidence.documents.paragraphs import clean, normalise

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.{0,10000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.S)
_ITEM_ENDS = {"list_item_close", "tr_close"}
_LIST_OPENS = {"bullet_list_open", "ordered_list_open", "table_open"}
_LIST_CLOSES = {"bullet_list_close", "ordered_list_close", "table_close"}


def read_markdown(content: bytes, charset: str | None = None) -> Draft:
    """The text without markup; front matter wins over what the text itself says."""
    source = normalise(decode(content, charset)).lstrip()
    check_length(source)
    facts, body = split_front_matter(source)
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    text = "\n\n".join(_paragraphs(tokens))
    found = headline(text)
    return Draft(
        text,
        title=_string(facts, "title", "headline") or _first_heading(tokens) or found.title,
        author=_string(facts, "author", "authors", "by") or found.author,
        outlet=_string(facts, "outlet", "source", "publisher"),
        published=_date(facts, "published", "date") or found.published,
        language=declared(_string(facts, "language", "lang")),
        canonical=_address(facts, "url", "address", "link"),
    )


def split_front_matter(source: str) -> tuple[Mapping[str, Any], str]:
    """The facts of a leading YAML block, by lower-case name, and the rest; no facts if there is no such block."""
    match = _FRONT_MATTER.match(source)
    try:
        facts = yaml.safe_load(match[1]) if match else None
    except (yaml.YAMLError, ValueError, RecursionError):
        facts = None
    if not match or not isinstance(facts, dict):
        return {}, source
    return {str(name).lower(): value for name, value in facts.items()}, source[match.end() :]


def _paragraphs(tokens: list[Token]) -> Iterator[str]:
    """Paragraphs in order; a list or table is one paragraph with a line for each item or row."""
    depth, lines, cells = 0, list[str](), list[str]()
    for token in tokens:
        depth += (token.type in _LIST_OPENS) - (token.type in _LIST_CLOSES)
        if text := _text(token):
            cells.append(text)
        if token.type in _ITEM_ENDS or not depth:
            lines += [" | ".join(cells)] if token.type == "tr_close" else cells
            cells = []
        if not depth and lines:
            yield "\n".join(lines)
            lines = []


def _text(token: Token) -> str:
    if token.type == "inline":
        return "".join(_inline(child) for child in token.children or ()).strip()
    if token.type in ("fence", "code_block"):
        return token.content.strip()
    if token.type == "html_block" and not token.content.lstrip().startswith("<!--"):
        return str(html.fragment_fromstring(token.content, create_parent="div").text_content()).strip()
    return ""


def _inline(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " " if token.type == "softbreak" else "\n"
    return token.content if token.type in ("text", "code_inline", "text_special") else ""


def _first_heading(tokens: list[Token]) -> str | None:
    return next((_text(inside) for opening, inside in pairwise(tokens) if opening.type == "heading_open"), None) or None


def _string(facts: Mapping[str, Any], *names: str) -> str | None:
    value = next((facts[name] for name in names if facts.get(name)), None)
    if isinstance(value, list):
        value = ", ".join(item for item in value if isinstance(item, str))
    return clean(value) or None if isinstance(value, str) else None


def _date(facts: Mapping[str, Any], *names: str) -> date | None:
    value = next((facts[name] for name in names if facts.get(name)), None)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        return stated_date(value[:100])
    return value if isinstance(value, date) else None


def _address(facts: Mapping[str, Any], *names: str) -> str | None:
    value = _string(facts, *names)
    return value if value and value.startswith(("http://", "https://")) else None
