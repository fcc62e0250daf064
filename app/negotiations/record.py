"""What every record of a negotiation carries: its process, and how far a person stands behind it."""

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

MACHINE_READ = "machine-read"
STANDINGS = (MACHINE_READ, "confirmed", "amended", "rejected")
"""Until a person decides, a record is machine-read."""


class Record:
    """A round, delegation, demand or outcome."""

    id: Mapped[int] = mapped_column(primary_key=True)
    standing: Mapped[str] = mapped_column(Text, default=MACHINE_READ, server_default=MACHINE_READ)

    @declared_attr
    def process_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("processes.id"))
