"""A process and its starter briefs: loaded once, however many start at once; brought up to date on each start."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml
from sqlalchemy import Engine, func, select

from app.database import reading, upgrade
from app.evidence.article import Article
from app.intake.starter import load_process
from app.negotiations.issue import Issue
from app.negotiations.party import Party
from app.negotiations.person import PersonName
from app.negotiations.process import Process
from app.settings import PROCESSES
from tests.test_schema import migrate

FOLDER = PROCESSES / "russia-ukraine"
BRIEFS = sorted((FOLDER / "briefs").glob("*.md"))
LIMIT = 1_000_000


def test_processes_that_start_at_once_migrate_and_load_once(engine: Engine) -> None:
    migrate(engine, "base")

    def start(_: int) -> None:
        upgrade(engine)
        load_process(engine, FOLDER, LIMIT, briefs=True)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(start, range(4)))
    with reading(engine) as session:
        counted = [session.scalar(select(func.count()).select_from(table)) for table in (Process, Issue, Article)]
    assert counted == [1, 23, len(BRIEFS)]


def test_briefs_are_taken_in_on_the_first_start_alone(engine: Engine) -> None:
    load_process(engine, FOLDER, LIMIT, briefs=False)
    load_process(engine, FOLDER, LIMIT, briefs=True)
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(Article)) == 0


def test_a_changed_vocabulary_is_brought_in_and_nothing_is_lost(engine: Engine, tmp_path: Path) -> None:
    load_process(engine, FOLDER, LIMIT, briefs=False)
    words = yaml.safe_load((FOLDER / "vocabulary.yaml").read_text())
    words["parties"][0]["name"] = "Another name"
    words["issues"] = words["issues"][:-1]
    (tmp_path / "vocabulary.yaml").write_text(yaml.safe_dump(words))
    load_process(engine, tmp_path, LIMIT, briefs=False)
    with reading(engine) as session:
        assert session.scalars(select(Party.name).order_by(Party.position)).first() == "Another name"
        assert session.scalar(select(func.count()).select_from(Issue)) == 23


def test_known_people_come_with_their_spellings(engine: Engine) -> None:
    load_process(engine, FOLDER, LIMIT, briefs=False)
    with reading(engine) as session:
        spelled = dict(session.execute(select(PersonName.folded, PersonName.person_id)).all())
    assert spelled["rustem umerov"] == spelled["umerow"]


def test_every_brief_is_dated_and_names_its_sources() -> None:
    assert 10 <= len(BRIEFS) <= 14
    for path in BRIEFS:
        _, front, text = re.split(r"^---$", path.read_text(), maxsplit=2, flags=re.MULTILINE)
        brief = yaml.safe_load(front)
        assert path.name.startswith(str(brief["published"])), path.name
        assert brief["sources"], path.name
        for source in brief["sources"]:
            assert {"outlet", "title", "facts"} <= set(source), (path.name, source)
        assert 150 < len(text.split()) < 500, path.name
