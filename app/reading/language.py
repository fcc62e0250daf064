"""The language pipeline, and how an article falls into sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from app.reading.page import Block

BREAK = re.compile(r"[.!?…]+[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9])|\n\s*\n|[.!?…]+[\"')\]]*\s*\n\s*")
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Gov|Sen|Rep|Rev|Prof|St|No|Jr|Sr|vs|etc|Inc|Ltd|Co|Corp|Dept"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|a\.m|p\.m|i\.e|e\.g|approx)"
    r"|(?:\b[A-Z]\.)*\b[A-Z])\.$"
)
STARTERS = re.compile(
    r"[\"'(\[]?(?:The|He|She|It|They|In|On|At|But|And|A|An|This|That|These|Those|However|While|We|I)\b"
)
SENTENCE_LIMIT = 1200
"""Longer stretches without a full stop are not sentences (tables, lists); they are cut there, in characters."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of the article: ``text`` is straightened, offsets are the article's, ``block`` counts paragraphs."""

    start: int
    end: int
    text: str
    block: int
    heading: bool = False


@cache
def pipeline(model: str) -> Language:
    """The spaCy pipeline of that name, with what reading needs: tags, lemmas and the parse.

    Raises:
        OSError: the model is not installed.
    """
    return spacy.load(model, exclude=["ner"])


def sentences(text: str, blocks: tuple[Block, ...]) -> tuple[Sentence, ...]:
    """The sentences of the article's blocks in a straightened text."""
    return tuple(
        Sentence(start, end, text[start:end], place, block.heading)
        for place, block in enumerate(blocks)
        for start, end in _spans(text, block)
    )


def parses(model: str, wanted: list[Sentence]) -> dict[Sentence, Doc]:
    """The parse of each wanted sentence, each taken as one sentence."""
    language = pipeline(model)
    docs = [_one_sentence(language, sentence.text) for sentence in wanted]
    return dict(zip(wanted, language.pipe(docs, batch_size=64), strict=True))


def _one_sentence(language: Language, text: str) -> Doc:
    doc = language.make_doc(text)
    for token in doc[1:]:
        token.is_sent_start = False
    return doc


def _spans(text: str, block: Block) -> Iterator[tuple[int, int]]:
    start = block.start
    for found in BREAK.finditer(text, block.start, block.end):
        if _is_abbreviation(text, start, found):
            continue
        yield from _trimmed(text, start, found.end())
        start = found.end()
    yield from _trimmed(text, start, block.end)


def _is_abbreviation(text: str, start: int, found: re.Match[str]) -> bool:
    before = text[max(start, found.start() - 20) : found.start() + 1]
    return ABBREVIATION.search(before) is not None and STARTERS.match(text, found.end()) is None


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and (text[start].isspace() or text[start] in "•·>#|"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    for cut in range(start, end, SENTENCE_LIMIT):
        yield cut, min(end, cut + SENTENCE_LIMIT)
