"""Repositories on servers that the disk of a docteur is made of: HTTP, HTTPS and SSH, by real
servers on the loopback."""

from __future__ import annotations

import getpass
import os
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from mirage_py.disk import docteur
from mirage_py.disk import repository as repositories
from mirage_py.support.errors import MirageError
from tests.boot.test_docteur import git


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    (root / "file").write_text("content")
    git("init", "-q", "-b", "main", folder=root)
    git("add", ".", folder=root)
    git("commit", "-q", "-m", "first", folder=root)
    (root / "file").write_text("other content")
    git("commit", "-q", "-a", "-m", "second", folder=root)
    git("update-server-info", folder=root)
    return root


def check(remote: str, repository: Path, folder: Path) -> None:
    """The disk of a remote is that of its newest commit, the second time as the first."""
    disk = folder / "disk.img"
    for _ in range(2):
        repositories.prepare(remote, folder, disk)
        assert repositories.held(disk) == git("rev-parse", "HEAD", folder=repository)
    assert docteur.get(disk, "file") == b"other content"


class Backend(BaseHTTPRequestHandler):
    """git's own program for servers of HTTP."""

    def answer(self) -> None:
        path, _, query = self.path.partition("?")
        length = int(self.headers.get("Content-Length") or 0)
        done = subprocess.run(
            ["git", "http-backend"], input=self.rfile.read(length), check=True, capture_output=True,
            env=os.environ | {
                "GIT_PROJECT_ROOT": str(self.server.root), "GIT_HTTP_EXPORT_ALL": "1",  # type: ignore[attr-defined]
                "PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": self.command,
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            },
        )  # fmt: skip
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(fields.pop("Status", "200").split()[0]))
        fields["Content-Length"] = str(len(body))
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer  # noqa: N815 - http.server's names

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Silent(SimpleHTTPRequestHandler):
    """Files, as any server gives them: git's dumb protocol."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[int]:
    """The port of a server that answers meanwhile."""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def test_http(repository: Path, tmp_path: Path) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Backend)
    server.root = repository.parent  # type: ignore[attr-defined]
    with serving(server) as port:
        check(f"http://127.0.0.1:{port}/repository/.git", repository, tmp_path)


def test_dumb_http(repository: Path, tmp_path: Path) -> None:
    handler = partial(Silent, directory=str(repository.parent))
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as port:
        check(f"http://127.0.0.1:{port}/repository/.git", repository, tmp_path)


def test_https(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whom it does not know it does not trust."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    words = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    words += ["-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", str(key)]
    words += ["-addext", "subjectAltName=IP:127.0.0.1", "-out", str(certificate)]
    subprocess.run(words, check=True, capture_output=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Backend)
    server.root = repository.parent  # type: ignore[attr-defined]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with serving(server) as port:
        remote = f"https://127.0.0.1:{port}/repository/.git"
        with pytest.raises(MirageError, match=r"cannot be had: .*certificate"):
            repositories.prepare(remote, tmp_path, tmp_path / "none.img")
        assert not (tmp_path / "none.img").exists()
        monkeypatch.setenv("GIT_SSL_CAINFO", str(certificate))
        check(remote, repository, tmp_path)


@pytest.fixture
def sshd(tmp_path: Path) -> Iterator[int]:
    """The port of OpenSSH's server, which knows one key."""
    for name in ("host", "user"):
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)]
        subprocess.run(words, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where it keeps its unprivileged part
    options = (
        f"HostKey={tmp_path / 'host'}", f"AuthorizedKeysFile={tmp_path / 'user.pub'}",
        "ListenAddress=127.0.0.1", f"Port={port}", "PidFile=none", "UsePAM=no", "StrictModes=no",
    )  # fmt: skip
    given = [part for option in options for part in ("-o", option)]
    words = ["/usr/sbin/sshd", "-D", "-e", "-f", "/dev/null", *given]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr
            assert "Server listening" in server.stderr.readline()
            yield port
        finally:
            server.terminate()


def test_ssh(sshd: int, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to write it; to a server that it does not know it does not log in."""
    user = f"{getpass.getuser()}@127.0.0.1"
    command = f"ssh -F /dev/null -i {tmp_path / 'user'} -o BatchMode=yes -p {sshd}"
    hosts = tmp_path / "known_hosts"
    command += f" -o UserKnownHostsFile={hosts} -o StrictHostKeyChecking="
    monkeypatch.setenv("GIT_SSH_COMMAND", command + "yes")
    with pytest.raises(MirageError, match=r"cannot be had: .*"):
        repositories.prepare(f"ssh://{user}:{sshd}{repository}", tmp_path, tmp_path / "none.img")
    host = (tmp_path / "host.pub").read_text()
    hosts.write_text(f"[127.0.0.1]:{sshd} {host}")
    check(f"ssh://{user}:{sshd}{repository}", repository, tmp_path)
    check(f"{user}:{repository}", repository, tmp_path)
