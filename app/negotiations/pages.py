"""The pages of a negotiation: overview, timeline, comparison, rounds."""

from dataclasses import replace
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from app.database import ReadSession
from app.exports.listing import FORMATS, listing
from app.exports.negotiation import (
    POSITION_COLUMNS,
    RECORD_COLUMNS,
    ROUND_COLUMNS,
    position_rows,
    record_rows,
    round_rows,
)
from app.html import absolute, page
from app.negotiations.chips import chips
from app.negotiations.comparison import Question, compare
from app.negotiations.entry import entries
from app.negotiations.filters import KINDS, Filters, read_filters
from app.negotiations.meeting import meeting
from app.negotiations.overview import overview
from app.negotiations.process import Process, processes
from app.negotiations.quotes import quotes
from app.negotiations.round import present_slugs, rounds
from app.negotiations.story import told_position
from app.negotiations.strip import strip
from app.negotiations.timeline import timeline

router = APIRouter()
QUOTES_IN_PLACE = 3
QUOTES_ON_PAGE = 50


async def current_process(request: Request, session: ReadSession, process: str | None = None) -> Process:
    """The process that ``?process=`` names, or the one in the settings; the masthead shows it."""
    known = processes(session)
    slug = process or request.app.state.settings.process
    found = next((row for row in known if row.slug == slug), None)
    if found is None:
        raise HTTPException(404, "There is no such process here.")
    request.state.process, request.state.processes = found, known
    return found


async def asked_form(form: str) -> str:
    """The ending of the address: json or csv."""
    if form not in FORMATS:
        raise HTTPException(404)
    return form


CurrentProcess = Annotated[Process, Depends(current_process)]
Form = Annotated[str, Depends(asked_form)]


@router.get("/")
async def show_overview(request: Request, session: ReadSession, process: CurrentProcess) -> Response:
    """Where the talks stand."""
    return page(request, "negotiations/overview.html", {"process": process, "view": overview(session, process.id)})


@router.get("/timeline")
async def show_timeline(request: Request, session: ReadSession, process: CurrentProcess) -> Response:
    """What happened when."""
    filters = _filters(request, session, process)
    found = timeline(session, process.id, filters)
    pages = found.pages
    asked = request.query_params.get("page")
    number = min(_number(asked) if asked else found.page_of(request.query_params.get("at", "")), len(pages))
    shown = [happening for group in pages[number - 1] for happening in group.happenings]
    context = {
        "filters": filters,
        "chips": chips(filters, found.words),
        "kinds": KINDS,
        "timeline": found,
        "strip": strip(found),
        "groups": pages[number - 1],
        "entries": entries(session, shown, found.words),
        "number": number,
        "pages": len(pages),
    }
    return page(request, "negotiations/timeline.html", context, block="view")


@router.get("/timeline.{form}")
async def give_timeline(request: Request, form: Form, session: ReadSession, process: CurrentProcess) -> Response:
    """The timeline's records as data."""
    filters = _filters(request, session, process)
    found = timeline(session, process.id, filters)
    rows = record_rows(entries(session, found.happenings, found.words, each=None).values(), partial(absolute, request))
    about = {"process": process.slug, "filters": filters.parameters, "unknown": found.unknown}
    return listing(form, rows, about=about, columns=RECORD_COLUMNS, name=f"{process.slug}-timeline")


@router.get("/compare")
async def show_comparison(request: Request, session: ReadSession, process: CurrentProcess) -> Response:
    """Who wants what."""
    question = _question(request, session, process)
    found = compare(session, process.id, question)
    place = request.query_params.get("open", "")
    opened = told_position(session, process.id, place, question, QUOTES_IN_PLACE) if place else None
    context = {"question": question, "comparison": found, "asked": _asked(question), "opened": opened}
    return page(request, "negotiations/compare.html", context, block="view")


