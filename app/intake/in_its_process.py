"""An article finds its process by itself: among several, it is read with the vocabulary of the one it is about."""

from collections.abc import Sequence

from app.intake.claim import Claim
from app.intake.read_article import Read
from app.reading.mentions import cast_of
from app.reading.reading import Reading
from app.reading.vocabulary import Vocabulary
from app.reading.which_process import which_process
from app.settings import vocabulary_path


def in_its_process(read: Read, processes: Sequence[str]) -> Read:
    """The reader, given each article with the process that it is about, of these.

    An article whose process a person chose keeps it, and so does one that is about the talks of none of them.
    """
    if len(processes) < 2:
        return read
    casts = {slug: cast_of(Vocabulary.load(vocabulary_path(slug))) for slug in processes}

    def read_there(process: str, held: Claim) -> Reading:
        found = None if held.process_given else which_process(held.text, casts, process)
        return read(found or process, held).model_copy(update={"process": found or process})

    return read_there
