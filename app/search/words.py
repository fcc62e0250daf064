"""Full text: what a person typed becomes a condition on articles, the same on SQLite (FTS5) and on Postgres."""

import re
import unicodedata
from functools import cache

from sqlalchemy import ColumnElement, and_, column, false, func, literal_column, select, table
from sqlalchemy.orm import Session

from app.evidence.article import Article

MOST_CHARACTERS = 200
"""How much of a query is looked at."""

Term = tuple[str, ...]
"""Words that follow each other: one word, or what stood between quotation marks, or was joined as in ``cease-fire``."""

_CHUNK = re.compile(r'["“„«]([^"”“«»]*)["”“»]?|(\S+)')
_WORD = re.compile(r"[^\W_]+")
_SIMPLE: ColumnElement[str] = literal_column("'simple'::regconfig")
_WORDS = table("article_words", column("rowid"))


def terms(query: str) -> list[Term]:
    """The terms of a query, in lower case and without accents; all of them must occur. No sign is an operator."""
    chunks = _CHUNK.findall(unicodedata.normalize("NFC", query[:MOST_CHARACTERS]))
    found = (tuple(_WORD.findall(fold(quoted or plain).lower())) for quoted, plain in chunks)
    return [term for term in found if term]


def containing(session: Session, wanted: list[Term]) -> ColumnElement[bool]:
    """The condition that an article's title or text holds every term; without terms no article meets it."""
    if not wanted:
        return false()
    phrases = [" ".join(term) for term in wanted]
    return _on_sqlite(phrases) if session.get_bind().dialect.name == "sqlite" else _on_postgres(phrases)


def _on_sqlite(phrases: list[str]) -> ColumnElement[bool]:
    query = " ".join(f'"{phrase}"' for phrase in phrases)
    return Article.id.in_(select(_WORDS.c.rowid).where(literal_column("article_words").op("MATCH")(query)))


def _on_postgres(phrases: list[str]) -> ColumnElement[bool]:
    words = func.words_of(Article.title, Article.text)
    return and_(*(words.op("@@")(func.phraseto_tsquery(_SIMPLE, phrase)) for phrase in phrases))


class _Unaccented(dict[int, int]):
    """Latin letters without their accents, one for one, so that offsets stay; filled as letters are met."""

    def __missing__(self, code: int) -> int:
        base = unicodedata.normalize("NFD", chr(code))[0]
        self[code] = ord(base) if base.isascii() and base.isalpha() else code
        return self[code]


@cache
def _unaccented() -> _Unaccented:
    return _Unaccented()


def fold(text: str) -> str:
    """The text without the accents of Latin letters; as long as before, character for character."""
    return text.translate(_unaccented())
