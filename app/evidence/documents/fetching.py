"""From a web address to a Document: fetched once, with limits, from the public internet only."""

import ssl
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from pathlib import PurePosixPath

import httpcore2
import httpx2

from app.evidence.documents.addresses import check_address, is_public, parse_address
from app.evidence.documents.document import Document, Refusal, megabytes
from app.evidence.documents.files import build, read
from app.evidence.documents.network import Deadline, GuardedNetwork, MayConnect

_MOST_REDIRECTS = 5
_HEADERS: dict[bytes | str, bytes | str] = {
    "User-Agent": "Rapporteur/0.1 (fetches a single page when a person asks for it)",
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.1",
    "Accept-Language": "en,*;q=0.5",
    "Accept-Encoding": "gzip",
}
_REDIRECTS = {301, 302, 303, 307, 308}
_PASTE = "Open it in your browser and paste its text."
_REFUSED = {
    401: ("forbidden", "The page asks for a sign-in"),
    402: ("forbidden", "The page asks for a subscription"),
    403: ("forbidden", "The site does not let programs read this page"),
    404: ("not-found", "There is no page at this address"),
    410: ("not-found", "The page is no longer at this address"),
    429: ("forbidden", "The site does not let programs read this page now"),
    451: ("forbidden", "The site may not show this page here"),
}


@dataclass(frozen=True)
class _Answer:
    url: httpx2.URL
    content: bytes
    media_type: str
    charset: str | None


def from_address(address: str, *, limit: int, timeout: float = 20.0, may_connect: MayConnect = is_public) -> Document:
    """A Document from a web page, PDF or text on the web.

    ``limit`` in bytes, counted as received and unpacked; ``timeout`` in seconds for everything, redirects included.
    ``may_connect`` says which machines may be connected to. Raises Refusal about the field ``address``.
    """
    try:
        answer = _fetch(parse_address(address), limit, Deadline(timeout), may_connect)
        return _read(answer)
    except Refusal as refusal:
        raise Refusal(refusal.reason, refusal.message, "address") from refusal


def _read(answer: _Answer) -> Document:
    # The last part of an address says as much about the kind as a file's name does, but is none to show.
    ending = PurePosixPath(answer.url.path).suffix
    address = str(answer.url)
    kind, draft = read(answer.content, f"The page{ending[:10]}", answer.media_type, answer.charset, address)
    return build(answer.content, kind, draft, address=address)


def _fetch(url: httpx2.URL, limit: int, deadline: Deadline, may_connect: MayConnect) -> _Answer:
    network = GuardedNetwork(may_connect, deadline)
    with httpcore2.ConnectionPool(network_backend=network) as pool:
        for _ in range(_MOST_REDIRECTS + 1):
            found = _request(pool, url, limit)
            if isinstance(found, _Answer):
                return found
            url = check_address(found)
    message = f"The address leads from one page to the next without end. {_PASTE}"
    raise Refusal("too-many-redirects", message)


def _request(pool: httpcore2.ConnectionPool, url: httpx2.URL, limit: int) -> _Answer | httpx2.URL:
    """What the server answers: content, or the address that it points to."""
    target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    try:
        with pool.stream("GET", target, headers=_HEADERS) as response:
            headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            if response.status in _REDIRECTS and "location" in headers:
                return url.join(headers["location"]).copy_with(fragment=None)
            _check_status(response.status)
            return _answer(url, headers, response.iter_stream(), limit)
    except httpcore2.TimeoutException as error:
        raise Refusal("timeout", f"{url.host} takes too long to answer. Try again later, or paste the text.") from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.InvalidURL, ValueError, zlib.error) as error:
        raise _unreachable(url, error) from error


def _check_status(status: int) -> None:
    if 200 <= status < 300:
        return
    reason, what = _REFUSED.get(status, ("unreachable", "The site does not give the page out"))
    raise Refusal(reason, f"{what} (HTTP {status}). {_PASTE}")


def _answer(url: httpx2.URL, headers: Mapping[str, str], body: Iterable[bytes], limit: int) -> _Answer:
    stated = headers.get("content-length", "")
    if stated.isdigit() and int(stated) > limit:
        raise _too_large(limit)
    pieces = _bounded(body, limit)
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("gzip", "x-gzip"):
        pieces = _unzipped(pieces, limit)
    elif encoding not in ("identity", ""):
        raise Refusal("unreachable", f"The site answers in a packing that was not asked for. {_PASTE}")
    content_type = Message()
    content_type["Content-Type"] = headers.get("content-type", "")
    declared = content_type.get_content_type() if "content-type" in headers else ""
    return _Answer(url, b"".join(pieces), declared, content_type.get_content_charset())


def _bounded(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise _too_large(limit)
        yield piece


def _unzipped(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """The unpacked bytes, never holding more than one above the limit."""
    unpacker, left = zlib.decompressobj(wbits=31), limit
    for piece in pieces:
        unpacked = unpacker.decompress(piece, left + 1)
        left -= len(unpacked)
        if left < 0:
            raise _too_large(limit)
        yield unpacked
    if not unpacker.eof:
        raise ValueError("the answer ended too early")


def _too_large(limit: int) -> Refusal:
    message = f"The page is larger than {megabytes(limit)}, the most that is taken in. Paste the article's text."
    return Refusal("too-large", message)


def _unreachable(url: httpx2.URL, error: Exception) -> Refusal:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            message = f"{url.host} cannot prove that it is who it says it is (TLS), so it is not read. {_PASTE}"
            return Refusal("tls", message)
        cause = cause.__cause__ or cause.__context__
    message = f"{url.host} could not be reached or broke off. Check the address, try again later, or paste the text."
    return Refusal("unreachable", message)
