"""Pages from templates: whole, or the one block that htmx swaps."""

from datetime import date, datetime
from typing import Any

from fastapi import Request
from jinja2_fragments.fastapi import Jinja2Blocks
from starlette.responses import Response

from app.settings import CHECKOUT

templates = Jinja2Blocks(directory=CHECKOUT / "templates", trim_blocks=True, lstrip_blocks=True)


def page(
    request: Request, template: str, context: dict[str, Any], *, block: str | None = None, status: int = 200
) -> Response:
    """The template as a page; for a request that htmx made, its ``block`` alone.

    The answer varies by ``HX-Request``, and says so to caches.
    """
    partial = block if block and request.headers.get("HX-Request") == "true" else None
    answer = templates.TemplateResponse(request, template, context, status_code=status, block_name=partial)
    answer.headers["Vary"] = "HX-Request"
    return answer


def day(value: date | datetime | None, precision: str | None = "day") -> str:
    """A date as people write it: ``2 June 2025``, or ``May 2025`` where only the month is known."""
    if value is None:
        return "date not reported"
    return f"{value:%B %Y}" if precision == "month" else f"{value.day} {value:%B %Y}"


templates.env.filters["day"] = day
