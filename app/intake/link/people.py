"""Which person a name means: by name and spelling variants, within a process."""

from rapidfuzz.distance import Levenshtein
from slugify import slugify
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.negotiations.person import Person, PersonName

LAST_NAMES_ALIKE, FIRST_NAMES_ALIKE = 0.8, 0.65
"""Share of letters that two spellings of one name have in common at least (Umerov, Umerow; not Yermak, Yermakov)."""


def person_for(session: Session, process_id: int, name: str, party_id: int | None, office: str | None = None) -> Person:
    """The person of that name, made if new; another spelling of a known name is kept as a variant."""
    names = _names(session, process_id)
    folded = fold(name)
    known = names.get(folded) or _alike(session, names, folded, party_id)
    person_id = known if known is not None else _new_person(session, process_id, name, party_id, office)
    if folded not in names:
        session.add(PersonName(process_id=process_id, person_id=person_id, name=name, folded=folded))
        session.flush()
    return session.get_one(Person, person_id)


def fold(name: str) -> str:
    """A name without accents, case and punctuation, for telling spellings apart: ``zelenskii``."""
    return slugify(name, separator=" ")


def _names(session: Session, process_id: int) -> dict[str, int]:
    rows = session.execute(select(PersonName.folded, PersonName.person_id).where(PersonName.process_id == process_id))
    return dict(rows.all())


def _alike(session: Session, names: dict[str, int], folded: str, party_id: int | None) -> int | None:
    """A person of the same party whose name is spelled nearly so; None if there is none, or more than one."""
    found = {person_id for known, person_id in names.items() if _same_spelling(known, folded)}
    ours = {person_id for person_id in found if _party(session, person_id) in (None, party_id)}
    return ours.pop() if len(ours) == 1 else None


def _party(session: Session, person_id: int) -> int | None:
    return session.get_one(Person, person_id).party_id


def _same_spelling(one: str, other: str) -> bool:
    (*first, last), (*second, family) = one.split() or [""], other.split() or [""]
    if Levenshtein.normalized_similarity(last, family) < LAST_NAMES_ALIKE:
        return False
    return not first or not second or Levenshtein.normalized_similarity(first[0], second[0]) >= FIRST_NAMES_ALIKE


def _new_person(session: Session, process_id: int, name: str, party_id: int | None, office: str | None) -> int:
    taken = set(session.scalars(select(Person.slug).where(Person.process_id == process_id)))
    plain = slugify(name) or "person"
    slug = next(s for s in (plain, *(f"{plain}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)
    person = Person(process_id=process_id, party_id=party_id, slug=slug, name=name, office=office)
    session.add(person)
    session.flush()
    return person.id
