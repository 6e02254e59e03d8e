"""A cache of the test's own, sources to want, archives made on the spot, a loopback server."""

from __future__ import annotations

import io
import socket
import socketserver
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

import pytest

from mirage_py.catalog import Origin, Vendored
from mirage_py.sources import Cache
from mirage_py.sources import fetch as real_fetch
from mirage_py.sources.request import Patience

HASTE = Patience(tries=2, pause=0.01)
"""No shorter for those that answer: a busy machine may keep them waiting."""


@pytest.fixture(autouse=True)
def _nothing_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of this machine leads a test elsewhere."""
    for name in (
        "http_proxy",
        "https_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "MIRAGE_PY_DEBIAN_MIRROR",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MIRAGE_PY_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def fetch(cache: Cache) -> Callable[..., dict[str, Path]]:
    """`sources.fetch` into the test's cache, silent and in haste."""
    quiet = lambda _: nullcontext()  # noqa: E731 - it stands for a parameter
    return partial(real_fetch, cache=cache, progress=quiet, patience=HASTE)


@pytest.fixture
def source(tmp_path: Path) -> Callable[..., Vendored]:
    """Makes a source to want; its folder is `recipe/NAME` in the test's folder."""

    def make(
        *origins: Origin, name: str = "thing", max_bytes: int = 100_000, **rest: Any
    ) -> Vendored:
        folder = tmp_path / "recipe" / name
        folder.mkdir(parents=True, exist_ok=True)
        values = {"keep": (), "licence_files": (), "library": (), **rest}
        return Vendored(
            name=name, folder=folder, version="1.0", licence="MIT", why="a test",
            origins=origins, max_bytes=max_bytes, **values,
        )  # fmt: skip

    return make


@pytest.fixture
def origin() -> Callable[..., Origin]:
    """Makes an origin: its content (or the hash itself), its kind, and where."""

    def make(content: bytes | str, kind: str, **where: str) -> Origin:
        digest = content if isinstance(content, str) else sha256(content).hexdigest()
        return Origin(kind, digest, MappingProxyType(where))

    return make


@pytest.fixture
def tar() -> Callable[..., bytes]:
    """Makes a tar file of {name: content}; `mode` is `w`, `w:gz`, …"""

    def make(files: dict[str, bytes], mode: str = "w") -> bytes:
        made = io.BytesIO()
        with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
            for name, content in files.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
        return made.getvalue()

    return make


@dataclass
class Answer:
    """What the server gives for a path."""

    body: bytes = b""
    status: int = 200
    length: int | None = None
    """The Content-Length that is claimed, if not the true one."""
    stall: float = 0
    """Seconds of silence before the last byte of the body."""
    before: Callable[[], object] = lambda: None
    location: str = ""
    kind: str = "application/octet-stream"


class Server:
    """A web server on loopback."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | list[Answer]] = {}
        """By path; of a list, one after the other, the last for ever."""
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.answer(self)

            def log_message(self, *args: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        path = unquote(request.path)
        self.asked.append(path)
        answer = self.answers.get(path, Answer(status=404))
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        answer.before()
        request.send_response(answer.status)
        length = len(answer.body) if answer.length is None else answer.length
        request.send_header("Content-Length", str(length))
        request.send_header("Content-Type", answer.kind)
        if answer.location:
            request.send_header("Location", answer.location)
        request.end_headers()
        try:
            request.wfile.write(answer.body[:-1])
            time.sleep(answer.stall)
            request.wfile.write(answer.body[-1:])
        except OSError:
            pass  # the client gave up, as some tests want

    def stop(self) -> None:
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.stop()


@pytest.fixture
def answer() -> type[Answer]:
    return Answer


@pytest.fixture
def listener() -> Iterator[int]:
    """A port where connections are taken and nothing is ever said."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@pytest.fixture
def closed_port() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@pytest.fixture
def babbler() -> Iterator[int]:
    """A port where whoever connects is told nonsense."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(1000)
            self.request.sendall(b"what?\r\n\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as babbling:
        babbling.daemon_threads = True
        threading.Thread(target=babbling.serve_forever, args=(0.02,), daemon=True).start()
        yield babbling.server_address[1]
        babbling.shutdown()


@pytest.fixture
def patience() -> Callable[..., Patience]:
    """HASTE with something changed."""
    return partial(replace, HASTE)
