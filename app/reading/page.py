"""What of a page is the article: menus, captions, teasers, notices and other languages are set aside."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from app.reading.dates import opens_with_date
from app.reading.idioms import idioms, pattern

STRAIGHT = str.maketrans(
    {
        "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "`": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "–", "―": "–",
        "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u200a": " ", "\u2007": " ",
        "\u200b": " ", "\u200c": " ", "\u200d": " ", "\ufeff": " ", "\u2060": " ", "\u00ad": " ",
        "\t": " ", "\r": " ", "*": " ", "_": " ",
    }
)  # fmt: skip
LINE = re.compile(r"[^\n]+")
WORD = re.compile(r"[^\W\d_]+")
ENDS = re.compile(r"[.!?:;…][\"')\]]*\s*$")
LINK = re.compile(r"\]\(|^\s*(?:https?://|www\.)\S+\s*$|^\s*[-+] \[")
LEAD = re.compile(r"^[\s>#+•·–|-]*")
FRONT_MATTER = re.compile(r"---\n.*?\n---\n", re.DOTALL)
"""What a Markdown file says about itself before its text."""
QUIET_LINES = 12
"""So many short lines in a row after the article began are the page's foot, not a list of the article."""
NARROWEST, WIDEST = 40, 140
"""Between these widths a text may be broken by hand or by machine, in characters."""
RAGGED = 12
"""So far a line broken by hand may fall short of the width, in characters."""
SHORTEST = 20
"""A shorter line before one in lower case is an item of a menu, in characters."""


@dataclass(frozen=True)
class Block:
    """A stretch of the page, ``text[start:end]``; ``heading`` if it is a short line without a full stop."""

    start: int
    end: int
    heading: bool = False


def straight(text: str) -> str:
    """The text with plain quotes, dashes and blanks, character for character as long as before."""
    return text.translate(STRAIGHT)


def article_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a straightened text that belong to the article, in order."""
    kept: list[Block] = []
    quiet = 0
    header = FRONT_MATTER.match(text)
    for block in _joined(text):
        if header and block.start < header.end():
            continue
        line = text[block.start : block.end]
        prose = is_prose(line)
        if _ends_article(line, began=any(not one.heading for one in kept)):
            break
        quiet = 0 if prose else quiet + 1
        if quiet > QUIET_LINES and _length(kept) > 1500:
            break
        if is_junk(line) or not (prose or _is_heading(line)):
            continue
        kept.append(replace(block, heading=not prose))
    return tuple(_without_stray_headings(kept))


def is_prose(line: str) -> bool:
    """Whether a line reads as sentences rather than as a heading, a menu or a caption; so does a chronology's entry."""
    words = WORD.findall(line)
    return (len(words) >= 4 and bool(ENDS.search(line) or opens_with_date(line))) or len(words) >= 24


def is_junk(line: str) -> bool:
    """Whether a line is a notice, a caption, a link or in a language that the reader does not know."""
    words = [word for word in WORD.findall(line) if len(word) > 1]
    if LINK.search(line) and len(LINK.sub("", line).split()) < 60:
        return True
    if pattern("pages", "skip").match(LEAD.sub("", line)) and len(words) < 14:
        return True
    if pattern("pages", "junk").search(line) and len(words) < 40:
        return True
    return len(words) >= 20 and not _is_known_language(words)


def _is_known_language(words: list[str]) -> bool:
    common = set(idioms().pages.function_words)
    return sum(word.lower() in common for word in words) >= 0.07 * len(words)


def _is_heading(line: str) -> bool:
    return 1 <= len(WORD.findall(line)) <= 18 and not LINK.search(line)


def _ends_article(line: str, *, began: bool) -> bool:
    bare = LEAD.sub("", line).strip(" :")
    return began and len(bare.split()) <= 9 and pattern("pages", "stop").fullmatch(bare) is not None


def _length(blocks: list[Block]) -> int:
    return sum(block.end - block.start for block in blocks if not block.heading)


def _joined(text: str) -> list[Block]:
    """The lines, a line that runs on into the next joined with it."""
    blocks: list[Block] = []
    width = _width(text)
    for found in LINE.finditer(text):
        if not found[0].strip():
            continue
        if blocks and _runs_on(text, blocks[-1], found, width):
            blocks[-1] = replace(blocks[-1], end=found.end())
        else:
            blocks.append(Block(found.start(), found.end()))
    return blocks


def _width(text: str) -> int | None:
    """The width at which the text breaks its lines, in characters, as mails and plain-text files do; None if it flows.

    At a fixed width, a line stops where the next word would not have fitted, in the middle of a sentence or not.
    """
    lines = text.splitlines()
    width = max((len(line.rstrip()) for line in lines), default=0)
    breaks = [(line, after) for line, after in pairwise(lines) if line.strip() and after.strip()]
    full = [line for line, after in breaks if _is_full(line, after, width)]
    broken = [line for line in full if not ENDS.search(line)]
    even = len(full) >= 0.6 * len(breaks) and len(broken) >= 0.3 * len(full)
    return width if broken and even and NARROWEST <= width <= WIDEST else None


def _is_full(line: str, after: str, width: int) -> bool:
    return len(line.rstrip()) + 1 + len(after.split()[0]) > width - RAGGED


def _runs_on(text: str, before: Block, line: re.Match[str], width: int | None) -> bool:
    last = text[before.start : before.end].rsplit("\n", 1)[-1]
    if text[before.end : line.start()].count("\n") > 1:
        return False
    if width and LEAD.sub("", line[0]) == line[0].lstrip() and _is_full(last, line[0], width):
        return True
    return len(last) >= SHORTEST and not ENDS.search(last) and line[0].lstrip()[:1].islower()


def _without_stray_headings(blocks: list[Block]) -> list[Block]:
    """Headings only where prose or another heading that leads to prose follows; menus lead nowhere."""
    return [
        block
        for place, block in enumerate(blocks)
        if not block.heading or any(not after.heading for after in blocks[place + 1 : place + 3])
    ]
