"""The record's rounds: made by the first find, named better as articles say more."""

from slugify import slugify
from sqlalchemy import select, update

from app.intake.link.notebook import Notebook
from app.intake.link.same_round import dates_meet, day_of, iso, same_round
from app.intake.link.settle import settle
from app.negotiations.demand import Demand
from app.negotiations.outcome import Outcome
from app.negotiations.round import FormerSlug, Round
from app.reading.reading import RoundFind

UNDATED, NO_PLACE = "undated", "talks"


def link_round(notebook: Notebook, find: RoundFind) -> Round:
    """The round that the find means, made if it is new; cited, and settled with what the find adds."""
    round_ = same_round(notebook, _rounds(notebook), find)
    if round_ is None:
        round_ = _new_round(notebook, find)
    elif find.date and len(find.date) > len(iso(round_) or ""):
        _date(notebook, round_, find)
    says = find.model_dump(include={"date", "city", "ordinal", "format", "status"})
    notebook.cite("round", round_.id, find.quote, find.confidence, says)
    settle(notebook, "round", round_)
    _name(notebook, round_)
    return round_


def round_on(notebook: Notebook, partial: str | None) -> Round | None:
    """The round that the article itself places on that day or in that month, else the only one known there.

    Without a date, the round that the article is about: the only one that it names.
    """
    if partial is None:
        return notebook.only_round
    if partial in notebook.rounds:
        return notebook.rounds[partial]
    meant = [round_ for round_ in _rounds(notebook) if dates_meet(iso(round_), partial)]
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
        starts_on=day_of(find),
        precision=_precision(find),
    )
    round_.slug = _free_slug(notebook, _plain_slug(round_))
    notebook.add("round", round_)
    return round_


def _date(notebook: Notebook, round_: Round, find: RoundFind) -> None:
    """Set a date that is known better now, also on what the round holds."""
    notebook.change("round", round_, starts_on=day_of(find), precision=_precision(find))
    for table in (Demand, Outcome):
        moved = update(table).where(table.round_id == round_.id).values(dated_on=round_.starts_on)
        notebook.session.execute(moved)


def _name(notebook: Notebook, round_: Round) -> None:
    """A date or place known better gives the round a better slug; links to the former one go on working."""
    former, plain = round_.slug, _plain_slug(round_)
    as_exact = former.startswith(iso(round_) or UNDATED) and not (round_.city and NO_PLACE in former)
    if not as_exact:
        notebook.change("round", round_, slug=_free_slug(notebook, plain))
        notebook.session.add(FormerSlug(process_id=round_.process_id, slug=former, round_id=round_.id))


def _precision(find: RoundFind) -> str | None:
    if find.date is None:
        return None
    return "day" if len(find.date) == 10 else "month"


def _plain_slug(round_: Round) -> str:
    return slugify(f"{iso(round_) or UNDATED} {round_.city or NO_PLACE}")


def _free_slug(notebook: Notebook, plain: str) -> str:
    """The slug, with a number behind it if another round has it, or had it."""
    taken: set[str] = set()
    for table in (Round, FormerSlug):
        taken |= set(notebook.session.scalars(select(table.slug).where(table.process_id == notebook.process_id)))
    numbered = (plain, *(f"{plain}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in numbered if slug not in taken)
