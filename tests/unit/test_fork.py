"""A child that goes on from this process."""

from __future__ import annotations

import os
import select
import signal
import sys

import pytest

from mirage_py.support.fork import Fork


def failing() -> int:
    raise ValueError("what went wrong")


def test_its_status_is_what_it_returns(capfd: pytest.CaptureFixture[str]) -> None:
    def main() -> int:
        sys.stdout.write(f"read {os.read(0, 1)!r}")
        return 7

    child = Fork(main)
    assert child.ended(None)
    assert child.status == 7
    assert capfd.readouterr().out == "read b''"


def test_an_exception_is_shown(capfd: pytest.CaptureFixture[str]) -> None:
    child = Fork(failing)
    assert child.ended(None)
    assert child.status == 1
    assert "ValueError: what went wrong" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("handler", "number"), [(signal.SIG_DFL, signal.SIGTERM), (signal.SIG_IGN, signal.SIGKILL)]
)
def test_it_can_be_ended(
    handler: signal.Handlers, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is killed when it does not obey."""
    monkeypatch.setattr("mirage_py.support.fork.PATIENCE", 0.05)
    reader, writer = os.pipe()

    def main() -> int:
        signal.signal(signal.SIGTERM, handler)
        os.write(writer, b"!")
        signal.pause()
        return 0

    child = Fork(main)
    assert os.read(reader, 1) == b"!"
    assert not child.ended()
    child.end()
    assert child.status == -number
    child.end()
    os.close(reader)
    os.close(writer)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_it_ends_with_its_parent(number: int) -> None:
    """However that is ended."""
    ours, theirs = os.pipe()

    def parent() -> int:
        def child() -> int:
            os.write(theirs, b"x")
            signal.pause()
            return 0

        os.close(ours)
        signal.signal(number, signal.SIG_DFL) if number != signal.SIGKILL else None
        Fork(child).ended(None)
        return 0

    fork = Fork(parent)
    os.close(theirs)
    assert os.read(ours, 1) == b"x"
    os.kill(fork.pid, number)
    assert fork.ended(5)
    assert select.select([ours], [], [], 5)[0]
    assert os.read(ours, 1) == b"", "the child has ended, too"
    os.close(ours)
