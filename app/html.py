"""Pages from templates: whole, or the one block that htmx swaps."""

from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, pass_context
from jinja2.runtime import Context
from jinja2_fragments.fastapi import Jinja2Blocks
from starlette.responses import Response

from app.settings import CHECKOUT

environment = Environment(
    loader=FileSystemLoader(CHECKOUT / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
templates = Jinja2Blocks(env=environment)


def page(
    request: Request, template: str, context: dict[str, Any], *, block: str | None = None, status: int = 200
) -> Response:
    """The template as a page; for a request that htmx made for a part of a page, its ``block`` alone.

    Going back, htmx asks for the whole page (``HX-Request-Type: full``). A part is never kept by a cache: a
    browser that goes back to its address would show it in the whole page's place.
    """
    partial = block if block and _wants_part(request) else None
    answer = templates.TemplateResponse(request, template, context, status_code=status, block_name=partial)
    answer.headers["Vary"] = "HX-Request, HX-Request-Type"
    answer.headers["Cache-Control"] = "no-store" if partial else "no-cache"
    return answer


def _wants_part(request: Request) -> bool:
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Request-Type") != "full"


def day(value: date | str | None, precision: str | None = None, *, beside: date | None = None) -> str:
    """A date as people write it: ``2 June 2025``, or ``May 2025`` where only the month is known.

    Takes ISO 8601 too (``2025-05`` is a month). Beside a date of the same year the year is left out.
    """
    if value is None:
        return "date not reported"
    if isinstance(value, str):
        return _reported_day(value)
    if precision == "month":
        return f"{value:%B %Y}"
    return f"{value.day} {value:%B}" if beside and beside.year == value.year else f"{value.day} {value:%B %Y}"


def _reported_day(text: str) -> str:
    """A date that an article gave, as it stands where it is no date of the calendar."""
    month = len(text) == len("2025-05")
    try:
        return day(date.fromisoformat(f"{text}-01" if month else text), "month" if month else "day")
    except ValueError:
        return text


def counted(number: int, one: str, several: str | None = None) -> str:
    """A number with its noun: ``1 article``, ``1,200 articles``, ``2 parties``."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


@pass_context
def address(context: Context, path: str, **parameters: Any) -> str:
    """A path of this site with parameters (what is empty stays out), in the process that the page shows.

    A path may bring parameters and a fragment of its own.
    """
    return _with(path, named_process(context), parameters)


@pass_context
def named_process(context: Context) -> str | None:
    """The process that addresses on this page have to name; None on pages of the process that is shown first."""
    request: Request | None = context.get("request")
    return _named(request) if request else None


def absolute(request: Request, path: str) -> str:
    """The whole address of a path, for data that leaves the site."""
    return str(request.base_url).rstrip("/") + _with(path, _named(request), {})


def _named(request: Request) -> str | None:
    named = request.query_params.get("process")
    shown = getattr(request.state, "process", None)
    if shown is None or shown.slug == named:
        return named
    slug: str = shown.slug
    return None if slug == request.app.state.settings.process else slug


def _with(path: str, process: str | None, parameters: dict[str, Any]) -> str:
    asked = urlsplit(path)
    given = {"process": process, **parse_qs(asked.query), **parameters}
    query = urlencode({name: value for name, value in given.items() if value}, doseq=True)
    return urlunsplit(asked._replace(query=query))


@cache
def asset(path: str) -> str:
    """The address of a file under static/, which changes with its content."""
    return f"/static/{path}?v={sha256((CHECKOUT / 'static' / path).read_bytes()).hexdigest()[:10]}"


environment.filters.update(day=day, counted=counted)
environment.globals.update(address=address, asset=asset, named_process=named_process)
