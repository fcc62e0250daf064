"""The pages of the articles: the library, and one article beside the records that it supports."""

from functools import partial
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Depends, HTTPException, Request
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.accounts.access import CurrentActor
from app.database import ReadSession, writing
from app.evidence.article import READING_STATES
from app.evidence.documents.kinds import Kind
from app.evidence.documents.stated_sources import StatedSource, stated_sources
from app.evidence.highlights import Span, grouped, paragraphs
from app.evidence.language_names import language_name, language_names
from app.evidence.library import WAITING, ShownArticle, article_by_slug, kept
from app.exports.articles import COLUMNS, annotated, library_row
from app.exports.listing import listing
from app.html import absolute, page
from app.intake.compared import as_data, behind_the_record, compared
from app.intake.form import Typed, complaints, corrections, emptied, typed
from app.intake.move import Stays
from app.intake.set_aside import set_aside
from app.intake.store import correct_article
from app.intake.worker import ring
from app.intake.writing import in_a_thread
from app.negotiations.finds import Find, finds_in
from app.negotiations.pages import CurrentProcess, Form
from app.negotiations.party import parties
from app.negotiations.process import Process, processes
from app.search.articles import (
    NOT_ABOUT_TALKS,
    PAGE,
    Filters,
    choices,
    count,
    everything,
    excerpts,
    listed,
    read_filters,
)
from app.search.excerpt import fragment

router = APIRouter()
MOST_PAGES = 1_000_000
BRIEF_OUTLET = "Rapporteur briefs"
"""The outlet that a process's starter briefs name as their own."""


async def asked(request: Request) -> Filters:
    """The filters of the address."""
    return read_filters(request.query_params)


Asked = Annotated[Filters, Depends(asked)]


@router.get("/articles")
async def library(request: Request, session: ReadSession, process: CurrentProcess, filters: Asked) -> Response:
    """The article library, newest first."""
    number = _page_number(request.query_params.get("page", ""))
    found = count(session, process.id, filters)
    rows = listed(session, process.id, filters, number)
    context = {
        "process": process,
        "filters": filters,
        "rows": rows,
        "found": found,
        "number": number,
        "pages": max(1, -(-found // PAGE)),
        "excerpts": excerpts(session, [row.id for row in rows], filters.q) if filters.q else {},
        "choices": choices(session, process.id),
        "brief_outlet": BRIEF_OUTLET,
        "fragment": fragment,
        "states": (*READING_STATES, NOT_ABOUT_TALKS),
    }
    return page(request, "evidence/library.html", context, block="results")


@router.get("/articles.{form}")
async def library_data(
    request: Request, session: ReadSession, form: Form, process: CurrentProcess, filters: Asked
) -> Response:
    """All articles that meet the filters, as data."""
    session.close()  # a long listing takes a connection of its own in its thread, and only then
    engine, process_id = request.app.state.engine, process.id
    about = {"process": process.slug, "filters": filters.parameters}
    name = f"{process.slug}-articles"

    def give() -> Response:
        rows = [library_row(row) for row in everything(engine, process_id, filters)]
        return listing(form, rows, about=about, columns=COLUMNS, name=name)

    return await in_a_thread(give)


@router.get("/articles/{slug}.json")
async def article_json(request: Request, session: ReadSession, slug: str) -> Response:
    """One article with its annotations, in the shape of W3C Web Annotations."""
    article = _article(session, slug)
    process = _show_process(request, session, article)
    base = str(request.base_url).rstrip("/")
    return JSONResponse(
        annotated(article, finds_in(session, article.id), process.slug, base, partial(absolute, request))
    )


@router.get("/articles/{slug}/original")
async def original(session: ReadSession, slug: str) -> Response:
    """The bytes as they were taken in: to save, never to be shown by the browser."""
    found = kept(session, slug) if slug.isprintable() else None
    if found is None:
        raise HTTPException(404, "There is no such article here.")
    name = found.filename or f"{slug}{_ENDINGS.get(found.media_type, '')}"
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in ".-_ ") else "_" for sign in name)
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(found.content, media_type="application/octet-stream", headers=headers)


@router.get("/articles/{slug}/readings.json")
async def readings_json(request: Request, session: ReadSession, slug: str) -> Response:
    """What each reader found in an article, as data."""
    article = _article(session, slug)
    _show_process(request, session, article)
    found = compared(session, article.id, article.process_id)
    return JSONResponse(as_data(found, absolute(request, f"/articles/{slug}")))


@router.get("/articles/{slug}/readings")
async def readings(request: Request, session: ReadSession, slug: str) -> Response:
    """What each reader found in an article, side by side."""
    article = _article(session, slug)
    _show_process(request, session, article)
    context = {"article": article, "found": compared(session, article.id, article.process_id)}
    return page(request, "intake/readings.html", context)


