"""What every request passes before it reaches a page: own host names only, same origin for writes, a size limit.

And what every answer carries: a Content-Security-Policy without inline script or style, and its companions.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.settings import LOOPBACK, Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class TooLarge(Exception):
    """The request holds more bytes than the server takes."""


class Protection:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.limit = settings.request_bytes
        self.hosts = LOOPBACK | {host.strip().lower() for host in settings.hosts.split(",") if host.strip()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope["method"], Headers(scope=scope))
        answer = refusal or self.app
        await answer(scope, self._limited(receive), self._with_headers(send))

    def _refusal(self, method: str, headers: Headers) -> PlainTextResponse | None:
        if _host_name(headers.get("host", "")) not in self.hosts:
            return PlainTextResponse("This server does not answer to that host name.", 421)
        if method not in SAFE_METHODS and not _same_origin(headers):
            return PlainTextResponse("Changes are only taken from this server's own pages.", 403)
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > self.limit:
            return PlainTextResponse(self._too_large(), 413)
        return None

    def _too_large(self) -> str:
        return f"The request is larger than {self.limit // 1_000_000} MB; send fewer or smaller files at once."

    def _limited(self, receive: Receive) -> Receive:
        """Counts what really arrives: a request without a length, or with a false one, is cut off too."""
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.limit:
                raise TooLarge(self._too_large())
            return message

        return counted

    @staticmethod
    def _with_headers(send: Send) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        return send_with_headers


def _host_name(header: str) -> str:
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return ""


def _same_origin(headers: Headers) -> bool:
    """Browsers say where a write comes from: by Sec-Fetch-Site, or by Origin; what says neither is no browser."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or origin.lower().partition("://")[2] == headers.get("host", "").lower()
