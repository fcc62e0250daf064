"""Putting a question to a language model until it answers as asked: tries, pauses, limits, and what it all took."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn

import openai

from app.reading.llm.answer import Answer, Malformed, parse
from app.reading.llm.server import CHARACTERS_A_TOKEN, Reply, Server, TooLong
from app.reading.llm.terms import Terms
from app.reading.not_read import NotRead
from app.reading.reading import Usage

log = logging.getLogger(__name__)

AGAIN = "`rapporteur read-again` has the article read again."
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""In seconds; each pause is twice the one before, unless the server names one."""
BUSY = frozenset({408, 409, 425, 429})
SAID = 300
"""So much of a server's reason for refusing goes to the log, in characters."""


@dataclass
class Asking:
    """The questions on one article: how much they have taken, and until when they may go on."""

    server: Server
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    usage: Usage = field(default_factory=Usage)

    def __post_init__(self) -> None:
        self.terms: Terms = self.server.terms
        self.ends = self.clock() + self.terms.seconds
        self.usage = Usage(currency=self.terms.currency)

    def answer(self, instructions: str, message: str) -> tuple[Answer, int]:
        """The answer to a message, and how many of its finds are malformed.

        Raises:
            NotRead: none was to be had, or it would go over the limit.
        """
        trouble: Exception = Malformed()
        for number in range(1, self.terms.tries + 1):
            self.check_limit(instructions, message)
            try:
                reply = self._ask(instructions, message)
                if reply.cut:
                    self._refuse_cut()
                return parse(reply.content)
            except (openai.OpenAIError, ValueError, TooLong) as error:  # a ValueError: not even JSON, or malformed
                trouble = error
                if not self._worth_another(error):
                    break
                log.info("Try %s of %s failed: %s.", number, self.terms.tries, type(error).__name__)
            if number < self.terms.tries:
                self._pause(number, trouble)
        _give_up(trouble, self.terms)

    def _ask(self, instructions: str, message: str) -> Reply:
        """One question; asked anew at once where the server only minds one of its options."""
        while True:
            try:
                reply = self.server.ask(instructions, message, self._seconds())
                self._count(reply)
                return reply
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if not self.server.drops(error):
                    raise

    def _seconds(self) -> float:
        """How long one answer may take now."""
        left = self.ends - self.clock()
        if left <= 0:
            seconds = f"{self.terms.seconds:.0f} seconds"
            raise NotRead(
                f"The language model did not get done with the article within {seconds}: raise"
                f" RAPPORTEUR_READING_SECONDS, or shorten its answers. {AGAIN}"
            )
        return min(left, self.terms.timeout)

    def _count(self, reply: Reply) -> None:
        used, terms = self.usage, self.terms
        tokens_in, tokens_out = used.tokens_in + reply.tokens_in, used.tokens_out + reply.tokens_out
        self.usage = Usage(
            requests=used.requests + 1,
            tokens_in=tokens_in,
            tokens_out=tokens_out,
            price=terms.price(tokens_in, tokens_out),
            currency=terms.currency,
            estimated=used.estimated or reply.estimated,
        )

    def check_limit(self, *questions: str) -> None:
        """Not even ask where the questions alone would go over the article's limit.

        Raises:
            NotRead: they would.
        """
        limit = self.terms.article_tokens
        if limit and self.usage.tokens + sum(map(len, questions)) // CHARACTERS_A_TOKEN > limit:
            raise NotRead(
                f"The article would take the language model more than the {limit:,} tokens that one article may take:"
                f" raise RAPPORTEUR_LLM_ARTICLE_TOKENS. {AGAIN}"
            )

    def _refuse_cut(self) -> NoReturn:
        raise NotRead(
            f"The language model's answer was longer than {self.terms.answer_tokens:,} tokens and was cut off: raise"
            f" RAPPORTEUR_LLM_ANSWER_TOKENS, or lower RAPPORTEUR_LLM_PART_CHARACTERS. {AGAIN}"
        )

    @staticmethod
    def _worth_another(error: Exception) -> bool:
        if isinstance(error, openai.APIStatusError):
            return error.status_code in BUSY or error.status_code >= 500
        return True

    def _pause(self, number: int, error: Exception) -> None:
        """Wait before the next try as long as the server says, else longer each time; never past the end."""
        pause = min(FIRST_PAUSE * 2 ** (number - 1), LONGEST_PAUSE)
        if isinstance(error, openai.APIStatusError):
            stated = error.response.headers.get("retry-after", "")
            pause = float(stated) if stated.isascii() and stated.isdigit() and len(stated) < 6 else pause
        self.sleep(max(0.0, min(pause, self.ends - self.clock())))


def _give_up(error: Exception, terms: Terms) -> NoReturn:
    """Say in one line why there is no answer and what to do; what the server said goes to the log, without the key."""
    if isinstance(error, openai.APIStatusError):
        said = " ".join(str(error.body or error.message).split())
        said = said.replace(terms.key, "[key]") if terms.key else said
        log.warning("The language model's server refused (HTTP %s): %s", error.status_code, said[:SAID])
    raise NotRead(f"{_reason(error, terms)} {AGAIN}") from None


def _reason(error: Exception, terms: Terms) -> str:
    tries = f"in {terms.tries} tries" if terms.tries > 1 else "in one try"
    if isinstance(error, openai.APIStatusError):
        return _refusal(error.status_code, tries)
    if isinstance(error, openai.APITimeoutError):
        return f"The language model did not answer in time {tries}: raise RAPPORTEUR_LLM_TIMEOUT, or see to its server."
    if isinstance(error, openai.APIConnectionError):
        return f"The language model cannot be reached {tries}: check RAPPORTEUR_LLM_ADDRESS, and that its server runs."
    return (
        f"The language model gave no answer in the form asked for {tries}: another model (RAPPORTEUR_LLM_MODEL) may"
        " keep to it, or the built-in reader (RAPPORTEUR_READER=built-in)."
    )


def _refusal(status: int, tries: str) -> str:
    if status in (401, 403):
        return f"The language model's server refused the key (HTTP {status}): check RAPPORTEUR_LLM_KEY."
    if status == 404:
        return (
            "The language model's server knows no such model or address (HTTP 404): check RAPPORTEUR_LLM_MODEL and"
            " RAPPORTEUR_LLM_ADDRESS."
        )
    if 300 <= status < 400:
        return (
            f"The language model's server points to another address (HTTP {status}), which is not followed: set"
            " RAPPORTEUR_LLM_ADDRESS to the right one."
        )
    if status == 429:
        return (
            f"The language model's server takes no more questions for now (HTTP 429, {tries}): wait, or pay for more."
        )
    if status >= 500:
        return f"The language model's server failed (HTTP {status}, {tries}): see to it, or wait."
    return f"The language model's server refused the question (HTTP {status}): the log has its reason."