_ENDINGS = {"text/plain": ".txt", "text/markdown": ".md", "text/html": ".html", "application/pdf": ".pdf"}


@router.get("/articles/{slug}")
async def one_article(request: Request, session: ReadSession, slug: str) -> Response:
    """One article: its text with the quotes in place, beside the records that they support.

    ``seen`` is the reading state that a waiting page shows already: while it stays, there is nothing to send (204).
    An article that has gone to another process than the page is ``of`` needs the whole page anew.
    """
    article = _article(session, slug)
    if request.query_params.get("seen") == article.reading_state:
        return Response(status_code=204)
    if request.query_params.get("of", str(article.process_id)) != str(article.process_id):
        return Response(status_code=204, headers={"HX-Refresh": "true"})
    return _article_page(request, session, article, _as_found(session, article), {})


@router.post("/articles/{slug}/corrections")
async def correct(request: Request, session: ReadSession, actor: CurrentActor, slug: str) -> Response:
    """Correct what is known about an article; its text never changes."""
    async with request.form(max_files=0) as form:  # first: a body that dawdles must hold no connection
        given, cleared = typed(form), emptied(form)
    article = _article(session, slug)
    known = {row.slug: row.id for row in processes(session)}
    wrong = complaints(given, known) | ({} if given.title else {"title": "An article needs a title."})
    if wrong:
        return _article_page(request, session, article, given, wrong, status=422)
    session.close()  # the write must not wait for our own reading
    engine = request.app.state.engine

    def write() -> None:
        with writing(engine) as own:
            correct_article(own, article.id, corrections(given, cleared, known), actor.name)
        ring(engine)

    try:
        await in_a_thread(write)
    except Stays as reason:
        return _article_page(request, session, article, given, {"process": str(reason)}, status=422)
    return RedirectResponse(f"/articles/{slug}?corrected=1", 303)


def _article(session: Session, slug: str) -> ShownArticle:
    found = article_by_slug(session, slug) if slug.isprintable() else None
    if found is None:
        raise HTTPException(404, "There is no such article here.")
    return found


def _show_process(request: Request, session: Session, article: ShownArticle) -> Process:
    """The article's process, which its page is of whatever the address says."""
    known = request.state.processes = processes(session)
    found: Process = next(row for row in known if row.id == article.process_id)
    request.state.process = found
    return found


def _article_page(
    request: Request, session: Session, article: ShownArticle, given: Typed, wrong: dict[str, str], status: int = 200
) -> Response:
    process = _show_process(request, session, article)
    finds = finds_in(session, article.id)
    spans = [Span(quote.id, quote.start, quote.end) for find in finds for quote in find.quotes]
    linked = behind_the_record(session, article.id)
    context = {
        "article": article,
        "linked": linked,
        "process": process,
        "finds": finds,
        "groups": grouped(paragraphs(article.text, spans), set_aside(article.text, linked.reading if linked else None)),
        "numbered": _numbered(finds),
        "tones": {party.slug: party.tone for party in parties(session, article.process_id)},
        "waiting": article.reading_state in WAITING,
        "stated_sources": _stated_sources(session, article),
        "brief_outlet": BRIEF_OUTLET,
        "publisher": _web_address(article.address),
        "language": language_name(article.language),
        "languages": language_names(),
        "typed": given,
        "wrong": wrong,
    }
    return page(request, "evidence/article.html", context, block="reading", status=status)


def _stated_sources(session: Session, article: ShownArticle) -> list[StatedSource]:
    """What a document in Markdown, such as a starter brief, says that it rests on."""
    if article.media_type != Kind.MARKDOWN:
        return []
    found = kept(session, article.slug)
    return stated_sources(found.content, found.media_type) if found else []


def _numbered(finds: list[Find]) -> dict[int, tuple[int, Find]]:
    """The record behind each citation, with its number on the page."""
    return {quote.id: (number, find) for number, find in enumerate(finds, 1) for quote in find.quotes}


def _as_found(session: Session, article: ShownArticle) -> Typed:
    return Typed(
        process=session.get_one(Process, article.process_id).slug if article.process_given else "",
        title=article.title,
        outlet=article.outlet or "",
        author=article.author or "",
        published=article.published_on.isoformat() if article.published_on else "",
        language=article.language or "",
    )


def _web_address(address: str | None) -> dict[str, Any] | None:
    """The publisher's address and host, if a link may lead there."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    return (
        {"address": address, "host": parts.hostname} if parts.scheme in ("http", "https") and parts.hostname else None
    )


def _page_number(text: str) -> int:
    return min(max(int(text), 1), MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 9 else 1
