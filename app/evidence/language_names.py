"""Languages by their English names, for people."""

from functools import cache

from babel import Locale


@cache
def language_names() -> dict[str, str]:
    """Names by ISO 639-1 code, in the order of the names."""
    named = ((code, name) for code, name in Locale("en").languages.items() if len(code) == 2)
    return dict(sorted(named, key=lambda pair: pair[1]))


def language_name(code: str | None) -> str:
    """``Ukrainian`` for ``uk``; the code itself where it has no name."""
    return language_names().get(code, code) if code else "not found"
