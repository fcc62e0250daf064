"""Who may do what. Without accounts, whoever sits at the machine may edit."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends


@dataclass(frozen=True)
class Actor:
    """Who stands behind a change: the name that its revision keeps."""

    name: str


async def current_actor() -> Actor:
    """Whoever sits at this machine: the server is bound to loopback."""
    return Actor("local editor")


CurrentActor = Annotated[Actor, Depends(current_actor)]
