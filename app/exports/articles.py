"""Articles as data: the rows of the library, one article with its annotations (W3C Web Annotation)."""

from collections.abc import Callable
from typing import Any

from app.evidence.library import ShownArticle
from app.negotiations.finds import Find, FoundQuote
from app.search.articles import Row

COLUMNS = (
    "slug",
    "title",
    "outlet",
    "author",
    "published_on",
    "language",
    "address",
    "reading_state",
    "reading_note",
    "added_at",
    "rounds",
    "delegations",
    "demands",
    "outcomes",
    "path",
)


def library_row(row: Row) -> dict[str, Any]:
    """An article of the library by column."""
    facts = row._asdict() | row.counts._asdict() | {"path": f"/articles/{row.slug}"}
    return {column: facts[column] for column in COLUMNS}


def annotated(
    article: ShownArticle, finds: list[Find], process: str, base: str, whole: Callable[[str], str]
) -> dict[str, Any]:
    """One article with its text and its annotations, one for each quote.

    ``base`` is the site's address, ``whole`` makes the whole address of a path in the article's process.
    """
    source = f"{base}/articles/{article.slug}"
    facts = article._asdict()
    kept = ("slug", "title", "outlet", "author", "language", "address", "reading_state", "reading_note", "text")
    return {
        "id": source,
        "process": process,
        **{name: facts[name] for name in kept},
        "published_on": article.published_on.isoformat() if article.published_on else None,
        "text_sha256": article.text_sha256,
        "document": {
            "address": f"{source}/original",
            "sha256": article.sha256,
            "media_type": article.media_type,
        },
        "annotations": [_annotation(find, quote, source, whole(find.place)) for find in finds for quote in find.quotes],
    }


def _annotation(find: Find, quote: FoundQuote, source: str, place: str) -> dict[str, Any]:
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{source}#citation-{quote.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": {"type": "SpecificResource", "source": place, "record": _record(find, quote)},
        "target": {
            "source": source,
            "selector": [
                {"type": "TextQuoteSelector", "exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix},
                {"type": "TextPositionSelector", "start": quote.start, "end": quote.end},
            ],
        },
    }


def _record(find: Find, quote: FoundQuote) -> dict[str, Any]:
    facts = {
        "kind": find.kind,
        "id": find.id,
        "standing": find.standing,
        "round": find.round_slug,
        "party": find.party,
        "issue": find.issue,
        "stance": find.stance,
        "outcome": find.outcome_kind,
        "says": quote.says,
        "reader": quote.reader,
        "confidence": quote.confidence,
    }
    return {name: value for name, value in facts.items() if value is not None}
