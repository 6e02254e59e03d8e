"""What a person sees while mirage-py works: messages and progress, all on standard error."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress

log = logging.getLogger("mirage_py")

TRACE = 5
"""The level of what only someone who works on mirage-py wants to see."""

PATIENCE = 1.0
"""Seconds after which a step is shown."""


def set_up(*, verbosity: int = 0, color: str = "auto") -> None:
    """Show messages from this level up: -1 only warnings, 0 what is done, 1 every command that is
    run, 2 where in mirage-py an error was raised."""
    _state.color = color
    _state.quiet = verbosity < 0
    handler = _Handler()
    handler.setFormatter(_Formatter())
    log.handlers = [handler]
    log.propagate = False
    levels = {-1: logging.WARNING, 0: logging.INFO, 1: logging.DEBUG}
    log.setLevel(levels.get(verbosity, TRACE))


def colored(stream: TextIO) -> bool:
    """Whether colour may be written to `stream`: --color, NO_COLOR, else if it is a terminal."""
    if _state.color != "auto":
        return _state.color == "always"
    return not os.environ.get("NO_COLOR") and stream.isatty()


def paint(text: str, style: str, stream: TextIO) -> str:
    """`text` in one of `STYLES` where colour may be written."""
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if colored(stream) else text


STYLES = {"error": "1;31", "warning": "1;33", "hint": "1;36", "bold": "1"}


@contextmanager
def step(what: str) -> Iterator[None]:
    """Show `what` while the block runs, if that takes longer than a second.

    On a terminal it is a line that moves and then goes; elsewhere one line when it starts to be
    long, and one when it ends. Steps may run in several threads at once.
    """
    if _state.quiet:
        yield
    elif sys.stderr.isatty():
        with _state.progress(what):
            yield
    else:
        with _plain(what):
            yield


@contextmanager
def _plain(what: str) -> Iterator[None]:
    """A step where nothing can be redrawn."""
    start = time.monotonic()
    timer = threading.Timer(PATIENCE, lambda: log.info("%s ...", what))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    seconds = time.monotonic() - start
    if seconds >= PATIENCE:
        log.info("%s: done in %.1f s", what, seconds)


class _State:
    """What set_up chose, and the one live display that all running steps share."""

    def __init__(self) -> None:
        self.color = "auto"
        self.quiet = False
        self.lock = threading.Lock()
        self.running = 0
        self.live: Progress | None = None

    @contextmanager
    def progress(self, what: str) -> Iterator[None]:
        with self.lock:
            self.live = self.live or _display()
            if self.running == 0:
                self.live.start()
            self.running += 1
            live, task = self.live, self.live.add_task(what, total=None)
        try:
            yield
        finally:
            with self.lock:
                live.remove_task(task)
                self.running -= 1
                if self.running == 0:
                    live.stop()


def _display() -> Progress:
    """A display of the steps that run: spinner, what, seconds."""
    from rich.console import Console  # noqa: PLC0415 - rich is slow to import
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - rich takes a while to import

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    console = Console(stderr=True, no_color=not colored(sys.stderr))
    return Progress(*columns, console=console, transient=True)


class _Handler(logging.Handler):
    """Writes to what is standard error by then: the live display puts itself in its place."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stderr.write(f"{self.format(record)}\n")
        sys.stderr.flush()


class _Formatter(logging.Formatter):
    """Messages bare; warnings and worse with their level before them."""

    def format(self, record: logging.LogRecord) -> str:
        message = record.getMessage()
        if record.levelno < logging.WARNING:
            return message
        level = record.levelname.lower()
        style = "error" if record.levelno >= logging.ERROR else "warning"
        return f"{paint(f'{level}:', style, sys.stderr)} {message}"


_state = _State()
