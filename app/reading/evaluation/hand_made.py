"""A folder of hand-made readings: ``ID.txt``, ``ID.json`` in the form of the annotation guide, and ``ID.meta.json``.

The last is optional: it gives the process, publisher, style and split where the reading itself does not.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from app.reading.evaluation.annotation import AnnotatedReading


class Unusable(ValueError):
    """A folder or file that no figures can be made from; says what to do."""


class About(BaseModel):
    """What is known about an article beside its text."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    title: str | None = None
    url: str | None = None
    published: str | None = None
    publisher: str | None = None
    process: str | None = None
    style: str | None = None
    split: str | None = None


class HandMade(NamedTuple):
    """An article and what a person read in it."""

    text: str
    about: About
    reading: AnnotatedReading

    @property
    def id(self) -> str:
        """The article's id, as its reading names it."""
        return self.reading.id


def hand_made(folder: Path, process: str) -> list[HandMade]:
    """The readings of a folder, or of its folder ``articles``, by name; an article is of ``process`` unless it says.

    Raises:
        Unusable: there is no such folder, it holds no readings, or a file is malformed.
    """
    if not folder.is_dir():
        raise Unusable(f"There is no folder {folder}: name one that holds ID.txt and ID.json for each article.")
    inside = folder / "articles"
    paths = _readings(inside if inside.is_dir() else folder)
    if not paths:
        raise Unusable(f"{folder} holds no readings: put ID.json beside ID.txt, in the form of the annotation guide.")
    made = [_hand_made(path, process) for path in paths]
    _check_ids(made, folder)
    return made


def machine_made(path: Path) -> dict[str, AnnotatedReading]:
    """The readings in a file of JSON lines, as ``rapporteur read`` writes them, by the article's id.

    Raises:
        Unusable: the file cannot be read, or a line is malformed.
    """
    lines = enumerate(_text(path).splitlines(), start=1)
    readings = [_reading(_object(line, f"{path}, line {number}"), f"{path}, line {number}") for number, line in lines]
    return {reading.id: reading for reading in readings}


def _readings(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.json")) if not path.name.endswith(".meta.json")]


def _hand_made(path: Path, process: str) -> HandMade:
    given = _object(_text(path), str(path))
    beside = path.with_suffix(".meta.json")
    known = _object(_text(beside), str(beside)) if beside.is_file() else {}
    about = _about({"process": process} | _told(known) | _told(given), str(path))
    return HandMade(_text(path.with_suffix(".txt")), about, _reading(given, str(path)))


def _told(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in About.model_fields if values.get(name) is not None}


def _reading(given: dict[str, Any], where: str) -> AnnotatedReading:
    try:
        return AnnotatedReading.model_validate(given)
    except ValidationError as error:
        raise Unusable(_malformed(error, where)) from error


def _about(given: dict[str, Any], where: str) -> About:
    try:
        return About.model_validate(given)
    except ValidationError as error:
        raise Unusable(_malformed(error, where)) from error


def _malformed(error: ValidationError, where: str) -> str:
    first = error.errors()[0]
    return f"{where}: {'.'.join(map(str, first['loc']))}: {first['msg']}. The annotation guide has the form."


def _object(text: str, where: str) -> dict[str, Any]:
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unusable(f"{where} is not JSON: {error.msg} (line {error.lineno}, column {error.colno}).") from error
    if not isinstance(given, dict):
        raise Unusable(f"{where} is not a JSON object.")
    return given


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise Unusable(f"{path} is missing.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"{path} cannot be read as a text in UTF-8: {error}.") from error


def _check_ids(made: Iterable[HandMade], folder: Path) -> None:
    seen: set[str] = set()
    for one in made:
        if one.id in seen:
            raise Unusable(f'{folder}: two readings have the "id" {one.id!r}.')
        seen.add(one.id)
