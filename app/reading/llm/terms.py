"""On what terms a language model is asked: where it is, how long, how often, how much."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from app.settings import Settings

MILLION = 1_000_000


@dataclass(frozen=True)
class Terms:
    """What the operator set; the key is never shown."""

    address: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = 120.0
    """Longest wait for one answer, in seconds."""
    seconds: float = 270.0
    """Longest time for one article, in seconds: after it, another reader may take the article over."""
    tries: int = 3
    answer_tokens: int = 8_000
    part_characters: int = 24_000
    article_tokens: int = 0
    """Most tokens that one article may take; 0: no limit."""
    price_in: float = 0
    price_out: float = 0
    currency: str = ""

    @classmethod
    def of(cls, settings: Settings) -> "Terms":
        """The terms in the settings; a reading ends a little before its article is free for another reader."""
        return cls(
            address=settings.llm_address.strip(),
            model=settings.llm_model.strip(),
            key=settings.llm_key.get_secret_value().strip(),
            timeout=settings.llm_timeout,
            seconds=settings.reading_seconds * 0.9,
            tries=settings.llm_tries,
            answer_tokens=settings.llm_answer_tokens,
            part_characters=settings.llm_part_characters,
            article_tokens=settings.llm_article_tokens,
            price_in=settings.llm_price_in,
            price_out=settings.llm_price_out,
            currency=settings.llm_currency.strip(),
        )

    def price(self, tokens_in: int, tokens_out: int) -> float:
        """What so many tokens cost."""
        return (tokens_in * self.price_in + tokens_out * self.price_out) / MILLION


def complaint(settings: Settings) -> str | None:
    """What is wrong with the settings of the language model; None if nothing is. Never holds the key."""
    terms = Terms.of(settings)
    try:
        parts = urlsplit(terms.address)
        named = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        named = False
    if not named:
        return "RAPPORTEUR_LLM_ADDRESS has to be an http(s) address, such as http://127.0.0.1:8080/v1."
    if parts.username is not None or parts.query or parts.fragment:
        return "RAPPORTEUR_LLM_ADDRESS holds more than an address: a key belongs into RAPPORTEUR_LLM_KEY."
    if not terms.model:
        return "RAPPORTEUR_LLM_MODEL is empty: name the model as its server knows it."
    if not (terms.key.isascii() and (not terms.key or terms.key.isprintable())) or " " in terms.key:
        return "RAPPORTEUR_LLM_KEY holds blanks or letters that no key can have."
    return None
