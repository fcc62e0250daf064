"""Plain text: an uploaded .txt, or what a person pasted."""

from app.evidence.documents.decoding import decode
from app.evidence.documents.document import Draft, check_length
from app.evidence.documents.headline import headline
from app.evidence.documents.paragraphs import regroup


def read_text(content: bytes, charset: str | None = None) -> Draft:
    """The text with its paragraphs told apart, and what its first lines say about it."""
    text = decode(content, charset)
    check_length(text)
    text = regroup(text)
    found = headline(text)
    return Draft(text, title=found.title, author=found.author, published=found.published)
