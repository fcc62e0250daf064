"""The language of a text, as an ISO 639-1 code."""

import re
from functools import cache
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped]

_SAMPLE = 5_000
_FEWEST_LETTERS = 40
_LEAST_CONFIDENCE = 0.6
_CODE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.I)


def detect(text: str) -> str | None:
    """The language that the text is written in, or None if it is too short or unclear."""
    sample = text[:_SAMPLE]
    if sum(character.isalpha() for character in sample) < _FEWEST_LETTERS:
        return None
    code, confidence = _identifier().classify(sample)
    return cast(str, code) if confidence >= _LEAST_CONFIDENCE and len(code) == 2 else None


def declared(code: str | None) -> str | None:
    """``en`` for ``en-GB`` and the like; None for anything that is not a language code."""
    match = _CODE.fullmatch((code or "").strip())
    return match[1].lower() if match else None


@cache
def _identifier() -> "LanguageIdentifier":
    # Its model takes most of a second to load: at the first text, not at the start of every command.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
