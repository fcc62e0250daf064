"""The sources that a Markdown document states for its facts, in its front matter under ``sources``."""

from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from app.evidence.documents.decoding import decode
from app.evidence.documents.kinds import Kind
from app.evidence.documents.paragraphs import normalise

MOST = 100


class StatedSource(NamedTuple):
    """One source: its ``address`` is http or https; ``facts`` says what the document took from it."""

    outlet: str
    title: str
    published: date | None
    address: str | None
    facts: str | None


def stated_sources(content: bytes, media_type: str) -> list[StatedSource]:
    """The sources in the order stated; none if the document is of another kind or states none."""
    if media_type != Kind.MARKDOWN:
        return []
    from app.evidence.documents.markdown import split_front_matter

    facts, _ = split_front_matter(normalise(decode(content, None)).lstrip())
    listed = facts.get("sources")
    entries = listed[:MOST] if isinstance(listed, list) else []
    return [_source(entry) for entry in entries if isinstance(entry, dict) and entry.get("outlet")]


def _source(entry: dict[str, Any]) -> StatedSource:
    published, address = entry.get("date"), str(entry.get("address") or "")
    return StatedSource(
        outlet=str(entry["outlet"]),
        title=str(entry.get("title") or ""),
        published=published if isinstance(published, date) else None,
        address=address if _is_web(address) else None,
        facts=str(entry["facts"]) if entry.get("facts") else None,
    )


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
