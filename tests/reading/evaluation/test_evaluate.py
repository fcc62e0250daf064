"""``rapporteur evaluate`` on a folder made here: its tables, its files, and what it says where it cannot."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from app.cli import commands
from app.reading.evaluation.figures import Figures

TEXT = (
    "Ukraine and Russia held a second round of talks in Istanbul on Monday. Kyiv demanded a full ceasefire. "
    "Rustem Umerov led the Ukrainian delegation. Both sides agreed to exchange 1,000 prisoners."
)
DEMAND = {"party": "ukraine", "issue": "ceasefire", "stance": "for", "quote": "Kyiv demanded a full ceasefire."}
READING: dict[str, Any] = {
    "id": "talks",
    "published": "2025-06-02",
    "about_talks": True,
    "rounds": [{"date": "2025-06-02", "city": "Istanbul"}],
    "delegations": [{"party": "ukraine", "round": "2025-06-02", "head": "Rustem Umerov"}],
    "demands": [DEMAND],
    "outcomes": [{"kind": "prisoner-exchange", "status": "agreed", "quantity": 1000, "round": "2025-06-02"}],
}


def evaluate(*arguments: object) -> Result:
    return CliRunner().invoke(commands, ["evaluate", *map(str, arguments)])


def write(folder: Path, name: str, text: str, reading: object, **about: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_text(text)
    (folder / f"{name}.json").write_text(json.dumps(reading))
    if about:
        (folder / f"{name}.meta.json").write_text(json.dumps(about))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "set" / "articles"
    write(articles, "talks", TEXT, READING, split="tune")
    write(articles, "garden", "Ten gardens.", {"id": "garden", "about_talks": False}, split="test", process="sudan")
    return tmp_path / "set"


def readings(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "machine.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines))
    return path


def test_reader_is_run_and_its_figures_kept(folder: Path, tmp_path: Path) -> None:
    ended = evaluate(folder, "--out", tmp_path / "out", "--about", "made up here")
    assert ended.exit_code == 0, ended.output
    figures = Figures.load(tmp_path / "out" / "accuracy.json")
    assert (figures.articles, figures.off_topic) == (2, 1)
    assert figures.processes == {"russia-ukraine": 1, "sudan": 1}
    assert figures.reader
    assert figures.about == "made up here"
    assert figures.scores["demands"].right == 1
    assert figures.off_topic_left_empty.share == 1
    assert figures.reliability["demands"].finds >= 1
    table = (tmp_path / "out" / "accuracy.md").read_text()
    assert table.strip() == ended.stdout.strip()
    assert "Expected calibration error of demands" in table


def test_readings_of_a_file_are_scored_without_reading(folder: Path, tmp_path: Path) -> None:
    given = readings(tmp_path, {**READING, "reader": "mine 2", "demands": [{**DEMAND, "stance": "against"}]})
    ended = evaluate(folder / "articles", "--readings", given, "--list")
    assert ended.exit_code == 0, ended.output
    assert ": mine 2 on 2 articles (1 russia-ukraine, 1 sudan; 1 off-topic)" in ended.stdout
    assert 'talks: missed demand {"party":"ukraine"' in ended.stdout
    assert 'talks: false demand {"party":"ukraine"' in ended.stdout
    assert "Not read: garden" in ended.stdout
    assert evaluate(folder, "--readings", given).stdout == evaluate(folder, "--readings", given).stdout


def test_two_people_are_compared_where_both_have_read(folder: Path, tmp_path: Path) -> None:
    write(tmp_path / "second", "talks", TEXT, {**READING, "outcomes": None})
    ended = evaluate(folder, "--against", tmp_path / "second")
    assert ": a second person on 1 article" in ended.stdout
    assert "| outcomes    | 1.000 (1.00–1.00) | 0.000" in ended.stdout


def test_process_and_split_choose_the_articles(folder: Path, tmp_path: Path) -> None:
    given = readings(tmp_path, READING, {"id": "garden"})
    assert "on 1 article (1 sudan" in evaluate(folder, "--readings", given, "--process", "sudan").stdout
    assert "1 off-topic, split test" in evaluate(folder, "--readings", given, "--split", "test").stdout
    ended = evaluate(folder, "--readings", given, "--process", "sudan", "--split", "tune")
    assert ended.exit_code == 2
    assert "russia-ukraine, split tune; sudan, split test" in ended.stderr


def test_what_cannot_be_used_is_named(folder: Path, tmp_path: Path) -> None:
    def says(*arguments: object) -> str:
        ended = evaluate(*arguments)
        assert ended.exit_code == 2
        return ended.stderr

    assert "There is no folder" in says(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    assert "put ID.json beside ID.txt" in says(tmp_path / "empty")
    assert "name one of built-in, llm" in says(folder, "--reader", "crystal ball")
    assert "Nothing was read of the articles" in says(folder, "--readings", readings(tmp_path, {"id": "else"}))
    assert "machine.jsonl, line 1: id: " in says(folder, "--readings", readings(tmp_path, {"rounds": []}))
    wrong = {**READING, "demands": [{**DEMAND, "stance": "maybe"}]}
    write(folder / "articles", "wrong", TEXT, wrong)
    assert "wrong.json: demands.0.stance: " in says(folder)
    (folder / "articles" / "wrong.json").write_text("{")
    assert "wrong.json is not JSON" in says(folder)
    (folder / "articles" / "wrong.json").write_text(json.dumps(READING))
    assert "two readings have the \"id\" 'talks'" in says(folder)
    (folder / "articles" / "wrong.txt").unlink()
    assert "wrong.txt is missing" in says(folder)


def test_article_of_a_process_that_is_not_here_is_named(folder: Path) -> None:
    write(folder / "articles", "else", TEXT, {"id": "else"}, process="atlantis")
    ended = evaluate(folder)
    assert ended.exit_code == 2
    assert "else: 'atlantis' is not among the processes" in ended.stderr
