"""The built-in reader, for whichever process an article belongs to. Importing this brings in the language pipeline."""

from functools import cache

from app.intake.claim import Claim
from app.intake.read_article import Read
from app.reading.reader import Metadata, Reader
from app.reading.reading import Reading
from app.reading.vocabulary import Vocabulary
from app.settings import Settings, vocabulary_path


def built_in_reader(settings: Settings) -> Read:
    """Reads claimed articles, each with its own process's vocabulary, loaded once."""

    @cache
    def reader(process: str) -> Reader:
        vocabulary = Vocabulary.load(vocabulary_path(process))
        return Reader(vocabulary, settings.language_model, settings.confidence)

    def read(process: str, held: Claim) -> Reading:
        metadata = Metadata(title=held.title, url=held.address, published=held.published_on)
        return reader(process).read(held.text, metadata)

    return read
