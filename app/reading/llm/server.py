"""The server of a language model, spoken to with the chat-completions protocol: one question, one answer.

It is asked at the operator's address and nowhere else: redirects are not followed and no proxy is used, so that an
article never travels further than told. Importing this needs the extra ``llm``.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx2
import openai
from openai.types.chat import ChatCompletion

from app.reading.llm.terms import Terms

MOST_BYTES = 8_000_000
"""A longer answer over the network is cut off, in bytes."""
NO_KEY = "none"
CHARACTERS_A_TOKEN = 3
"""For servers that count no tokens: rather too many tokens than too few."""


@dataclass(frozen=True)
class Reply:
    """What a model wrote, and what it took; ``cut`` if the answer reached its longest length."""

    content: str
    tokens_in: int
    tokens_out: int
    estimated: bool
    cut: bool


class TooLong(Exception):
    """The answer is longer than anything that was asked for."""


class Server:
    """A language model behind an address; what its server does not know is left out of later questions."""

    def __init__(self, terms: Terms, response_format: dict[str, Any]) -> None:
        self.terms = terms
        self.options: dict[str, Any] = {
            "response_format": response_format,
            "temperature": 0,
            "max_tokens": terms.answer_tokens,
        }
        self.client = openai.OpenAI(
            base_url=terms.address,
            api_key=terms.key or NO_KEY,
            max_retries=0,
            http_client=httpx2.Client(
                transport=_Bounded(), follow_redirects=False, trust_env=False, timeout=terms.timeout
            ),
        )

    def ask(self, instructions: str, message: str, seconds: float) -> Reply:
        """The answer, within so many seconds in all.

        Raises:
            openai.OpenAIError: the server refuses, fails, or does not answer in time.
            TooLong: it answers without end.
        """
        completion = self.client.chat.completions.create(
            model=self.terms.model,
            messages=[{"role": "system", "content": instructions}, {"role": "user", "content": message}],
            timeout=httpx2.Timeout(seconds, connect=min(seconds, 10.0)),
            **self.options,
        )
        return _reply(completion, instructions + message)

    def drops(self, error: openai.APIStatusError) -> bool:
        """Leave out the option that a refusal names from now on; False if it names none that can be left out."""
        said = str(error.body or error.message)
        if "max_completion_tokens" in said and "max_tokens" in self.options:
            self.options["max_completion_tokens"] = self.options.pop("max_tokens")
            return True
        for option, names in (("temperature", ("temperature",)), ("response_format", ("response_format", "schema"))):
            if option in self.options and any(name in said for name in names):
                del self.options[option]
                return True
        return False


def _reply(completion: ChatCompletion, question: str) -> Reply:
    """What the server's answer holds; servers differ, so nothing is taken for granted."""
    try:
        choice = completion.choices[0]
        content, cut = str(choice.message.content or ""), choice.finish_reason == "length"
    except (AttributeError, IndexError, KeyError, TypeError):
        content, cut = "", False
    usage = getattr(completion, "usage", None)
    tokens_in, tokens_out = (_count(usage, name) for name in ("prompt_tokens", "completion_tokens"))
    return Reply(
        content=content,
        tokens_in=len(question) // CHARACTERS_A_TOKEN if tokens_in is None else tokens_in,
        tokens_out=len(content) // CHARACTERS_A_TOKEN if tokens_out is None else tokens_out,
        estimated=tokens_in is None or tokens_out is None,
        cut=cut,
    )


def _count(usage: object, name: str) -> int | None:
    number = getattr(usage, name, None)
    return number if isinstance(number, int) and number >= 0 else None


class _Bounded(httpx2.HTTPTransport):
    """Ends an exchange that takes longer in all than its longest silence may, or that brings too much."""

    def __init__(self) -> None:
        super().__init__(trust_env=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        ends = time.monotonic() + request.extensions["timeout"]["read"]
        response = super().handle_request(request)
        assert isinstance(response.stream, httpx2.SyncByteStream)
        response.stream = _BoundedStream(response.stream, request, ends)
        return response


class _BoundedStream(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, request: httpx2.Request, ends: float) -> None:
        self._stream, self._request, self._ends = stream, request, ends

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for piece in self._stream:
            size += len(piece)
            if size > MOST_BYTES:
                raise TooLong
            if time.monotonic() > self._ends:
                raise httpx2.ReadTimeout("the answer took too long", request=self._request)
            yield piece

    def close(self) -> None:
        self._stream.close()