@router.get("/compare.{form}")
async def give_comparison(request: Request, form: Form, session: ReadSession, process: CurrentProcess) -> Response:
    """The positions as data."""
    question = _question(request, session, process)
    found = compare(session, process.id, question)
    keys = [("demand", told.stand.id) for row in found.rows for cell in row.cells for told in cell.said]
    rows = position_rows(found, quotes(session, keys), partial(absolute, request))
    about = {"process": process.slug, "filters": _asked(question), "unknown": found.unknown}
    return listing(form, rows, about=about, columns=POSITION_COLUMNS, name=f"{process.slug}-comparison")


@router.get("/compare/{issue}/{party}")
async def show_position(
    request: Request, issue: str, party: str, session: ReadSession, process: CurrentProcess
) -> Response:
    """One party's position on one issue: its quotes, and its story over the rounds."""
    question = _question(request, session, process)
    in_place = request.headers.get("HX-Request") == "true" and request.headers.get("HX-Request-Type") != "full"
    each = QUOTES_IN_PLACE if in_place else QUOTES_ON_PAGE
    told = told_position(session, process.id, f"{issue}/{party}", question, each)
    if told is None:
        raise HTTPException(404, "There is no such issue or party in this process.")
    context = {"position": told, "in_place": in_place, "asked": _asked(question)}
    return page(request, "negotiations/position.html", context, block="story")


@router.get("/rounds.{form}")
async def give_rounds(request: Request, form: Form, session: ReadSession, process: CurrentProcess) -> Response:
    """The rounds as data."""
    rows = round_rows(rounds(session, process.id), partial(absolute, request))
    return listing(form, rows, about={"process": process.slug}, columns=ROUND_COLUMNS, name=f"{process.slug}-rounds")


@router.get("/rounds/{slug}.{form}")
async def give_round(
    request: Request, slug: str, form: Form, session: ReadSession, process: CurrentProcess
) -> Response:
    """What happened at one round, as data."""
    found = meeting(session, process.id, slug, each=None)
    if found is None:
        return _where_it_is_now(request, session, process, slug, f".{form}")
    whole = partial(absolute, request)
    about = {"process": process.slug, "round": round_rows([found.round], whole)[0]}
    rows = record_rows(found.entries, whole)
    return listing(form, rows, about=about, columns=RECORD_COLUMNS, name=found.round.slug)


@router.get("/rounds/{slug}")
async def show_round(request: Request, slug: str, session: ReadSession, process: CurrentProcess) -> Response:
    """One round."""
    found = meeting(session, process.id, slug)
    if found is None:
        return _where_it_is_now(request, session, process, slug)
    return page(request, "negotiations/round.html", {"meeting": found, "round": found.round})


def _where_it_is_now(request: Request, session: ReadSession, process: Process, slug: str, ending: str = "") -> Response:
    (now,) = present_slugs(session, process.id, [slug])
    if now == slug:
        raise HTTPException(404, "There is no such round in this process.")
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/rounds/{now}{ending}{query}", 308)


def _filters(request: Request, session: ReadSession, process: Process) -> Filters:
    filters = read_filters(request.query_params.multi_items())
    return replace(filters, rounds=tuple(dict.fromkeys(present_slugs(session, process.id, filters.rounds))))


def _question(request: Request, session: ReadSession, process: Process) -> Question:
    given = request.query_params
    as_of, against = present_slugs(session, process.id, [given.get("as_of", ""), given.get("against", "")])
    return Question(
        as_of=as_of,
        against=against,
        parties=tuple(party for party in given.getlist("party") if party),
        theme=given.get("theme", ""),
        confirmed=given.get("confirmed", "") not in ("", "0"),
    )


def _asked(question: Question) -> dict[str, Any]:
    """The query string's parameters that ask the same; empty ones are left out."""
    given = {
        "as_of": question.as_of,
        "against": question.against,
        "party": list(question.parties),
        "theme": question.theme,
        "confirmed": "1" if question.confirmed else "",
    }
    return {name: value for name, value in given.items() if value}


def _number(text: str | None) -> int:
    """A page's number; the first where the address gives none."""
    return max(1, int(text)) if text and text.isascii() and text.isdigit() and len(text) < 10 else 1
