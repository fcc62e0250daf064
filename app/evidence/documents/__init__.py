"""A paste, a file or a web address becomes a Document: clean text and what is known about it. Nothing is stored."""

from app.evidence.documents.addresses import is_public
from app.evidence.documents.document import EARLIEST, TEXT_LIMIT, Document, Refusal, latest
from app.evidence.documents.fetching import from_address
from app.evidence.documents.files import from_file, from_paste

__all__ = [
    "EARLIEST",
    "TEXT_LIMIT",
    "Document",
    "Refusal",
    "from_address",
    "from_file",
    "from_paste",
    "is_public",
    "latest",
]
