"""A small made-up negotiation for tests: Arvenia and Beldor talk, Corvan mediates.

``World(session)`` writes the process and its vocabulary; each method adds one thing, flushes and gives its row.
A quote is cited by its words: the offsets are looked up in the article's text, which must hold them.
"""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.evidence.article import Article, KeptDocument
from app.evidence.citation import CONTEXT, Citation
from app.evidence.source import Source
from app.negotiations.delegation import Delegation, Member
from app.negotiations.demand import Demand
from app.negotiations.issue import Issue, Theme
from app.negotiations.outcome import Outcome, OutcomeKind
from app.negotiations.party import Party
from app.negotiations.person import Person, PersonName
from app.negotiations.process import Process
from app.negotiations.round import Round

Row = TypeVar("Row")

PARTIES = (("arvenia", "Arvenia", "side"), ("beldor", "Beldor", "side"), ("corvan", "Corvan", "mediator"))
THEMES = (("arms", "Arms"), ("land", "Land"), ("people", "People"))
ISSUES = (
    ("truce", "arms", "Truce first", "All guns fall silent before a treaty is signed."),
    ("arms-limits", "arms", "Arms limits", "Arvenia's army is limited."),
    ("valley", "land", "The valley", "Beldor keeps the Ilmen valley."),
    ("captives", "people", "Captives", "Captured soldiers are sent home."),
    ("summit", "people", "Summit", "The two leaders meet."),
)
OUTCOMES = (("captives-exchange", "Exchange of captives"), ("more-talks", "Further talks"))


class World:
    """A process with its vocabulary in a database, and functions that add to its record."""

    def __init__(self, session: Session, slug: str = "arvenia-beldor") -> None:
        self.session = session
        self.process = self._add(Process(slug=slug, name="Arvenia–Beldor", summary="Talks on the Ilmen valley."))
        self.parties = {
            key: self._of_process(Party, slug=key, name=name, role=role, position=place)
            for place, (key, name, role) in enumerate(PARTIES)
        }
        self.themes = {
            key: self._of_process(Theme, slug=key, name=name, position=place)
            for place, (key, name) in enumerate(THEMES)
        }
        self.issues = {
            key: self._of_process(
                Issue, theme_id=self.themes[theme].id, slug=key, name=name, proposition=proposition, position=place
            )
            for place, (key, theme, name, proposition) in enumerate(ISSUES)
        }
        self.kinds = {
            key: self._of_process(OutcomeKind, slug=key, name=name, position=place)
            for place, (key, name) in enumerate(OUTCOMES)
        }

    def _add(self, row: Row) -> Row:
        self.session.add(row)
        self.session.flush()
        return row

    def _of_process(self, table: Callable[..., Row], **values: Any) -> Row:
        return self._add(table(process_id=self.process.id, **values))

    def source(self, name: str = "The Harbour Post") -> Source:
        """The outlet of that name."""
        slug = name.lower().replace(" ", "-")
        found = self.session.scalar(select(Source).where(Source.slug == slug))
        return found or self._add(Source(slug=slug, name=name))

    def article(
        self,
        text: str,
        *,
        title: str = "Talks at the lake",
        source: str | None = "The Harbour Post",
        published_on: date | None = date(2031, 5, 10),
        state: str = "read",
        **values: Any,
    ) -> Article:
        """An article with that text (and its kept bytes); the text must be new to the process."""
        digest = sha256(text.encode()).hexdigest()
        content = text.encode()
        document = self._add(
            KeptDocument(sha256=f"{self.process.id}-{digest}", content=content, media_type="text/plain")
        )
        return self._of_process(
            Article,
            document_id=document.id,
            source_id=self.source(source).id if source else None,
            slug=values.pop("slug", f"article-{document.id}"),
            title=title,
            published_on=published_on,
            language=values.pop("language", "en"),
            text=text,
            text_sha256=digest,
            added_by=values.pop("added_by", "test"),
            reading_state=state,
            **values,
        )

    def person(self, name: str, party: str | None = None, office: str | None = None) -> Person:
        """The person of that name."""
        folded = name.lower()
        known = select(Person).join(PersonName, PersonName.person_id == Person.id)
        found = self.session.scalar(known.where(PersonName.folded == folded, Person.process_id == self.process.id))
        if found:
            return found
        party_id = self.parties[party].id if party else None
        person = self._of_process(Person, party_id=party_id, slug=folded.replace(" ", "-"), name=name, office=office)
        self._of_process(PersonName, person_id=person.id, name=name, folded=folded)
        return person

    def round(self, starts_on: date | None, city: str | None = "Lakeside", **values: Any) -> Round:
        """A round; held, to the day, and with a slug of date and city unless told otherwise."""
        slug = "-".join([starts_on.isoformat() if starts_on else "undated", *(city.lower().split() if city else ())])
        return self._of_process(
            Round,
            slug=values.pop("slug", slug),
            starts_on=starts_on,
            precision=values.pop("precision", "day") if starts_on else None,
            city=city,
            status=values.pop("status", "held"),
            **values,
        )

    def delegation(
        self,
        of: Round,
        party: str,
        *,
        heads: tuple[str, ...] = (),
        members: tuple[str, ...] = (),
        size: int | None = None,
        **values: Any,
    ) -> Delegation:
        """A party's delegation at a round, with those who lead it and the other members."""
        delegation = self._of_process(Delegation, round_id=of.id, party_id=self.parties[party].id, size=size, **values)
        for name in (*heads, *members):
            person = self.person(name, party)
            self._add(Member(delegation_id=delegation.id, person_id=person.id, leads=name in heads))
        return delegation

    def demand(self, party: str, issue: str, stance: str, at: Round | date | None = None, **values: Any) -> Demand:
        """A demand at a round, or on a date without a round."""
        return self._of_process(
            Demand,
            party_id=self.parties[party].id,
            issue_id=self.issues[issue].id,
            stance=stance,
            **_placed(at),
            **values,
        )

    def outcome(self, kind: str, status: str, at: Round | date | None = None, **values: Any) -> Outcome:
        """An outcome of a round, or on a date without a round."""
        return self._of_process(Outcome, kind_id=self.kinds[kind].id, status=status, **_placed(at), **values)

    def cite(
        self,
        record: Round | Delegation | Demand | Outcome,
        article: Article,
        exact: str,
        says: dict[str, Any] | None = None,
        *,
        confidence: float | None = 0.8,
    ) -> Citation:
        """A citation of these words of the article for the record."""
        start = article.text.index(exact)
        end = start + len(exact)
        return self._add(
            Citation(
                article_id=article.id,
                exact=exact,
                start=start,
                end=end,
                prefix=article.text[max(0, start - CONTEXT) : start],
                suffix=article.text[end : end + CONTEXT],
                says=says or {},
                reader="test",
                confidence=confidence,
                **{f"{type(record).__name__.lower()}_id": record.id},
            )
        )


def _placed(at: Round | date | None) -> dict[str, Any]:
    if isinstance(at, Round):
        return {"round_id": at.id, "dated_on": at.starts_on}
    return {"round_id": None, "dated_on": at}
