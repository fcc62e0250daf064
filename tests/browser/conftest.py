"""A real browser on the real server."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from app.database import open_engine
from app.main import create_app
from app.settings import Settings
from tests.browser.chromium import FLAGS, find
from tests.conftest import NewDatabase
from tests.negotiations.talks import hold_talks

NewPage = Callable[..., Page]


@dataclass(frozen=True)
class Site:
    """A running server and its database."""

    address: str
    engine: Engine


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium, which asks nobody on the network."""
    return {**browser_type_launch_args, "executable_path": find(), "args": list(FLAGS)}


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The application in a thread, on a free port; gives its address."""
    server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning"))
    with socket.create_server(("127.0.0.1", 0)) as sock:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture
def site(new_database: NewDatabase) -> Iterator[Site]:
    """A server on an empty SQLite database of its own."""
    database = new_database("sqlite")
    engine = open_engine(database)
    with served(Settings(database_url=database)) as address:
        yield Site(address, engine)
    engine.dispose()


@pytest.fixture(scope="session")
def talks_site(tmp_path_factory: pytest.TempPathFactory, templates: dict[str, str]) -> Iterator[str]:
    """Address of a server that shows the known talks; tests only read there."""
    path = tmp_path_factory.mktemp("talks") / "rapporteur.sqlite"
    shutil.copy(str(make_url(templates["sqlite"]).database), path)
    engine = open_engine(f"sqlite:///{path}")
    hold_talks(engine)
    engine.dispose()
    with served(Settings(database_url=f"sqlite:///{path}", process="arvenia-beldor")) as address:
        yield address


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Opens a page of its own: ``width`` in pixels, ``scheme`` light or dark, ``scripts`` on or off.

    What the browser logs as an error, such as a breach of the Content-Security-Policy, fails the test.
    """
    opened: list[Page] = []
    errors: list[str] = []

    def note(message: Any) -> None:
        # The browser also logs an answer of 422, which is what a refused form gets.
        if message.type == "error" and "status of 422" not in message.text:
            errors.append(message.text)

    def make(width: int = 1280, scheme: Any = "light", scripts: bool = True) -> Page:
        size: Any = {"width": width, "height": 900}
        page = browser.new_context(viewport=size, color_scheme=scheme, java_script_enabled=scripts).new_page()
        page.set_default_timeout(15_000)
        page.on("console", note)
        page.on("pageerror", lambda error: errors.append(str(error)))
        opened.append(page)
        return page

    yield make
    for page in opened:
        page.context.close()
    assert errors == []


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:150]} {node['failureSummary']}" for one in found for node in one["nodes"]]


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
