"""Adding articles: the form, what became of what was given, and how far its reading has come."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import IO
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from app.accounts.access import CurrentActor
from app.database import ReadSession, writing
from app.evidence.documents import Document, from_address, from_file, from_paste
from app.evidence.language_names import language_names
from app.evidence.library import WAITING, Progress, progress
from app.html import page
from app.intake.form import NOTHING_GIVEN, ONE_TITLE, Typed, complaints, corrections, typed, wrong_date
from app.intake.store import Corrections, Stored, correct_article
from app.intake.take_in import Given, TakenIn, take_in
from app.intake.worker import ring
from app.intake.writing import in_a_thread
from app.negotiations.finds import counts_in
from app.negotiations.pages import CurrentProcess, current_process
from app.settings import Settings

router = APIRouter()
FIELDS = 50
"""Most fields that are read of a form; ours has fewer, so that only a made-up request has more."""


@router.get("/articles/new", dependencies=[Depends(current_process)])
async def new(request: Request) -> Response:
    """The form that takes articles in; ``address`` in the query string fills that field."""
    return _form(request, Typed(address=request.query_params.get("address", "")), {}, TakenIn())


@router.post("/articles/new")
@router.post("/articles")
async def add(request: Request, session: ReadSession, process: CurrentProcess, actor: CurrentActor) -> Response:
    """Take in what was pasted, uploaded and pointed to; each document by itself."""
    settings: Settings = request.app.state.settings
    process_id, known = process.id, _processes(request)
    session.close()  # a long fetch must not hold a transaction open
    try:
        form = await request.form(
            max_files=settings.upload_files * 4, max_fields=FIELDS, max_part_size=settings.request_bytes
        )
    except HTTPException as error:
        return _form(request, Typed(), {"form": f"The form could not be read: {error.detail}"}, TakenIn(), 422)
    try:
        given = typed(form)
        documents = _documents(form, given, settings)
        wrong = complaints(given, known) | _wrong_number(documents, given, settings)
        if wrong:
            files = any(one.field == "file" for one in documents)
            return _form(request, given, wrong, TakenIn(), 422, files_given=files)
        engine = request.app.state.engine
        store = partial(take_in, engine, process_id, documents, corrections(given, processes=known), actor.name)
        result = await in_a_thread(partial(store, short_too=bool(given.short)))
    finally:
        await form.close()
    if result.refused:
        return _form(request, _left(given, result), {}, result, 422)
    return RedirectResponse(_destination(request, result.stored), 303)


@router.get("/articles/received", dependencies=[Depends(current_process)])
async def received(request: Request, session: ReadSession) -> Response:
    """The articles named by ``article``: how far their reading has come, and what was found in them.

    Those named by ``known`` as well were here before. Where no date was found, it is asked for.
    """
    return _received_page(request, session, {}, {})


@router.post("/articles/received/dates")
async def date_received(request: Request, session: ReadSession, actor: CurrentActor) -> Response:
    """Date the articles named by ``article``, each by its field ``published-SLUG``; empty fields leave them undated."""
    async with request.form(max_files=0) as form:  # first: a body that dawdles must hold no connection
        typed_dates = {name.removeprefix("published-"): str(value).strip() for name, value in form.items()}
    await current_process(request, session, request.query_params.get("process"))
    ids = {row.slug: row.id for row in _asked_for(request, session)}
    given = {slug: typed_dates.get(slug, "") for slug in ids}
    wrong = {slug: found for slug, day in given.items() if day and (found := wrong_date(day))}
    if wrong:
        return _received_page(request, session, given, wrong, status=422)
    dates = {slug: date.fromisoformat(day) for slug, day in given.items() if day}
    session.close()  # the write must not wait for our own reading
    engine = request.app.state.engine

    def write() -> None:
        with writing(engine) as own:
            for slug, day in dates.items():
                correct_article(own, ids[slug], Corrections(published_on=day), actor.name)
        ring(engine)

    await in_a_thread(write)
    return RedirectResponse(f"/articles/received?{request.url.query}", 303)


def _processes(request: Request) -> dict[str, int]:
    """The ids by slug of the processes that can be chosen."""
    return {row.slug: row.id for row in request.state.processes}


def _asked_for(request: Request, session: Session) -> list[Progress]:
    asked = [slug for slug in request.query_params.getlist("article") if slug.isprintable()]
    return progress(session, asked[: request.app.state.settings.upload_files * 4])


def _received_page(
    request: Request, session: Session, dates: dict[str, str], wrong: dict[str, str], status: int = 200
) -> Response:
    rows = _asked_for(request, session)
    context = {
        "rows": rows,
        "counts": counts_in(session, [row.id for row in rows]),
        "known": set(request.query_params.getlist("known")),
        "waiting": [row for row in rows if row.reading_state in WAITING],
        "names": {row.id: row.name for row in request.state.processes},
        "query": request.url.query,
        "undated": [row for row in rows if row.published_on is None or row.slug in wrong],
        "dates": dates,
        "wrong": wrong,
    }
    return page(request, "intake/received.html", context, block="progress", status=status)


def _left(given: Typed, result: TakenIn) -> Typed:
    """What still stands in the form once some of it was stored."""
    refused = {one.field for one in result.refused}
    kept = {name: getattr(given, name) if name in refused else "" for name in ("text", "address")}
    return replace(given, **kept)


def _documents(form: FormData, given: Typed, settings: Settings) -> list[Given]:
    """What was given, in the order of the form; nothing is read yet."""
    limit = settings.upload_bytes
    documents = []
    if given.text.strip():
        documents.append(Given("", "text", partial(from_paste, given.text, limit=limit)))
    for upload in form.getlist("file"):
        if isinstance(upload, UploadFile) and upload.filename:
            documents.append(Given(upload.filename, "file", partial(_from_upload, upload.file, upload.filename, limit)))
    if given.address:
        documents.append(Given(given.address, "address", partial(from_address, given.address, limit=limit)))
    return documents


def _from_upload(file: IO[bytes], name: str, limit: int) -> Document:
    return from_file(file.read(), name, limit=limit)


def _wrong_number(documents: Sequence[Given], given: Typed, settings: Settings) -> dict[str, str]:
    if not documents:
        return {"form": NOTHING_GIVEN}
    if len(documents) > settings.upload_files:
        return {"file": f"At most {settings.upload_files} articles are taken in at once; these are {len(documents)}."}
    return {"title": ONE_TITLE} if len(documents) > 1 and given.title else {}


def _form(
    request: Request,
    given: Typed,
    wrong: dict[str, str],
    result: TakenIn,
    status: int = 200,
    *,
    files_given: bool = False,
) -> Response:
    settings: Settings = request.app.state.settings
    context = {
        "typed": given,
        "files_given": files_given or any(one.field == "file" for one in result.refused),
        "wrong": wrong,
        "result": result,
        "mistakes": _mistakes(wrong, result),
        "languages": language_names(),
        "megabytes": settings.upload_megabytes,
        "files": settings.upload_files,
    }
    return page(request, "intake/new.html", context, status=status)


def _mistakes(wrong: dict[str, str], result: TakenIn) -> list[tuple[str, str]]:
    """What is wrong, as the page sums it up: the field that it concerns (the first where it is the whole form), why."""
    told = [(field if field != "form" else "text", message) for field, message in wrong.items()]
    named = [(one, "" if one.field != "file" or one.name in one.message else f"{one.name}: ") for one in result.refused]
    return told + [("short" if one.is_short else one.field, name + one.message) for one, name in named]


def _destination(request: Request, stored: Sequence[Stored]) -> str:
    slugs = list(dict.fromkeys(one.slug for one in stored))
    new = {one.slug for one in stored if one.is_new}
    known = [slug for slug in slugs if slug not in new]
    process = [("process", request.query_params["process"])] if "process" in request.query_params else []
    if len(slugs) == 1:
        query = urlencode(process + ([("known", "1")] if known else []))
        return f"/articles/{slugs[0]}" + (f"?{query}" if query else "")
    named = [("article", slug) for slug in slugs] + [("known", slug) for slug in known]
    return f"/articles/received?{urlencode(process + named)}"
