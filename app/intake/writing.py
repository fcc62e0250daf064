"""Work that a request must not do on the event loop: reading documents, writing to the database."""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

AT_ONCE = 2
_limiter = CapacityLimiter(AT_ONCE)
Result = TypeVar("Result")


async def in_a_thread(work: Callable[[], Result]) -> Result:
    """The work's result; at most ``AT_ONCE`` such works run at a time, the others wait for their turn."""
    return await to_thread.run_sync(work, limiter=_limiter)
