"""A language model as reader, for whichever process an article belongs to, within what a day may take.

Importing this needs the extra ``llm``.
"""

from functools import cache

from sqlalchemy import Engine

from app.database import now, reading, writing
from app.intake.claim import Claim
from app.intake.model_use import note_use, tokens_since
from app.intake.read_article import Read
from app.reading.llm.reader import ModelReader
from app.reading.llm.terms import Terms
from app.reading.metadata import Metadata
from app.reading.not_read import NotRead
from app.reading.reading import Reading, Usage
from app.reading.vocabulary import Vocabulary
from app.settings import Settings, vocabulary_path


def language_model_reader(settings: Settings, engine: Engine) -> Read:
    """Reads claimed articles, each with its own process's vocabulary; what that took is written down at once."""
    terms = Terms.of(settings)

    @cache
    def reader(process: str) -> ModelReader:
        return ModelReader(Vocabulary.load(vocabulary_path(process)), terms)

    def read(process: str, held: Claim) -> Reading:
        _check_day(engine, settings.llm_day_tokens)
        model = reader(process)

        def note(usage: Usage) -> None:
            if usage.requests:
                with writing(engine) as session:
                    note_use(session, held.article_id, model.name, usage)

        metadata = Metadata(title=held.title, url=held.address, published=held.published_on)
        return model.read(held.text, metadata, note)

    return read


def _check_day(engine: Engine, limit: int) -> None:
    """Read no more once the day has taken its tokens; readers that start at the same moment may each go over once."""
    if not limit:
        return
    with reading(engine) as session:
        taken = tokens_since(session, now().replace(hour=0, minute=0, second=0, microsecond=0))
    if taken >= limit:
        raise NotRead(
            f"The language model has taken the {limit:,} tokens that a day may take. From midnight (UTC), or with a"
            " higher RAPPORTEUR_LLM_DAY_TOKENS, `rapporteur read-again` has the article read."
        )
