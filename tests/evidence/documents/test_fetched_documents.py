"""Web addresses, against a real server on this machine; only these tests permit connections to it."""

import gzip
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

import pytest

from app.evidence.documents import Document, Refusal, from_address, is_public
from tests.evidence.documents.document_files import CEASEFIRE, LIMIT, OPENING, PAGE, pdf, refusal

Answer = tuple[int, dict[str, str], bytes]
HTML = {"Content-Type": "text/html; charset=utf-8"}
RUSSIAN = f"<html><body><article><p>{'Делегации встретились во дворце и говорили. ' * 9}</p></article></body></html>"
BOMB = gzip.compress(bytes(50_000_000))

ANSWERS: dict[str, Answer] = {
    "/page": (200, HTML, PAGE.encode()),
    "/fragment": (200, HTML, f"<p>{OPENING}</p>".encode()),
    "/moved": (301, {"Location": "/page#part"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/no-location": (302, {}, b""),
    "/to-metadata": (302, {"Location": "http://169.254.169.254/latest"}, b""),
    "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/to-nonsense": (302, {"Location": "http://[::bad"}, b""),
    "/with-password": (302, {"Location": "http://me:secret@127.0.0.1/"}, b""),
    "/cyrillic": (200, {"Content-Type": "text/html; charset=windows-1251"}, RUSSIAN.encode("cp1251")),
    "/packed": (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(PAGE.encode())),
    "/bomb": (200, {**HTML, "Content-Encoding": "gzip"}, BOMB),
    "/cut": (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(PAGE.encode())[:-20]),
    "/not-packed": (200, {**HTML, "Content-Encoding": "gzip"}, b"plain"),
    "/brotli": (200, {**HTML, "Content-Encoding": "br"}, b"packed"),
    "/large": (200, HTML, b"a" * (LIMIT + 1)),
    "/report.pdf": (200, {"Content-Type": "application/octet-stream"}, pdf([[OPENING, CEASEFIRE]])),
    "/viewer.pdf": (200, HTML, PAGE.encode()),
    "/notes.md": (200, {"Content-Type": "text/plain; charset=utf-8"}, f"# Talks\n\n{OPENING}".encode()),
    "/picture": (200, {"Content-Type": "image/gif"}, b"GIF89a" + bytes(50)),
    "/data": (200, {"Content-Type": "application/json"}, b'{"a": 1}'),
    "/empty": (200, HTML, b""),
    "/scripts": (200, HTML, b"<html><body><script>start()</script></body></html>"),
    "/echo": (200, {"Content-Type": "text/plain"}, b""),
}
ANSWERS |= {f"/status/{code}": (code, HTML, b"no") for code in (204, 400, 401, 402, 403, 404, 410, 429, 451, 500)}


class Peer(BaseHTTPRequestHandler):
    """Answers from the table above; some paths misbehave."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        special: dict[str, Callable[[], object]] = {
            "/slow": lambda: time.sleep(3),
            "/trickle": self.trickle,
            "/stream": self.stream,
            "/broken": lambda: self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"),
            "/noise": lambda: self.wfile.write(b"\x00\xff\x00 not http"),
        }
        if path in special:
            self.close_connection = True
            special[path]()
            return
        status, headers, body = ANSWERS[path]
        if path == "/echo":
            body = f"{self.headers}\n{OPENING}".encode()
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def trickle(self) -> None:
        for _ in range(30):
            self.wfile.write(b"H")
            time.sleep(0.1)

    def stream(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        for _ in range(100):
            self.wfile.write(b"word " * 20_000)

    def log_message(self, format: str, *args: object) -> None:
        """Keeps the tests' output clean."""


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up early is what these tests are about."""


def serve(server: QuietServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    yield from serve(QuietServer(("127.0.0.1", 0), Peer))


def loopback(address: IPv4Address | IPv6Address) -> bool:
    return address == IPv4Address("127.0.0.1")


@pytest.fixture
def fetch(port: int) -> Callable[..., Document]:
    def fetch(path: str, timeout: float = 5.0) -> Document:
        return from_address(f"http://127.0.0.1:{port}{path}", limit=LIMIT, timeout=timeout, may_connect=loopback)

    return fetch


def test_a_page_is_fetched_with_its_final_address(fetch: Callable[..., Document], port: int) -> None:
    document = fetch("/moved")
    assert document.address == f"http://127.0.0.1:{port}/page"
    assert document.canonical == "https://courier.example/talks/second-round"
    assert (document.title, document.outlet) == ("Prisoners first, ceasefire later", "The Courier")
    assert (document.content, document.filename) == (PAGE.encode(), None)


@pytest.mark.parametrize(
    ("path", "media_type", "part"),
    [
        ("/packed", "text/html", OPENING),
        ("/fragment", "text/html", OPENING),
        ("/cyrillic", "text/html", "Делегации встретились"),
        ("/report.pdf", "application/pdf", "papers on the table"),
        ("/report.pdf?version=2", "application/pdf", "papers on the table"),
        ("/viewer.pdf", "text/html", OPENING),
        ("/notes.md", "text/markdown", OPENING),
    ],
)
def test_what_is_fetched_is_read_by_its_kind(
    fetch: Callable[..., Document], path: str, media_type: str, part: str
) -> None:
    document = fetch(path)
    assert part in document.text
    assert document.media_type == media_type


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/loop", "too-many-redirects"),
        ("/no-location", "unreachable"),
        ("/to-metadata", "private-network"),
        ("/to-file", "bad-address"),
        ("/to-nonsense", "unreachable"),
        ("/with-password", "bad-address"),
        ("/large", "too-large"),
        ("/stream", "too-large"),
        ("/bomb", "too-large"),
        ("/cut", "unreachable"),
        ("/not-packed", "unreachable"),
        ("/brotli", "unreachable"),
        ("/broken", "unreachable"),
        ("/noise", "unreachable"),
        ("/picture", "wrong-type"),
        ("/data", "wrong-type"),
        ("/empty", "empty"),
        ("/scripts", "empty"),
        ("/status/204", "empty"),
        ("/status/400", "unreachable"),
        ("/status/401", "forbidden"),
        ("/status/402", "forbidden"),
        ("/status/403", "forbidden"),
        ("/status/404", "not-found"),
        ("/status/410", "not-found"),
        ("/status/429", "forbidden"),
        ("/status/451", "forbidden"),
        ("/status/500", "unreachable"),
    ],
)
def test_what_cannot_be_read_is_refused_by_reason(fetch: Callable[..., Document], path: str, reason: str) -> None:
    with pytest.raises(Refusal) as excinfo:
        fetch(path)
    assert refusal(excinfo) == (reason, "address")


def test_a_forbidden_page_suggests_to_paste_the_text(fetch: Callable[..., Document]) -> None:
    with pytest.raises(Refusal, match=r"\(HTTP 403\)\. Open it in your browser and paste its text\."):
        fetch("/status/403")


@pytest.mark.parametrize("path", ["/slow", "/trickle"])
def test_no_server_outlasts_the_time_limit(fetch: Callable[..., Document], path: str) -> None:
    started = time.monotonic()
    with pytest.raises(Refusal) as excinfo:
        fetch(path, timeout=0.4)
    assert refusal(excinfo) == ("timeout", "address")
    assert time.monotonic() - started < 1.5


def test_requests_name_the_program_and_carry_nothing_else(fetch: Callable[..., Document]) -> None:
    text = fetch("/echo").text
    assert "User-Agent: Rapporteur/" in text
    assert "Cookie" not in text
    assert "Referer" not in text


def test_proxies_of_the_environment_are_not_used(
    fetch: Callable[..., Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert OPENING in fetch("/page").text


def test_this_machine_is_out_of_reach_unless_it_is_permitted(port: int) -> None:
    for host in ("127.0.0.1", "localhost", "0.0.0.0", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"):
        with pytest.raises(Refusal, match="not on the public internet") as excinfo:
            from_address(f"http://{host}:{port}/page", limit=LIMIT)
        assert refusal(excinfo) == ("private-network", "address")


def test_a_name_is_resolved_once_and_the_checked_address_is_connected(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, real = list[str](), socket.getaddrinfo

    def rebinding(host: str, *args: object, **kwargs: object) -> object:
        if host == "courier.example":
            asked.append(host)
            host = "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
        return real(host, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    document = from_address(f"http://courier.example:{port}/echo", limit=LIMIT, may_connect=loopback)
    assert asked == ["courier.example"]
    assert f"Host: courier.example:{port}" in document.text
    with pytest.raises(Refusal) as excinfo:
        from_address(f"http://courier.example:{port}/echo", limit=LIMIT, may_connect=loopback)
    assert refusal(excinfo) == ("private-network", "address")


def test_names_and_paths_outside_of_ascii_are_fetched(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, real = list[str](), socket.getaddrinfo

    def here(host: str, *args: object, **kwargs: object) -> object:
        asked.append(host)
        return real("127.0.0.1", *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", here)
    document = from_address(f"http://курьер.example:{port}/page?q=пе", limit=LIMIT, may_connect=loopback)
    assert asked[0] == "xn--e1ajsbm9c.example"
    assert document.address == f"http://{asked[0]}:{port}/page?q=%D0%BF%D0%B5"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for the name localhost, in one file."""
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"]
    subprocess.run([*command, "-keyout", str(path), "-out", f"{path}.crt"], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + Path(f"{path}.crt").read_bytes())
    return path


@pytest.fixture(scope="module")
def secure_port(certificate: Path) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = QuietServer(("127.0.0.1", 0), Peer)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    yield from serve(server)


def test_a_certificate_is_checked_against_the_name(
    secure_port: int, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")
    document = from_address(f"https://localhost:{secure_port}/page", limit=LIMIT, may_connect=loopback)
    assert document.address == f"https://localhost:{secure_port}/page"
    with pytest.raises(Refusal, match="TLS") as excinfo:
        from_address(f"https://127.0.0.1:{secure_port}/page", limit=LIMIT, may_connect=loopback)
    assert refusal(excinfo) == ("tls", "address")


def test_an_unknown_certificate_is_refused(secure_port: int) -> None:
    with pytest.raises(Refusal) as excinfo:
        from_address(f"https://localhost:{secure_port}/page", limit=LIMIT, may_connect=loopback)
    assert refusal(excinfo) == ("tls", "address")


def test_a_port_where_nobody_listens_is_unreachable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(Refusal) as excinfo:
            from_address(f"http://127.0.0.1:{taken.getsockname()[1]}/", limit=LIMIT, may_connect=loopback)
    assert refusal(excinfo) == ("unreachable", "address")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "talks",
        "ftp://courier.example/a",
        "file:///etc/passwd",
        "http://",
        "http:///a",
        "javascript:alert(1)",
        "http://me@courier.example/",
        "http://me:pw@courier.example/",
        "http://courier.example:99999/",
        "http://[bad/",
        "http://exa mple.com\r\nX: y/",
        "http://courier.example/" + "a" * 3000,
        "http://\x00/",
        "//courier.example/",
    ],
)
def test_what_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(Refusal) as excinfo:
        from_address(address, limit=LIMIT, may_connect=lambda _: False)
    assert refusal(excinfo) == ("bad-address", "address")


@pytest.mark.parametrize("address", ["127.0.0.1:{port}/page", "  http://127.0.0.1:{port}/page \n"])
def test_an_address_may_be_written_carelessly(port: int, address: str) -> None:
    asked = list[str]()

    def note(found: IPv4Address | IPv6Address) -> bool:
        asked.append(str(found))
        return False

    with pytest.raises(Refusal, match=r"127\.0\.0\.1 is not on the public internet"):
        from_address(address.format(port=port), limit=LIMIT, may_connect=note)
    assert asked == ["127.0.0.1"]


PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 127.0.0.1 127.255.0.1 169.254.169.254 172.16.0.1 192.0.0.1 192.0.2.1
192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::808:808 100::1
2001::1 2001:db8::1 2002:7f00:1:: 2002:808:808:: 3fff::1 5f00::1 fc00::1 fd00::1 fe80::1 fec0::1 ff02::1
ff0e::1
"""
PUBLIC = "8.8.8.8 93.184.215.14 2a00:1450:4001::1 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808"


def test_only_addresses_on_the_public_internet_are_public() -> None:
    assert [written for written in PRIVATE.split() if is_public(ip_address(written))] == []
    assert [written for written in PUBLIC.split() if not is_public(ip_address(written))] == []
