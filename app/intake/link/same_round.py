"""Whether a find means a round that is known: by date, place, number and format, each as far as both say it."""

from dataclasses import dataclass
from datetime import date, timedelta

from slugify import slugify
from sqlalchemy import func, select

from app.evidence.article import Article
from app.evidence.citation import Citation
from app.intake.link.notebook import Notebook
from app.negotiations.record import MACHINE_READ, WITHDRAWN
from app.negotiations.round import Round
from app.reading.reading import RoundFind

NEAR = timedelta(days=31)
"""An article that gives no date to "the talks" means those held, or planned, within a month of its publication."""


@dataclass(frozen=True)
class Meant:
    """A find, with the day that it looks at the talks from: its article's date of publication."""

    find: RoundFind
    seen_from: date | None


def same_round(notebook: Notebook, known: list[Round], find: RoundFind) -> Round | None:
    """Of the rounds that the find can mean the one that fits best: exact date first, then the one nearest before.

    A round of another precision counts only if it stands without what an earlier reading made of this article:
    an article that is read again under its corrected date must not drag its former rounds along.
    """
    undated = _undated_seen_from(notebook)
    meant = Meant(find, notebook.published_on)
    possible = [round_ for round_ in known if _can_be(round_, meant, undated.get(round_.id))]
    exact = [round_ for round_ in possible if iso(round_) == find.date]
    if exact and find.date:
        return exact[0]
    standing = _standing_without(notebook)
    candidates = [round_ for round_ in possible if round_.id in standing and round_ not in exact]
    today = notebook.published_on
    past = [round_ for round_ in candidates if round_.starts_on and today and round_.starts_on <= today]
    return next(iter([*past[-1:], *candidates, *exact]), None)


def iso(round_: Round) -> str | None:
    """A round's date in ISO 8601 as precisely as it is known."""
    if round_.starts_on is None:
        return None
    return round_.starts_on.isoformat()[: 7 if round_.precision == "month" else 10]


def dates_meet(one: str | None, other: str) -> bool:
    """Whether two dates in ISO 8601 are the same as far as both are known: a day lies in its month."""
    return one is not None and (one.startswith(other) or other.startswith(one))


def _can_be(round_: Round, meant: Meant, undated_seen_from: date | None) -> bool:
    find = meant.find
    formats = {round_.format, find.format} - {None}
    if not _agree(_plain(round_.city), _plain(find.city)) or ("consultation" in formats and len(formats) > 1):
        return False  # reports of one round differ on whether it was direct or mediated
    ordinals = _agree(round_.ordinal, find.ordinal)
    named = find.ordinal is not None and find.ordinal == round_.ordinal
    if find.date and round_.starts_on:
        same_day = find.date == iso(round_) and len(find.date) == 10
        return (ordinals or same_day) and dates_meet(iso(round_), find.date)
    if find.date is None and round_.starts_on is None:
        return ordinals
    if find.date is None:
        near = _near(round_.starts_on, meant.seen_from, planned=find.status == "planned")
    else:
        near = _near(day_of(find), undated_seen_from, planned=round_.status == "planned")
    return named or (bool(round_.city and find.city) and ordinals and near)


def day_of(find: RoundFind) -> date | None:
    """The day, or the first of the month, that a find names."""
    return date.fromisoformat(f"{find.date}-01"[:10]) if find.date else None


def _near(day: date | None, seen_from: date | None, *, planned: bool) -> bool:
    if day is None or seen_from is None:
        return False
    away = day - seen_from if planned else seen_from - day
    return timedelta(0) <= away <= NEAR


def _agree(one: object, other: object) -> bool:
    return one is None or other is None or one == other


def _plain(city: str | None) -> str | None:
    return slugify(city) if city else None


def _undated_seen_from(notebook: Notebook) -> dict[int, date]:
    """The date of the first article on each undated round, by the round's id."""
    rows = notebook.session.execute(
        select(Round.id, func.min(Article.published_on))
        .join(Citation, Citation.round_id == Round.id)
        .join(Article, Article.id == Citation.article_id)
        .where(Round.process_id == notebook.process_id, Round.starts_on.is_(None), Citation.withdrawn_at.is_(None))
        .group_by(Round.id)
    )
    return {round_id: day for round_id, day in rows if day is not None}


def _standing_without(notebook: Notebook) -> set[int]:
    """Ids of the rounds that other articles or a person stand behind, or that this reading has placed already."""
    cited = select(Citation.round_id).where(
        Citation.round_id.is_not(None),
        Citation.withdrawn_at.is_(None),
        Citation.article_id != notebook.article_id,
    )
    decided = select(Round.id).where(
        Round.process_id == notebook.process_id, Round.standing.not_in([MACHINE_READ, WITHDRAWN])
    )
    placed = {round_.id for round_ in notebook.rounds.values()}
    return placed.union(filter(None, notebook.session.scalars(cited)), notebook.session.scalars(decided))
