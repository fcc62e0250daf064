"""One party's position on one issue over the rounds, with its quotes."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from app.negotiations.comparison import Question, placed
from app.negotiations.issue import IssueRow, issues
from app.negotiations.party import PartyRow, parties
from app.negotiations.position import Stand, story
from app.negotiations.quotes import Quote, RecordKey, articles_counted, quotes
from app.negotiations.round import RoundRow, rounds


class ToldPosition(NamedTuple):
    """The demands that a position was made of, the latest first, with their quotes and numbers of articles."""

    issue: IssueRow
    party: PartyRow
    story: list[Stand]
    rounds: dict[int, RoundRow]
    quotes: dict[RecordKey, list[Quote]]
    articles: dict[RecordKey, int]

    @property
    def place(self) -> str:
        """Its place in the comparison: ``issue/party``."""
        return f"{self.issue.slug}/{self.party.slug}"


def told_position(session: Session, process_id: int, place: str, question: Question, each: int) -> ToldPosition | None:
    """The position at that ``issue/party``, as of the question's date, with at most ``each`` quotes to a demand."""
    issue_slug, _, party_slug = place.partition("/")
    issue = next((row for row in issues(session, process_id) if row.slug == issue_slug), None)
    party = next((row for row in parties(session, process_id) if row.slug == party_slug), None)
    if issue is None or party is None:
        return None
    known = rounds(session, process_id)
    as_of = placed(question.as_of, known)
    told = story(session, issue.id, party.id, until=as_of.until, confirmed=question.confirmed)
    keys: list[RecordKey] = [("demand", stand.id) for stand in told]
    return ToldPosition(
        issue,
        party,
        told,
        {row.id: row for row in known},
        quotes(session, keys, each=each),
        articles_counted(session, keys),
    )
