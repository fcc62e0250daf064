"""The record's rounds: made by the first find, named better as articles say more."""

from typing import Any

from slugify import slugify
from sqlalchemy import select

from app.intake.link.notebook import Notebook, is_open
from app.intake.link.same_round import dates_meet, iso, same_round
from app.intake.link.settle import dated, settle
from app.negotiations.demand import Demand
from app.negotiations.outcome import Outcome
from app.negotiations.record import HIDDEN, WITHDRAWN
from app.negotiations.round import FormerSlug, Round
from app.reading.reading import RoundFind

UNDATED, NO_PLACE = "undated", "talks"


def link_round(notebook: Notebook, find: RoundFind) -> Round:
    """The round that the find means, made if it is new; cited, and settled with what the find adds."""
    round_ = same_round(notebook, _rounds(notebook), find)
    if round_ is None:
        round_ = _new_round(notebook, find)
    says = find.model_dump(include={"date", "city", "ordinal", "format", "status"})
    notebook.cite("round", round_.id, find.quote, find.confidence, says)
    settle_round(notebook, round_)
    return round_


def settle_round(notebook: Notebook, round_: Round) -> None:
    """Settle a round, give it the slug that its date and place deserve, and move what stands at it along."""
    settle(notebook, "round", round_)
    _name(notebook, round_)
    standing_there: dict[str, type[Any]] = {"demand": Demand, "outcome": Outcome}
    for kind, table in standing_there.items():
        strayed = select(table).where(table.round_id == round_.id, table.dated_on.is_distinct_from(round_.starts_on))
        for record in notebook.session.scalars(strayed).all():
            notebook.change(kind, record, dated_on=round_.starts_on)


def round_on(notebook: Notebook, partial: str | None) -> Round | None:
    """The round that the article itself places on that day or in that month, else the only one known there.

    Without a date, the round that the article is about: the only one that it names.
    """
    if partial is None:
        return notebook.only_round
    if partial in notebook.rounds:
        return notebook.rounds[partial]
    shown = [round_ for round_ in _rounds(notebook) if round_.standing not in HIDDEN]
    meant = [round_ for round_ in shown if dates_meet(iso(round_), partial)]
    return meant[0] if len(meant) == 1 else None


def _rounds(notebook: Notebook) -> list[Round]:
    ordered = select(Round).where(Round.process_id == notebook.process_id).order_by(Round.starts_on, Round.id)
    return list(notebook.session.scalars(ordered))


def _new_round(notebook: Notebook, find: RoundFind) -> Round:
    round_ = Round(
        process_id=notebook.process_id,
        city=find.city,
        ordinal=find.ordinal,
        format=find.format,
        status=find.status,
        **dated(find.date),
    )
    round_.slug = _free_slug(notebook, _plain_slug(round_))
    notebook.add("round", round_)
    return round_


def _name(notebook: Notebook, round_: Round) -> None:
    """A date or place known better gives the round a better slug; links to the former one go on working."""
    former, plain = round_.slug, _plain_slug(round_)
    fits = former.startswith(f"{iso(round_) or UNDATED}-") and not (round_.city and NO_PLACE in former)
    if not fits and is_open(round_) and round_.standing != WITHDRAWN:
        notebook.change("round", round_, slug=_free_slug(notebook, plain))
        notebook.session.add(FormerSlug(process_id=round_.process_id, slug=former, round_id=round_.id))


def _plain_slug(round_: Round) -> str:
    return slugify(f"{iso(round_) or UNDATED} {round_.city or NO_PLACE}")


def _free_slug(notebook: Notebook, plain: str) -> str:
    """The slug, with a number behind it if another round has it, or had it."""
    taken: set[str] = set()
    for table in (Round, FormerSlug):
        taken |= set(notebook.session.scalars(select(table.slug).where(table.process_id == notebook.process_id)))
    numbered = (plain, *(f"{plain}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in numbered if slug not in taken)
