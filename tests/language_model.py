"""A server on loopback that speaks the chat-completions protocol, and answers what a test tells it to."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-very-secret-1234567890"
USAGE = {"prompt_tokens": 1200, "completion_tokens": 300, "total_tokens": 1500}


@dataclass
class Reply:
    """One answer over HTTP; ``drip`` sends the body bit by bit, with so many seconds between the bits."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0


Turn = Reply | Callable[[dict[str, Any]], Reply]


def says(answer: Any, *, finish: str = "stop", usage: dict[str, Any] | None = USAGE) -> Reply:
    """A completion that holds the answer: as JSON, or word for word if it is text already."""
    content = answer if isinstance(answer, str) else json.dumps(answer)
    completion: dict[str, Any] = {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "test",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish}],
    }
    return Reply(json.dumps(completion | ({"usage": usage} if usage else {})).encode())


def refuses(status: int, message: str = "no", **headers: str) -> Reply:
    """A refusal, in the form that such servers give it."""
    return Reply(json.dumps({"error": {"message": message}}).encode(), status, headers)


@dataclass
class Model:
    """The running server: what it was asked, and its turns; the last one is repeated."""

    address: str
    turns: list[Turn]
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def settings(self, **more: Any) -> dict[str, Any]:
        """Settings that name this server."""
        return {"reader": "llm", "llm_address": self.address, "llm_model": "test-model", "llm_key": KEY} | more


@contextmanager
def model(*turns: Turn) -> Iterator[Model]:
    """A server with these turns, on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    running = Model(f"http://127.0.0.1:{server.server_address[1]}/v1", list(turns))
    server.model = running  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield running
    running.ended.set()
    server.shutdown()
    server.server_close()
    thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        running: Model = self.server.model  # type: ignore[attr-defined]
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        turn = running.turns[min(len(running.asked), len(running.turns) - 1)]
        running.asked.append(asked)
        running.headers.append({name.lower(): value for name, value in self.headers.items()})
        running.paths.append(self.path)
        self._give(turn if isinstance(turn, Reply) else turn(asked), running)

    def _give(self, reply: Reply, running: Model) -> None:
        self.send_response(reply.status)
        for name, value in {"Content-Type": "application/json", **reply.headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        step = 1 if reply.drip else len(reply.body)
        try:
            for start in range(0, len(reply.body), step or 1):
                self.wfile.write(reply.body[start : start + step])
                if reply.drip and running.ended.wait(reply.drip):
                    return
        except OSError:
            return  # the client has gone

    def log_message(self, *_: object) -> None:
        """Say nothing."""
