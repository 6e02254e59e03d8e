"""Programs that run while a test does something else. They end with it, however it ends: what one
test leaves open is another one's failure, where the interpreter comes to warn of it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

PATIENCE = 30
"""Seconds until a program that was asked to end is killed."""


@contextlib.contextmanager
def running(
    argv: Sequence[str | Path],
    *,
    stdout: int | None = subprocess.PIPE,
    stderr: int | None = None,
    pass_fds: Sequence[int] = (),
    user: int | None = None,
) -> Iterator[subprocess.Popen[str]]:
    """A program, in a session of its own, all of which is killed if it has not ended."""
    child = subprocess.Popen(
        argv, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, text=True,
        pass_fds=pass_fds, user=user, start_new_session=True,
    )  # fmt: skip
    try:
        yield child
    finally:
        kill(child)
        child.communicate()


@contextlib.contextmanager
def serving(argv: Sequence[str | Path]) -> Iterator[None]:
    """A server, whose output nobody reads; it is asked to end."""
    with running(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            yield
        finally:
            stop(server)


def stop(child: subprocess.Popen[str]) -> None:
    """Ask a program to end, which leads a session; kill all of it if it does not."""
    child.terminate()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        kill(child)
        child.wait()


def kill(child: subprocess.Popen[str]) -> None:
    """End a program that leads a session, and what it has started, unless it has ended: then its
    number may be another one's."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)


@contextlib.contextmanager
def sending(connected: socket.socket, data: bytes) -> Iterator[None]:
    """A thread that sends `data` meanwhile. That it could not is for the other end to miss."""

    def send() -> None:
        with contextlib.suppress(OSError):
            connected.sendall(data)

    thread = threading.Thread(target=send)
    thread.start()
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            connected.shutdown(socket.SHUT_RDWR)
        raise
    finally:
        thread.join(PATIENCE)
