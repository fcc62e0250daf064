"""What is known about an article beside its text."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Metadata:
    """What is known about an article beside its text."""

    title: str | None = None
    url: str | None = None
    published: date | None = None
    publisher: str | None = None
