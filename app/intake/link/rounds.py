"""Which round a find means: by date and place, refined as articles say more."""

from datetime import date

from slugify import slugify
from sqlalchemy import select, update

from app.evidence.citation import Citation
from app.intake.link.notebook import Notebook
from app.negotiations.demand import Demand
from app.negotiations.outcome import Outcome
from app.negotiations.record import MACHINE_READ, WITHDRAWN
from app.negotiations.round import FormerSlug, Round
from app.reading.reading import RoundFind


def round_for(notebook: Notebook, find: RoundFind) -> Round:
    """The round that the find means, made if it is new, its date refined if the find knows it better."""
    known = _rounds(notebook)
    round_ = _same(notebook, known, find)
    if round_ is None:
        return _new_round(notebook, known, find)
    if find.date and len(find.date) > len(iso(round_) or ""):
        _refine(notebook, known, round_, find)
    return round_


def round_on(notebook: Notebook, partial: str | None) -> Round | None:
    """The round that the article itself places on that day or in that month, else the only one known there."""
    if partial is None or partial in notebook.rounds:
        return notebook.rounds.get(partial or "")
    meant = [round_ for round_ in _rounds(notebook) if _dates_meet(iso(round_), partial)]
    return meant[0] if len(meant) == 1 else None


def iso(round_: Round) -> str | None:
    """A round's date in ISO 8601 as precisely as it is known."""
    if round_.starts_on is None:
        return None
    return round_.starts_on.isoformat()[: 7 if round_.precision == "month" else 10]


def _rounds(notebook: Notebook) -> list[Round]:
    ordered = select(Round).where(Round.process_id == notebook.process_id).order_by(Round.starts_on, Round.id)
    return list(notebook.session.scalars(ordered))


def _same(notebook: Notebook, known: list[Round], find: RoundFind) -> Round | None:
    """Of the rounds that the find can mean the one that fits best: exact date first, then the one nearest before.

    A round of another precision counts only if it stands without what an earlier reading made of this article:
    an article that is read again under its corrected date must not drag its former rounds along.
    """
    possible = [round_ for round_ in known if _can_be(round_, find)]
    exact = [round_ for round_ in possible if iso(round_) == find.date]
    if exact:
        return exact[0]
    standing = _standing_without(notebook)
    candidates = [round_ for round_ in possible if round_.id in standing]
    if find.date is not None and len(find.date) == 10:
        return candidates[0] if candidates else None  # all are of the month only: the find refines the first
    today = notebook.published_on
    past = [round_ for round_ in candidates if round_.starts_on and today and round_.starts_on <= today]
    return past[-1] if past else next(iter(candidates), None)


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


def _can_be(round_: Round, find: RoundFind) -> bool:
    places = _agree(_plain(round_.city), _plain(find.city))
    ordinals = _agree(round_.ordinal, find.ordinal)
    consults = {round_.format, find.format} - {None}
    formats = len(consults) < 2 or "consultation" not in consults  # direct or mediated: reports differ on one round
    if find.date is None or round_.starts_on is None:
        named = find.ordinal is not None and find.ordinal == round_.ordinal
        undated = find.date is None and round_.starts_on is None
        return places and formats and (named or (undated and ordinals))
    same_day = find.date == iso(round_) and len(find.date) == 10
    return places and formats and (ordinals or same_day) and _dates_meet(iso(round_), find.date)


def _agree(one: object, other: object) -> bool:
    return one is None or other is None or one == other


def _dates_meet(one: str | None, other: str) -> bool:
    return one is not None and (one.startswith(other) or other.startswith(one))


def _plain(city: str | None) -> str | None:
    return slugify(city) if city else None


def _new_round(notebook: Notebook, known: list[Round], find: RoundFind) -> Round:
    round_ = Round(
        process_id=notebook.process_id,
        slug=_free_slug(notebook, known, find.date, find.city, find.format),
        city=find.city,
        ordinal=find.ordinal,
        format=find.format,
        status=find.status,
        **_dated(find.date),
    )
    notebook.add("round", round_)
    return round_


def _refine(notebook: Notebook, known: list[Round], round_: Round, find: RoundFind) -> None:
    """A date known better gives the round a better slug; links to the former one go on working."""
    former = round_.slug
    slug = _free_slug(notebook, known, find.date, find.city or round_.city, find.format or round_.format)
    notebook.session.add(FormerSlug(process_id=round_.process_id, slug=former, round_id=round_.id))
    notebook.change("round", round_, slug=slug, **_dated(find.date))
    for table in (Demand, Outcome):
        moved = update(table).where(table.round_id == round_.id).values(dated_on=round_.starts_on)
        notebook.session.execute(moved)


def _dated(partial: str | None) -> dict[str, object]:
    if partial is None:
        return {"starts_on": None, "precision": None}
    day = date.fromisoformat(partial if len(partial) == 10 else f"{partial}-01")
    return {"starts_on": day, "precision": "day" if len(partial) == 10 else "month"}


def _free_slug(
    notebook: Notebook, known: list[Round], partial: str | None, city: str | None, format_: str | None
) -> str:
    former = select(FormerSlug.slug).where(FormerSlug.process_id == notebook.process_id)
    taken = {round_.slug for round_ in known} | set(notebook.session.scalars(former))
    plain = slugify(f"{partial or 'undated'} {city or format_ or 'talks'}")
    candidates = (plain, *(f"{plain}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in candidates if slug not in taken)
