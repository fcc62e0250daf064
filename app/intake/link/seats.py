"""Who sat in a delegation, settled from what its citations say."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.intake.link.notebook import Notebook
from app.intake.link.people import person_for
from app.negotiations.delegation import Delegation, Member
from app.reading.reading import DelegationFind

Seat = tuple[bool, str | None]
"""Whether the person leads, and the office as the first article that gives one has it."""


def seating(find: DelegationFind) -> dict[str, Any]:
    """What a find says of a delegation, as its citation keeps it."""
    people = [*find.members, *([find.head] if find.head else [])]
    return {
        "head": find.head.name if find.head else None,
        "size": find.size,
        "members": [member.name for member in find.members],
        "offices": {one.name: one.office for one in people if one.office},
    }


def seat(notebook: Notebook, delegation: Delegation, said: Sequence[dict[str, Any]]) -> None:
    """Seat whom the reports name, and nobody else; whoever any of them calls the head leads."""
    wanted = _wanted(notebook, delegation, said)
    sitting = select(Member).where(Member.delegation_id == delegation.id)
    members = {member.person_id: member for member in notebook.session.scalars(sitting)}
    before = {person_id: (member.leads, member.office) for person_id, member in members.items()}
    if before == wanted:
        return
    for person_id in before.keys() - wanted.keys():
        notebook.session.delete(members[person_id])
    for person_id, (leads, office) in wanted.items():
        member = members.get(person_id) or Member(delegation_id=delegation.id, person_id=person_id)
        member.leads, member.office = leads, office
        notebook.session.add(member)
    notebook.session.flush()
    notebook.revise("delegation", delegation, {"members": _listed(before)}, {"members": _listed(wanted)})


def _wanted(notebook: Notebook, delegation: Delegation, said: Sequence[dict[str, Any]]) -> dict[int, Seat]:
    seats: dict[int, Seat] = {}
    for report in said:
        head = report.get("head")
        for name in filter(None, (head, *report.get("members", ()))):
            office = report.get("offices", {}).get(name)
            person = person_for(notebook.session, notebook.process_id, name, delegation.party_id, office)
            leads, known = seats.get(person.id, (False, None))
            seats[person.id] = (leads or name == head, known or office)
    return seats


def _listed(seats: dict[int, Seat]) -> list[dict[str, Any]]:
    return [{"person": one, "leads": leads, "office": office} for one, (leads, office) in sorted(seats.items())]
