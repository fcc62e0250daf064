"""The passages that the learned reader is trained on: sentences with all that they say. See ``training/README.md``."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from app.reading.reading import OutcomeStatus, RoundFormat, RoundStatus
from app.reading.vocabulary import Vocabulary
from app.settings import PROCESSES

HERE = Path(__file__).parent
STANCES = {"+": "for", "-": "against"}
DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?|unknown")


@dataclass(frozen=True)
class Stated:
    """A stance as a passage labels it; ``stance`` is ``for`` or ``against``."""

    party: str
    issue: str
    stance: str


@dataclass(frozen=True)
class Result:
    """An outcome as a passage labels it; ``round`` is the date of the round that it came of, if that is told."""

    kind: str
    status: str
    quantity: int | None = None
    round: str | None = None


@dataclass(frozen=True)
class Meeting:
    """A round as a passage labels it; ``date`` is partial ISO 8601 or ``unknown``."""

    date: str
    city: str | None
    format: str
    status: str
    ordinal: int | None = None


@dataclass(frozen=True)
class Seat:
    """A place in a delegation: ``part`` is ``head``, ``member`` or ``size``; ``round`` as of a result."""

    party: str
    part: str
    who: str
    round: str | None = None


Label = Stated | Result | Meeting | Seat


@dataclass(frozen=True)
class Line:
    """A sentence of a piece; ``learned`` says whether its labels are complete."""

    text: str
    block: int
    heading: bool = False
    learned: bool = True
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A piece of an invented article about one conflict."""

    source: str
    process: str
    published: str
    style: str
    lines: tuple[Line, ...]


@cache
def vocabulary(slug: str) -> Vocabulary:
    """The vocabulary of an invented conflict or of a process.

    Raises:
        FileNotFoundError: there is neither of that name.
    """
    own = HERE / "conflicts" / f"{slug}.yaml"
    return Vocabulary.load(own if own.exists() else PROCESSES / slug / "vocabulary.yaml")


def pieces(path: Path) -> Iterator[Piece]:
    """The pieces of a passage file.

    Raises:
        ValueError: a line is malformed; the message names it.
    """
    head: tuple[str, str, str] | None = None
    lines: list[Line] = []
    block = 0
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        try:
            if line.startswith("%%"):
                if head and lines:
                    yield Piece(path.stem, *head, tuple(lines))
                process, published, style = (part.strip() for part in line[2:].split("|"))
                head, lines, block = (process, published, style), [], 0
            elif not line:
                block += 1
            elif head is None:
                raise ValueError("a sentence before the first %% line")
            else:
                lines.append(_line(line, block, head[0]))
        except (ValueError, KeyError) as error:
            raise ValueError(f"{path.name}:{number}: {error}") from error
    if head and lines:
        yield Piece(path.stem, *head, tuple(lines))


def _line(line: str, block: int, process: str) -> Line:
    if line.startswith("## "):
        return Line(line[3:].strip(), block, heading=True, learned=False)
    if line.startswith("~ "):
        return Line(line[2:].strip(), block, learned=False)
    text, _, written = line.partition(" || ")
    labels = tuple(_label(one.split(), process) for one in written.split(";") if one.strip())
    return Line(text.strip(), block, labels=labels)


def _label(words: list[str], process: str) -> Label:
    known = vocabulary(process)
    mark, *rest = words
    of = None
    if mark in {"!", "^"} and len(rest) > 2 and rest[-2] == "of":
        *rest, _, of = rest
        _is_date(of)
    if mark == "!":
        kind, status, *number = rest
        _among(kind, {one.slug for one in known.outcome_kinds})
        _among(status, set(get_args(OutcomeStatus)))
        return Result(kind, status, int(number[0].replace(",", "")) if number else None, of)
    if mark == "@":
        date, city, form, status, *number = rest
        _is_date(date)
        _among(form, set(get_args(RoundFormat)))
        _among(status, set(get_args(RoundStatus)))
        return Meeting(
            date, None if city == "?" else city.replace("_", " "), form, status, int(number[0]) if number else None
        )
    if mark == "^":
        party, part, *who = rest
        _among(party, {one.slug for one in known.parties})
        _among(part, {"head", "member", "size"})
        return Seat(party, part, " ".join(who).replace("_", " "), of)
    party, issue, sign = words
    _among(party, {one.slug for one in known.parties})
    _among(issue, {one.slug for one in known.issues})
    return Stated(party, issue, STANCES[_among(sign, set(STANCES))])


def _is_date(word: str) -> None:
    if not DATE.fullmatch(word):
        raise ValueError(f"no date: {word}")


def _among(word: str, known: set[str]) -> str:
    if word not in known:
        raise ValueError(f"{word!r} is not one of {', '.join(sorted(known))}")
    return word


def main(paths: list[str]) -> int:
    """Check the files and print what they hold."""
    failed = 0
    for path in paths:
        try:
            held = list(pieces(Path(path)))
        except ValueError as error:
            print(error)
            failed = 1
            continue
        lines = [line for piece in held for line in piece.lines if line.learned]
        counts = Counter(type(label).__name__ for line in lines for label in line.labels)
        stances = Counter((one.issue, one.stance) for line in lines for one in line.labels if isinstance(one, Stated))
        empty = sum(not line.labels for line in lines)
        print(f"{path}: {len(held)} pieces, {len(lines)} sentences, {empty} without labels, {dict(counts)}")
        print("  " + ", ".join(f"{issue} {sign} {count}" for (issue, sign), count in sorted(stances.items())))
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
