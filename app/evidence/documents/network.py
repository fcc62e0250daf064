"""Connections for fetching: only to permitted machines, to the very address that was checked, until a deadline."""

import socket
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotResolved
from ipaddress import IPv4Address, IPv6Address
from ssl import SSLContext
from typing import Any

import httpcore2
from httpcore2 import NetworkBackend, NetworkStream

from app.evidence.documents.addresses import parse_host
from app.evidence.documents.document import Refusal

MayConnect = Callable[[IPv4Address | IPv6Address], bool]
_CONNECT_SECONDS = 5.0


class Deadline:
    """A moment by which everything has to be done, ``seconds`` from now."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, at_most: float | None = None) -> float:
        """Seconds left, ``at_most`` if that is less; raises httpcore2.ReadTimeout when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the time for the whole fetch is over")
        return left if at_most is None else min(left, at_most)


class GuardedNetwork(NetworkBackend):
    """Resolves a host once for each connection, keeps what ``may_connect`` permits and connects to that address.

    Host header and TLS still carry the name, so a second answer of the resolver has no say.
    """

    def __init__(self, may_connect: MayConnect, deadline: Deadline) -> None:
        self._may_connect, self._deadline, self._network = may_connect, deadline, httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> NetworkStream:
        """A connection to the first permitted address that answers; refuses ``private-network`` if there is none."""
        permitted = [address for address in self._resolve(host, port) if self._may_connect(address)]
        if not permitted:
            message = f"{host} is not on the public internet, so it is not fetched. Paste the text instead."
            raise Refusal("private-network", message)
        failure: httpcore2.ConnectError | httpcore2.ConnectTimeout | None = None
        for address in permitted:
            seconds = self._deadline.left(min(timeout or _CONNECT_SECONDS, _CONNECT_SECONDS))
            try:
                stream = self._network.connect_tcp(str(address), port, seconds, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _GuardedStream(stream, self._deadline)
        raise failure or httpcore2.ConnectError(f"no address for {host}")

    def connect_unix_socket(self, path: str, *_: Any, **__: Any) -> NetworkStream:
        """Never."""
        raise httpcore2.ConnectError(f"{path} is not on the public internet")

    def _resolve(self, host: str, port: int) -> list[IPv4Address | IPv6Address]:
        # The system's resolver knows no time limit of ours: it is left behind when the time is over.
        pool = ThreadPoolExecutor(1)
        try:
            lookup = pool.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
            found = lookup.result(self._deadline.left())
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"no machine is known by the name {host}") from error
        except NotResolved as error:
            raise httpcore2.ConnectTimeout(f"the name {host} could not be looked up in time") from error
        finally:
            pool.shutdown(wait=False)
        return list(dict.fromkeys(parse_host(str(entry[4][0])) for entry in found))


class _GuardedStream(NetworkStream):
    """A connection on which no wait outlasts the deadline, however slowly the peer trickles."""

    def __init__(self, stream: NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _GuardedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
