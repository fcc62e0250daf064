"""Text is cleaned: its characters stay, what only steered a screen or a printer goes."""

import re

from app.evidence.documents.headline import is_dateline

_LINE_ENDS = re.compile("\r\n?|[\x0b\x85\u2028]")
_PARAGRAPH_ENDS = re.compile("[\x0c\u2029]")
# Control characters, halves of surrogate pairs, non-characters, and marks that only steer hyphens, line breaks and
# writing direction: in a text that is quoted word for word they would be invisible differences.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BLANK_LINES = re.compile(r"\n{3,}")
_WRAPPED = range(40, 91)
_LONG_LINE = 120


def clean(text: str) -> str:
    """The text with plain newlines, no invisible characters, and one blank line between paragraphs."""
    lines = (line.strip() for line in normalise(text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def normalise(text: str) -> str:
    """The text with plain newlines and no invisible characters; indents and blank lines stay."""
    return _INVISIBLE.sub("", _PARAGRAPH_ENDS.sub("\n\n", _LINE_ENDS.sub("\n", text)))


def regroup(text: str) -> str:
    """Plain text with its paragraphs told apart.

    Lines wrapped at a fixed width are joined again, a run of long lines is a run of paragraphs; everything else
    (verse, lists, addresses) keeps its lines.
    """
    return "\n\n".join(_regroup_block(block) for block in clean(text).split("\n\n"))


def _regroup_block(block: str) -> str:
    lines = block.split("\n")
    if any(len(line) > _LONG_LINE for line in lines):
        return "\n\n".join(lines)
    wrapped = len(lines) > 1 and all(len(line) in _WRAPPED for line in lines[:-1])
    if wrapped and not is_dateline(lines[-1]):
        return join_lines(lines)
    return block


def join_lines(lines: list[str]) -> str:
    """Lines of one paragraph as one line; a word broken at a hyphen keeps it without a blank behind it."""
    joined = lines[0]
    for line in lines[1:]:
        broken = joined.endswith("-") and joined[-2:-1].isalnum() and line[:1].isalnum()
        joined += line if broken else f" {line}"
    return joined
