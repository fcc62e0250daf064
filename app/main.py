"""The web application: its pages, behind its protection."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, Response

import app.tables  # noqa: F401
from app.database import open_engine, reading
from app.evidence import pages as evidence
from app.exports import pages as exports
from app.html import page
from app.intake import pages as intake
from app.negotiations import pages as negotiations
from app.negotiations.process import processes
from app.protection import HEADERS, Protection, TooLarge
from app.settings import CHECKOUT, Settings, settings


def create_app(given: Settings | None = None) -> FastAPI:
    """The application for these settings, or for those of the environment."""
    chosen = given or settings()

    @asynccontextmanager
    async def lifespan(application: FastAPI) -> AsyncIterator[None]:
        application.state.engine = open_engine(chosen.database)
        yield
        application.state.engine.dispose()

    application = FastAPI(
        title="Rapporteur",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        middleware=[Middleware(Protection, settings=chosen), Middleware(GZipMiddleware)],
        exception_handlers={HTTPException: refused, TooLarge: too_large, Exception: failed},
    )
    application.state.settings = chosen
    application.mount("/static", StaticFiles(directory=CHECKOUT / "static"), name="static")
    for pages in (intake, evidence, negotiations, exports):
        application.include_router(_answering_heads(pages.router))
    return application


def _answering_heads(router: APIRouter) -> APIRouter:
    """The router, which gives the headers alone too wherever it gives a page or data."""
    for route in router.routes:
        if isinstance(route, APIRoute) and route.methods and "GET" in route.methods:
            route.methods.add("HEAD")
    return router


async def refused(request: Request, error: Exception) -> Response:
    """A page of our own for what is not there or not allowed; data for those who asked for data."""
    assert isinstance(error, HTTPException)
    if request.url.path.endswith((".json", ".csv")):
        return JSONResponse({"error": error.detail}, error.status_code)
    if not hasattr(request.state, "process"):
        with reading(request.app.state.engine) as session:
            known = request.state.processes = processes(session)
        first, named = request.app.state.settings.process, request.query_params.get("process")
        shown = {row.slug: row for row in known}
        request.state.process = shown.get(named or first) or shown.get(first)
    template = "not_found.html" if error.status_code == 404 else "refused.html"
    return page(request, template, {"detail": error.detail}, status=error.status_code)


async def too_large(request: Request, error: Exception) -> Response:
    """The request was cut off at the limit."""
    return page(request, "refused.html", {"detail": str(error)}, status=413)


async def failed(request: Request, _error: Exception) -> Response:
    """Something broke on our side: the error itself goes to the log alone."""
    answer = page(request, "failed.html", {}, status=500)
    answer.headers.update(HEADERS)  # this answer is made outside of the protection
    return answer
