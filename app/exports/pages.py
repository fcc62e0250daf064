"""Taking the record along: downloads, how to cite, and how accurate the machine's reading is."""

from typing import Any

from fastapi import APIRouter, Depends, HTTPException, Request
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.responses import JSONResponse, Response

from app.database import now
from app.exports.accuracy import SIDE, accuracy, dots
from app.html import absolute, page
from app.negotiations.pages import CurrentProcess, current_process
from app.settings import CHECKOUT

router = APIRouter()
LISTINGS = {
    "/timeline": "Demands, outcomes and delegations, each with its quotes",
    "/compare": "Positions: who stands where on each issue, latest",
    "/rounds": "Rounds of talks",
    "/articles": "Articles: what the record rests on, without their texts",
}
"""The paths of what there is to download, and what each holds."""
HOW_IT_READS = CHECKOUT / "docs" / "reading.md"


@router.get("/data")
async def show_data(request: Request, process: CurrentProcess) -> Response:
    """Downloads, how to cite, and how accurate the reading is."""
    figures = accuracy()
    drawn = {kind: dots(found) for kind, found in figures.reliability.items()} if figures else {}
    context = {
        "process": process,
        "listings": LISTINGS,
        "site": absolute(request, "/"),
        "today": now().date(),
        "figures": figures,
        "drawn": drawn,
        "side": SIDE,
    }
    return page(request, "exports/data.html", context)


@router.get("/data.json")
async def give_data(request: Request, process: CurrentProcess) -> Response:
    """What there is to download, and the accuracy figures, as data."""
    figures = accuracy()
    return JSONResponse(
        {
            "process": process.slug,
            "downloads": [_download(request, path, holds) for path, holds in LISTINGS.items()],
            "accuracy": figures.model_dump(mode="json") if figures else None,
        }
    )


@router.get("/data/reading", dependencies=[Depends(current_process)])
async def show_reading(request: Request) -> Response:
    """How the reader reads, and how well: the project's own account of it."""
    try:
        text = HOW_IT_READS.read_text(encoding="utf-8")
    except OSError as error:
        raise HTTPException(404, "The account of how it reads does not come with this copy.") from error
    told = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    told = told.replace("<table>", '<table tabindex="0">')  # a wide table scrolls, also by keyboard
    account = Markup(told)  # noqa: S704 (our own text)
    return page(request, "exports/reading.html", {"account": account})


def _download(request: Request, path: str, holds: str) -> dict[str, Any]:
    return {"holds": holds} | {form: absolute(request, f"{path}.{form}") for form in ("json", "csv")}
