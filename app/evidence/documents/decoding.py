"""Bytes become text: byte order marks first, then what was declared, then UTF-8, then a guess."""

import codecs
import re

from charset_normalizer import from_bytes

from app.evidence.documents.document import Refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = ["cp1251", "cp1252", "cp1250", "koi8_r", "koi8_u", "cp866", "cp1253", "cp1254", "cp1255", "cp1256"]
_GUESSES += ["gb18030", "big5", "shift_jis", "euc_kr"]
_SAMPLE = 65_536
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_MOST_CONTROLS = 0.005


def decode(content: bytes, declared: str | None = None) -> str:
    """The text that the bytes spell; refuses ``not-text``. ``declared`` is a charset that a header or tag named."""
    charset = _marked(content) or _declared(content, declared) or _wide(content) or _guessed(content)
    if charset is None:
        raise _not_text()
    text = content.decode(charset, errors="replace")
    if len(_CONTROLS.findall(text[:_SAMPLE])) > _MOST_CONTROLS * min(len(text), _SAMPLE):
        raise _not_text()
    return text


def is_text(content: bytes) -> bool:
    """Whether the bytes spell text in some charset."""
    try:
        decode(content)
    except Refusal:
        return False
    return True


def _marked(content: bytes) -> str | None:
    return next((charset for mark, charset in _MARKS if content.startswith(mark)), None)


def _declared(content: bytes, declared: str | None) -> str | None:
    # Browsers read what calls itself Latin-1 or ASCII as Windows-1252, and so do those who write it.
    if declared and declared.strip().lower() in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}:
        declared = "utf-8" if _spells(content, "utf-8") else "cp1252"
    return next((charset for charset in (declared, "utf-8") if charset and _spells(content, charset)), None)


def _spells(content: bytes, charset: str) -> bool:
    try:
        text = content.decode(charset)
    except (LookupError, ValueError):
        return False
    return "\x00" not in text[:_SAMPLE]


def _wide(content: bytes) -> str | None:
    """UTF-16 without its mark: in most languages every other byte is one of a few."""
    sample = content[:_SAMPLE]
    for charset, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if high.count(0) + high.count(4) > 0.8 * len(high) and _spells(content, charset):
            return charset
    return None


def _guessed(content: bytes) -> str | None:
    if b"\x00" in content[:_SAMPLE]:
        return None
    best = from_bytes(content[:_SAMPLE], cp_isolation=_GUESSES).best()
    return best.encoding if best else None


def _not_text() -> Refusal:
    return Refusal("not-text", "The content is not text in a known character set. Save it as UTF-8 and try again.")
