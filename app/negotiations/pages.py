"""The pages of a negotiation: overview, timeline, comparison, rounds."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import Response

from app.database import ReadSession
from app.html import page
from app.negotiations.process import Process, process_by_slug

router = APIRouter()


async def current_process(request: Request, session: ReadSession, process: str | None = None) -> Process:
    """The process that ``?process=`` names, or the one in the settings; the masthead shows it."""
    found = process_by_slug(session, process or request.app.state.settings.process)
    if found is None:
        raise HTTPException(404, "There is no such process here.")
    request.state.process = found
    return found


CurrentProcess = Annotated[Process, Depends(current_process)]


@router.get("/")
async def overview(request: Request, process: CurrentProcess) -> Response:
    """Where the talks stand."""
    return page(request, "negotiations/overview.html", {"process": process})
