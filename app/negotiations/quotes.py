"""The quotes behind records: what each article says, and where it says so."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.evidence.article import Article
from app.evidence.citation import KINDS, Citation
from app.evidence.source import Source

RecordKey = tuple[str, int]
"""A record's kind and id: ``("demand", 12)``."""

OWNERS: dict[str, InstrumentedAttribute[int | None]] = {kind: getattr(Citation, f"{kind}_id") for kind in KINDS}


class Quote(NamedTuple):
    """One citation with its article; ``start`` and ``end`` are offsets in the article's text, in code points."""

    id: int
    record: RecordKey
    exact: str
    start: int
    end: int
    says: dict[str, Any]
    confidence: float | None
    reader: str
    article: str
    title: str
    published_on: date | None
    address: str | None
    outlet: str | None

    @property
    def who(self) -> str:
        """The outlet, or the article's title where no outlet is known."""
        return self.outlet or self.title

    @property
    def path(self) -> str:
        """The quote's place in its article's page."""
        return f"/articles/{self.article}#citation-{self.id}"


class Reported(NamedTuple):
    """One value that articles report, with the quotes that report it."""

    value: Any
    quotes: list[Quote]


def quotes(session: Session, keys: Iterable[RecordKey], each: int | None = None) -> dict[RecordKey, list[Quote]]:
    """The quotes of each record, the surest first; at most ``each`` for one record."""
    wanted = _wanted(keys)
    if wanted is None:
        return {}
    found: dict[RecordKey, list[Quote]] = defaultdict(list)
    for *owners, id_, exact, start, end, says, sure, reader, slug, title, day, address, outlet in session.execute(
        _quotes_query(wanted, each)
    ):
        key = _key(owners)
        found[key].append(Quote(id_, key, exact, start, end, says, sure, reader, slug, title, day, address, outlet))
    return found


def articles_counted(session: Session, keys: Iterable[RecordKey]) -> dict[RecordKey, int]:
    """How many articles each record rests on."""
    wanted = _wanted(keys)
    if wanted is None:
        return {}
    query = (
        select(*OWNERS.values(), func.count(Citation.article_id.distinct())).where(wanted).group_by(*OWNERS.values())
    )
    return {_key(owners): number for *owners, number in session.execute(query)}


class Covering(NamedTuple):
    """An article that reports something, with its first citation and how many of its quotes do."""

    article: str
    title: str
    published_on: date | None
    outlet: str | None
    citation: int
    quotes: int

    @property
    def path(self) -> str:
        """The first quote's place in the article's page."""
        return f"/articles/{self.article}#citation-{self.citation}"


def coverage(session: Session, keys: Iterable[RecordKey], most: int) -> tuple[list[Covering], int]:
    """The newest articles behind these records, at most so many, and how many there are in all."""
    wanted = _wanted(keys)
    if wanted is None:
        return [], 0
    of_article = (Article.slug, Article.title, Article.published_on, Source.name)
    query = (
        select(*of_article, func.min(Citation.id), func.count(Citation.id), func.count().over())
        .join(Article, Article.id == Citation.article_id)
        .outerjoin(Source, Source.id == Article.source_id)
        .where(wanted)
        .group_by(*of_article)
        .order_by(Article.published_on.desc().nulls_last(), Article.slug)
        .limit(most)
    )
    rows = session.execute(query).all()
    return [Covering(*row[:-1]) for row in rows], rows[0][-1] if rows else 0


def reported(found: Sequence[Quote], name: str) -> list[Reported]:
    """The different values that the quotes' articles report under that name, the most reported first."""
    values: dict[Any, list[Quote]] = defaultdict(list)
    for quote in found:
        for value in _said(quote, name):
            values[value].append(quote)
    by_support = sorted(values.items(), key=lambda item: -len({quote.article for quote in item[1]}))
    return [Reported(value, behind) for value, behind in by_support]


def _said(quote: Quote, name: str) -> list[Any]:
    """What one quote reports under that name, each value once; ``also`` holds further reports in the same words."""
    given = [one.get(name) for one in (quote.says, *quote.says.get("also", ()))]
    values = [tuple(value) if isinstance(value, list) else value for value in given if value is not None]
    return list(dict.fromkeys(value for value in values if value != ()))


def _wanted(keys: Iterable[RecordKey]) -> ColumnElement[bool] | None:
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, id_ in keys:
        ids[kind].append(id_)
    if not ids:
        return None
    return and_(Citation.withdrawn_at.is_(None), or_(*(OWNERS[kind].in_(some) for kind, some in ids.items())))


def _quotes_query(wanted: ColumnElement[bool], each: int | None) -> Select[*tuple[Any, ...]]:
    surest = (func.coalesce(Citation.confidence, 0).desc(), Article.published_on.desc().nulls_last(), Citation.id)
    place = func.row_number().over(partition_by=list(OWNERS.values()), order_by=surest).label("place")
    found = select(Citation.id, place).join(Article, Article.id == Citation.article_id).where(wanted).subquery()
    query = (
        select(
            *OWNERS.values(), Citation.id, Citation.exact, Citation.start, Citation.end, Citation.says,
            Citation.confidence, Citation.reader, Article.slug, Article.title, Article.published_on,
            Article.address, Source.name,
        )
        .join(found, found.c.id == Citation.id)
        .join(Article, Article.id == Citation.article_id)
        .outerjoin(Source, Source.id == Article.source_id)
        .order_by(found.c.place, Citation.id)
    )  # fmt: skip
    return query.where(found.c.place <= each) if each else query


def _key(owners: Sequence[int | None]) -> RecordKey:
    return next((kind, id_) for kind, id_ in zip(KINDS, owners, strict=True) if id_ is not None)
