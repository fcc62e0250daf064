"""Bad surroundings are told in one clear line, before anything starts."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from sqlalchemy import select

from app.database import reading
from app.evidence.article import Article
from app.negotiations.process import processes
from app.settings import CHECKOUT, Settings, known_processes, settings
from app.surroundings import check_address, listening, read_settings, ready_engine
from tests.running import free_port


def told(capsys: pytest.CaptureFixture[str], *words: str) -> None:
    """Asserts that one line was printed, on standard error, with these words."""
    printed = capsys.readouterr()
    assert printed.out == ""
    (line,) = printed.err.splitlines()
    assert all(word in line for word in words), line


def test_taken_port(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = Settings(port=taken.getsockname()[1])
        with pytest.raises(typer.Exit):
            listening(settings)
    told(capsys, "Port", "RAPPORTEUR_PORT")


def test_free_port() -> None:
    with listening(Settings(port=free_port())) as sock:
        assert sock.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "talks.example"])
def test_listening_beyond_this_machine(capsys: pytest.CaptureFixture[str], host: str) -> None:
    with pytest.raises(typer.Exit):
        check_address(Settings(host=host))
    told(capsys, "does not listen", host)


def test_data_folder_that_cannot_be(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(typer.Exit):
        ready_engine(Settings(data=tmp_path / "file"))
    told(capsys, "data folder", "RAPPORTEUR_DATA")


def test_data_folder_that_is_read_only(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit):
        ready_engine(Settings(data=Path("/proc/self/rapporteur")))
    told(capsys, "data folder", "RAPPORTEUR_DATA")


def test_unknown_process(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(typer.Exit):
        ready_engine(Settings(data=tmp_path, process="atlantis"))
    told(capsys, "atlantis", "russia-ukraine")


def test_unknown_process_among_several(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(typer.Exit):
        ready_engine(Settings(data=tmp_path, processes="russia-ukraine, atlantis"))
    told(capsys, "RAPPORTEUR_PROCESSES names 'atlantis'", "russia-ukraine")


def test_all_processes_are_loaded_the_first_before_the_others(database: str, tmp_path: Path) -> None:
    chosen = Settings(data=tmp_path, database_url=database, processes="all")
    engine = ready_engine(chosen)
    with reading(engine) as session:
        loaded = [process.slug for process in processes(session)]
        briefs = session.scalars(select(Article.process_given).distinct()).all()
    engine.dispose()
    assert loaded == list(chosen.loaded)
    assert loaded[0] == "russia-ukraine"
    assert set(loaded) == set(known_processes())
    assert briefs == [True]


@pytest.mark.parametrize(
    ("given", "loaded"),
    [("", ("a",)), ("b", ("a", "b")), ("b, a,,b", ("a", "b")), ("all", ("a", *known_processes()))],
)
def test_processes_to_load(given: str, loaded: tuple[str, ...]) -> None:
    assert Settings(process="a", processes=given).loaded == loaded


@pytest.mark.parametrize("path", ["no-such-folder/x.sqlite", "."])
def test_sqlite_that_cannot_be_opened(capsys: pytest.CaptureFixture[str], tmp_path: Path, path: str) -> None:
    with pytest.raises(typer.Exit):
        ready_engine(Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path / path}"))
    told(capsys, "database")


def test_postgres_that_is_not_there_keeps_its_password_secret(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    address = f"postgresql://someone:secret-word@127.0.0.1:{free_port()}/talks"
    with pytest.raises(typer.Exit):
        ready_engine(Settings(data=tmp_path, database_url=address))
    printed = capsys.readouterr().err
    assert "127.0.0.1" in printed
    assert "secret-word" not in printed


@pytest.mark.parametrize("address", ["postgres://x@127.0.0.1/talks", "nonsense", "mysql://x@127.0.0.1/talks"])
def test_address_that_is_none_of_a_database(capsys: pytest.CaptureFixture[str], tmp_path: Path, address: str) -> None:
    with pytest.raises(typer.Exit):
        ready_engine(Settings(data=tmp_path, database_url=address))
    told(capsys, "RAPPORTEUR_DATABASE_URL")


def test_file_that_is_no_database(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "rapporteur.sqlite").write_text("This is no database, but a text of some length. " * 50)
    with pytest.raises(typer.Exit):
        ready_engine(Settings(data=tmp_path))
    told(capsys, "database")


def test_language_model_that_is_not_installed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(typer.Exit):
        ready_engine(Settings(data=tmp_path, language_model="en_core_web_nope"))
    told(capsys, "RAPPORTEUR_LANGUAGE_MODEL", "en_core_web_nope")


def test_setting_that_is_none(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORTEUR_PORT", "abc")
    settings.cache_clear()
    with pytest.raises(typer.Exit):
        read_settings()
    settings.cache_clear()
    told(capsys, "RAPPORTEUR_PORT", "abc")


def test_old_python_is_told_by_make(tmp_path: Path) -> None:
    old = tmp_path / "python-old"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.1\nexit 1\n')
    old.chmod(0o755)
    for name in ("requirements.txt", "pyproject.toml"):
        (tmp_path / name).touch()
    command = ["make", "-s", "-f", str(CHECKOUT / "Makefile"), "run", f"PYTHON={old}"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode != 0
    assert "needs Python 3.11 or newer; this is Python 3.9.1" in ended.stdout + ended.stderr


def test_command_line_tells_its_commands() -> None:
    shown = subprocess.run([sys.executable, "-m", "app.cli", "--help"], capture_output=True, text=True, check=True)
    listed = set(re.findall(r"^│ (\w[\w-]*) ", shown.stdout, flags=re.MULTILINE))
    assert listed == {"serve", "worker", "add", "compare", "evaluate", "read", "read-again"}
