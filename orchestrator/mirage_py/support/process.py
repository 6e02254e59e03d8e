"""The only caller of subprocess: argument lists, an environment built from nothing, output kept."""

from __future__ import annotations

import logging
import os
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from mirage_py.support.errors import ToolFailed, ToolMissing
from mirage_py.support.terminate import held

if TYPE_CHECKING:
    from collections.abc import Sequence

log = logging.getLogger("mirage_py")

PACKAGE_PARENT = Path(__file__).resolve().parents[2]
PATIENCE = 2.0
"""Seconds that a child is given to end by itself."""

# What a build may see of the caller's environment: the rest would make builds differ.
KEPT = (
    "PATH", "HOME", "TMPDIR", "TERM",
    "http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
    "SSL_CERT_FILE", "SSL_CERT_DIR",
)  # fmt: skip


def environment(extra: dict[str, str] | None = None) -> dict[str, str]:
    """The environment of a child: a few kept names, a fixed locale, this very mirage_py."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    own = {"LANG": "C.UTF-8", "PYTHONPATH": str(PACKAGE_PARENT), "PYTHONDONTWRITEBYTECODE": "1"}
    return kept | own | (extra or {})


def python(module: str, *args: str) -> list[str]:
    """The argument list that runs `module` with this interpreter."""
    return [sys.executable, "-m", module, *args]


def ending(code: int) -> str:
    """A process's end in words: an exit status, or the signal that killed it."""
    if code < 0:
        return f"was killed by {signal.Signals(-code).name}"
    return f"failed with exit status {code}"


def run(
    argv: list[str],
    *,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    log_to: Path | None = None,
    needed_for: str = "for this step",
    how: str = "install it and try again",
    timeout: float | None = None,
) -> str:
    """Run `argv` to its end and return its output (standard output and error, in order).

    `env` is added to `environment()`. The full output goes to `log_to` too, if given. A child
    that takes longer than `timeout` seconds is killed, which is a failure. It ends no later than
    this does: what is begun anew must not find it at work.
    Raises ToolMissing when the program is absent and ToolFailed when it fails.
    """
    if shutil.which(argv[0]) is None:
        raise ToolMissing(argv[0], needed_for, how)
    log.debug("+ %s", shlex.join(argv))
    with (
        held() as release,
        subprocess.Popen(
            argv,
            cwd=cwd,
            env=environment(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as child,
    ):
        try:
            release()
            output, _ = child.communicate(timeout=timeout)
        except subprocess.TimeoutExpired as error:
            child.kill()
            said = error.output or b""
            output = said.decode(errors="replace") if isinstance(said, bytes) else said
            raise ToolFailed(argv, f"did not end within {timeout:g} s", output, log_to) from None
        except BaseException:
            end(child)
            raise
    if log_to:
        log_to.parent.mkdir(parents=True, exist_ok=True)
        log_to.write_text(f"+ {shlex.join(argv)}\n{output}", encoding="utf-8")
    if child.returncode:
        raise ToolFailed(argv, ending(child.returncode), output, log_to)
    return output


class Stopped(Exception):
    """A signal asked us to end, while a child runs in our place."""


def foreground(
    argv: Sequence[str],
    descriptors: Sequence[int] = (),
    *,
    stdin: int | None = None,
    timeout: float | None = None,
) -> int:
    """Run `argv` in our place, on our standard streams, and return its exit status.

    A signal that ended it is 128 plus its number, as shells say it. An interrupt or a request to
    terminate that we get ends it, and is said the same way. It may use the open files
    `descriptors`; `stdin` is as in Popen. Raises TimeoutError, once it is ended, if it takes longer
    than `timeout` seconds.
    """
    received: list[int] = []
    running = False

    def stop(number: int, _: object) -> None:
        # Raised only where it is caught: in the middle of Popen it would lose the child.
        received.append(number)
        if running and len(received) == 1:
            raise Stopped

    log.debug("+ %s", shlex.join(argv))
    status = 0
    previous = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        child = subprocess.Popen(argv, stdin=stdin, pass_fds=descriptors)
        try:
            running = True
            status = end(child) if received else child.wait(timeout)
            running = False
        except Stopped:
            end(child)
        except subprocess.TimeoutExpired:
            running = False
            end(child)
            raise TimeoutError from None
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
    if received:
        return 128 + received[0]
    if status == -signal.SIGPIPE:  # whoever read its output had enough, as `head` has
        return 128 - status
    if status < 0:
        log.error("`%s` %s", argv[0], ending(status))
        return 128 - status
    return status


def beside(server: Sequence[str], descriptors: Sequence[int], argv: Sequence[str]) -> int:
    """Run `argv`, which talks with the user and with `server`, and return its exit status, as
    `foreground` does. The server, which may use the open files `descriptors`, ends no later.

    Ctrl-C is for `argv` to understand. A request to terminate goes on to it.
    """
    received = False
    child: subprocess.Popen[bytes] | None = None

    def stop(*_: object) -> None:
        nonlocal received
        received = True
        if child:
            child.terminate()

    log.debug("+ %s &", shlex.join(server))
    log.debug("+ %s", shlex.join(argv))
    # Handlers, unlike ignoring, are not inherited. They are there before what they have to end is.
    handlers = {signal.SIGINT: lambda *_: None, signal.SIGTERM: stop}
    previous = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        # Not in the terminal's foreground, where it would get Ctrl-C.
        background = subprocess.Popen(
            server, stdin=subprocess.DEVNULL, pass_fds=descriptors, process_group=0
        )
        try:
            child = subprocess.Popen(argv)
            status = end(child) if received else child.wait()
        finally:
            end(background)
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
    return status if status >= 0 else 128 - status


def become(argv: Sequence[str], descriptors: Sequence[int] = ()) -> NoReturn:
    """Replace this process by `argv`, which may use the open files `descriptors`."""
    log.debug("+ %s", shlex.join(argv))
    for number in descriptors:
        os.set_inheritable(number, True)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execvp(argv[0], list(argv))  # noqa: S606 - no shell is wanted


def end(child: subprocess.Popen[Any]) -> int:
    """End a child that still runs: asked first, killed when it does not obey."""
    child.terminate()
    try:
        return child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()
