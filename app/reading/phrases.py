"""The mini-language in which vocabularies and idioms write phrases, and its way to regular expressions.

A phrase is a regular expression with four shorthands: ``word*`` is any word that begins so, a lone ``~`` skips up to
four words of the same sentence, a space also stands for a hyphen or several blanks, ``{name}`` is a choice from a
list. Phrases match whole words, in any case.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

Lists = Mapping[str, Sequence[str]]

NEVER = re.compile(r"(?!)")
LIST_NAME = re.compile(r"\{([a-z][a-z-]*)\}")
WORD_STAR = re.compile(r"(?<=[a-z])(?<!\\[a-z])\*|(?<=\[sz\])\*")
SPACE = re.compile(r"(?<![\\\[-]) ")
SKIP = r"\"?[\s,]+(?:[^\s.;!?\"]+\s+){0,4}?\"?"


def expression(phrase: str, lists: Lists | None = None) -> str:
    """The regular expression of one phrase.

    Raises:
        KeyError: the phrase names a list that ``lists`` does not hold.
    """
    known = lists or {}
    filled = LIST_NAME.sub(lambda found: f"(?:{'|'.join(expression(one, known) for one in known[found[1]])})", phrase)
    starred = WORD_STAR.sub(r"\\w*", filled)
    pieces = (SPACE.sub(r"\"?[\\s-]+\"?", piece) for piece in starred.split(" ~ "))
    return SKIP.join(pieces)


def any_of(phrases: Iterable[str], lists: Lists | None = None, *, case: bool = False) -> re.Pattern[str]:
    """One pattern for a choice of phrases, longest first; it matches nothing if there are none."""
    written = sorted(phrases, key=len, reverse=True)
    if not written:
        return NEVER
    choice = "|".join(f"(?:{expression(phrase, lists)})" for phrase in written)
    return _compiled(rf"(?<![\w-])(?:{choice})(?!\w)", 0 if case else re.IGNORECASE)


@cache
def _compiled(pattern: str, flags: int) -> re.Pattern[str]:
    return re.compile(pattern, flags)
