"""What every record of a negotiation carries: its process, and how far a person stands behind it."""

from datetime import date

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

MACHINE_READ = "machine-read"
WITHDRAWN = "withdrawn"
STANDINGS = (MACHINE_READ, "confirmed", "amended", "rejected", WITHDRAWN)
"""Until a person decides, a record is machine-read; it is withdrawn when a new reading finds it no more."""

HIDDEN = ("rejected", WITHDRAWN)
"""What is kept, with its history, but no longer part of what the pages show."""

PERSON_STANDINGS = ("confirmed", "amended")
"""What a person stands behind."""


def place_of(anchor: str, round_slug: str | None, dated_on: date | None) -> str:
    """The path that shows a record: its round's page, or else the timeline (of its day) at the page that it is on."""
    if round_slug:
        return f"/rounds/{round_slug}#{anchor}"
    its_day = f"from={dated_on}&to={dated_on}&" if dated_on else ""
    return f"/timeline?{its_day}at={anchor}#{anchor}"


class Record:
    """A round, delegation, demand or outcome."""

    id: Mapped[int] = mapped_column(primary_key=True)
    standing: Mapped[str] = mapped_column(Text, default=MACHINE_READ, server_default=MACHINE_READ)

    @declared_attr
    def process_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("processes.id"))
