"""``rapporteur add``: the same intake as the form's, from files and addresses."""

import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import select

from app.database import open_engine, reading
from app.evidence.article import Article

TEXT = "Delegations of Ukraine and Russia met in Istanbul on 2 June 2025 and spoke of prisoners."


def test_add_takes_in_what_it_can_and_names_the_rest(tmp_path: Path) -> None:
    (tmp_path / "talks.txt").write_text(TEXT)
    (tmp_path / "copy.txt").write_text(TEXT)
    (tmp_path / "empty.txt").touch()
    environment = {**os.environ, "RAPPORTEUR_DATA": str(tmp_path / "data"), "RAPPORTEUR_STARTER": "false"}
    given = ["talks.txt", "empty.txt", "absent.txt", "http://127.0.0.1:1/", "copy.txt"]
    command = [sys.executable, "-m", "app.cli", "add", *given]
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert [line.split(":")[0] for line in ended.stdout.splitlines()] == ["Added", "Already there"]
    assert all(f"{name}: " in ended.stderr for name in given[1:4])
    engine = open_engine(f"sqlite:///{tmp_path / 'data' / 'rapporteur.sqlite'}")
    with reading(engine) as session:
        assert session.scalars(select(Article.added_by)).all() == ["command line"]
    engine.dispose()
