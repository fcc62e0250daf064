"""The readers by their names in the settings. Each is brought in only when it is asked for."""

from sqlalchemy import Engine

from app.intake.read_article import Read
from app.settings import ReaderName, Settings


def reader_named(name: ReaderName, settings: Settings, engine: Engine) -> Read:
    """The reader of that name.

    Raises:
        ImportError: what it needs is not installed.
    """
    if name == "llm":
        from app.intake.language_model import language_model_reader

        return language_model_reader(settings, engine)
    from app.intake.built_in import built_in_reader

    return built_in_reader(settings)


def chosen_reader(settings: Settings, engine: Engine) -> Read:
    """The reader that the settings name, for whichever of the loaded processes an article is about.

    Raises:
        ImportError: what it needs is not installed.
    """
    from app.intake.in_its_process import in_its_process

    return in_its_process(reader_named(settings.reader, settings, engine), settings.loaded)
