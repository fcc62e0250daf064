"""The sentences that the learned reader is made from, and the articles that it is measured on."""

import json
from pathlib import Path

import pytest

from app.reading.vocabulary import Vocabulary
from app.settings import vocabulary_path
from training.passages import HERE, Meeting, Result, Seat, Stated, pieces

FILES = sorted((HERE / "passages").glob("*.txt"))
ARTICLES = Path("evaluation/articles")
READ = sorted(path for path in ARTICLES.glob("*.json") if not path.name.endswith(".meta.json"))


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "some.txt"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_passage_file_is_well_formed(path: Path) -> None:
    held = list(pieces(path))
    lines = [line for piece in held for line in piece.lines if line.learned]
    assert len(lines) > 40
    assert any(line.labels for line in lines)
    assert path.stem == "ru-ua-contrary" or sum(not line.labels for line in lines) > 0.3 * len(lines)


def test_no_sentence_stands_twice() -> None:
    lines = [line.text for path in FILES for piece in pieces(path) for line in piece.lines if len(line.text) > 60]
    assert len(lines) > 7000
    assert len(lines) == len(set(lines))


def test_a_piece_is_read_with_all_its_labels(tmp_path: Path) -> None:
    text = """%% russia-ukraine | 2026-02-17 | wire
## A heading
Moscow said no to a truce. || russia ceasefire -

They swapped 300 each. || ! prisoner-exchange implemented 300 ; @ 2026-02-17 Abu_Dhabi mediated held 3
~ For the context only.
An envoy led the team. || ^ russia head An_Envoy of 2026-02-17 ; ! further-talks agreed of 2026-02
"""
    (piece,) = pieces(written(tmp_path, text))
    assert [line.labels for line in piece.lines] == [
        (),
        (Stated("russia", "ceasefire", "against"),),
        (
            Result("prisoner-exchange", "implemented", 300),
            Meeting("2026-02-17", "Abu Dhabi", "mediated", "held", 3),
        ),
        (),
        (Seat("russia", "head", "An Envoy", "2026-02-17"), Result("further-talks", "agreed", None, "2026-02")),
    ]
    assert [line.learned for line in piece.lines] == [False, True, True, False, True]
    assert [line.block for line in piece.lines] == [0, 0, 1, 1, 1]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("No head yet.", "before the first"),
        ("%% russia-ukraine | 2026-01-01 | wire\nA. || russia peace +", "'peace' is not one of"),
        ("%% russia-ukraine | 2026-01-01 | wire\nA. || ! prisoner-exchange done", "'done' is not one of"),
        ("%% russia-ukraine | 2026-01-01 | wire\nA. || @ Monday ? direct held", "no date: Monday"),
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(ValueError, match=r"some\.txt:") as refused:
        list(pieces(written(tmp_path, line)))
    assert told in str(refused.value)


@pytest.mark.parametrize("path", READ, ids=lambda path: path.stem)
def test_the_evaluation_set_quotes_its_articles(path: Path) -> None:
    reading, text = json.loads(path.read_text(encoding="utf-8")), path.with_suffix(".txt").read_text(encoding="utf-8")
    meta = json.loads(path.with_name(f"{path.stem}.meta.json").read_text(encoding="utf-8"))
    vocabulary = Vocabulary.load(vocabulary_path(meta["process"]))
    assert meta["split"] in {"tune", "test"}
    assert {one["issue"] for one in reading["demands"]} <= {issue.slug for issue in vocabulary.issues}
    assert {one["kind"] for one in reading["outcomes"]} <= {kind.slug for kind in vocabulary.outcome_kinds}
    assert all(one["quote"] in text for one in (*reading["demands"], *reading["outcomes"]))
    assert reading["about_talks"] or not (reading["rounds"] or reading["demands"] or reading["outcomes"])


def test_the_evaluation_set_is_halved() -> None:
    halves = [json.loads(path.read_text(encoding="utf-8"))["split"] for path in ARTICLES.glob("*.meta.json")]
    assert len(halves) == len(READ) >= 60
    assert abs(halves.count("tune") - halves.count("test")) <= 2
