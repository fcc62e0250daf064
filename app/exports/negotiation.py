"""The record as rows of data: each with its standing and the quotes that it rests on."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from app.negotiations.comparison import Cell, Comparison
from app.negotiations.comparison import Row as ComparisonRow
from app.negotiations.entry import Entry
from app.negotiations.issue import IssueRow
from app.negotiations.party import PartyRow
from app.negotiations.quotes import Quote, RecordKey
from app.negotiations.round import RoundRow
from app.negotiations.telling import Told

Row = dict[str, Any]
Whole = Callable[[str], str]
"""Makes the whole address of a path of this site."""

OF_QUOTE = (
    "quote_exact",
    "quote_start",
    "quote_end",
    "quote_article",
    "quote_title",
    "quote_outlet",
    "quote_published",
    "quote_address",
    "quote_says",
    "quote_confidence",
    "quote_reader",
)
RECORD_COLUMNS = (
    *[
        "kind",
        "id",
        "standing",
        "round",
        "round_name",
        "date",
        "party",
        "party_name",
        "theme",
        "theme_name",
        "issue",
        "issue_name",
        "proposition",
        "stance",
        "condition",
        "outcome",
        "status",
        "quantity",
        "heads",
        "members",
        "size",
        "articles",
        "path",
    ],
    *OF_QUOTE,
)
POSITION_COLUMNS = (
    *[
        "theme",
        "theme_name",
        "issue",
        "issue_name",
        "proposition",
        "party",
        "party_name",
        "as_of",
        "against",
        "stance",
        "relation",
        "moved",
        "id",
        "standing",
        "when",
        "round",
        "round_date",
        "round_status",
        "reported_on",
        "condition",
        "articles_of_record",
        "articles_of_stance",
    ],
    *OF_QUOTE,
)
ROUND_COLUMNS = ("slug", "date", "precision", "city", "ordinal", "format", "status", "standing", "path")


def record_rows(entries: Iterable[Entry], whole: Whole) -> list[Row]:
    """Delegations, demands and outcomes; what does not belong to a kind is None."""
    return [_record_row(entry, whole) for entry in entries]


def position_rows(comparison: Comparison, quotes: dict[RecordKey, list[Quote]], whole: Whole) -> list[Row]:
    """One row for each issue, party and stance; ``not reported`` where a party's stance is in no article."""
    nothing: list[Told | None] = [None]
    return [
        _position_row(comparison, row, cell, told)
        | {"quotes": quote_rows(quotes.get(("demand", told.stand.id), []) if told else [], whole)}
        for row in comparison.rows
        for cell in row.cells
        for told in cell.said or nothing
    ]


def round_rows(rounds: Iterable[RoundRow], whole: Whole) -> list[Row]:
    """Rounds, in the order given."""
    return [{**row._asdict(), "date": row.starts_on, "path": whole(f"/rounds/{row.slug}")} for row in rounds]


def quote_rows(quotes: Sequence[Quote], whole: Whole) -> list[Row]:
    """Quotes with their article and their offsets in its text, in code points."""
    return [
        {
            "exact": quote.exact,
            "start": quote.start,
            "end": quote.end,
            "article": whole(quote.path),
            "title": quote.title,
            "outlet": quote.outlet,
            "published": quote.published_on,
            "address": quote.address,
            "says": quote.says,
            "confidence": quote.confidence,
            "reader": quote.reader,
        }
        for quote in quotes
    ]


def _record_row(entry: Entry, whole: Whole) -> Row:
    return {
        "kind": entry.kind,
        "id": entry.id,
        "standing": entry.standing,
        "round": entry.round.slug if entry.round else None,
        "round_name": entry.round.name if entry.round else None,
        "date": entry.dated_on,
        **_of_party(entry.party),
        **_of_issue(entry.issue),
        "stance": entry.stance or None,
        "condition": entry.condition,
        "outcome": entry.name if entry.kind == "outcome" else None,
        "status": entry.status or None,
        "quantity": entry.quantity,
        "heads": [member.name for member in entry.heads],
        "members": [member.name for member in entry.others],
        "size": entry.size,
        "articles": entry.articles,
        "path": whole(entry.path),
        "quotes": quote_rows(entry.quotes, whole),
    }


def _position_row(
    comparison: Comparison,
    row: ComparisonRow,
    cell: Cell,
    told: Told | None,
) -> Row:
    stand = told.stand if told else None
    return {
        **_of_issue(row.issue),
        **_of_party(cell.party),
        "as_of": comparison.as_of.value or "latest",
        "against": comparison.against.value if comparison.against else None,
        "stance": stand.stance if stand else "not confirmed yet" if comparison.confirmed else "not reported",
        "relation": row.relation,
        "moved": cell.moved,
        "id": stand.id if stand else None,
        "standing": stand.standing if stand else None,
        **_told_at(told),
        "condition": stand.condition if stand else None,
        "articles_of_record": told.articles if told else 0,
        "articles_of_stance": told.in_all if told else 0,
    }


def _of_party(party: PartyRow | None) -> Row:
    return {"party": party.slug if party else None, "party_name": party.name if party else None}


def _of_issue(issue: IssueRow | None) -> Row:
    return {
        "theme": issue.theme if issue else None,
        "theme_name": issue.theme_name if issue else None,
        "issue": issue.slug if issue else None,
        "issue_name": issue.name if issue else None,
        "proposition": issue.proposition if issue else None,
    }


def _told_at(told: Told | None) -> Row:
    """A stance stands by its round, or by the day that it was reported on: never by both."""
    held_at = told.round if told else None
    return {
        "when": told.when if told else None,
        "round": held_at.slug if held_at else None,
        "round_date": held_at.starts_on if held_at else None,
        "round_status": held_at.status if held_at else None,
        "reported_on": told.stand.dated_on if told and not held_at else None,
    }
