"""Config: what the user wrote. Made by `load`, taken by `plan`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mirage_py.dsl.errors.registering import (
    InvalidName,
    InvalidStack,
    NotAJob,
    NotAList,
    RegisteredTwice,
)
from mirage_py.dsl.errors.shapes import NotThis
from mirage_py.dsl.given import known_features
from mirage_py.dsl.impl import Applied, Impl
from mirage_py.dsl.job import Job, job
from mirage_py.dsl.key import Key
from mirage_py.dsl.session import current, here, report
from mirage_py.dsl.shapes import is_text, texts
from mirage_py.support.errors import Position

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
LEAST_STACK = 16 * 1024
MOST_STACK = 1 << 30
"""No target starts a guest with much more memory; within it, only --mem decides."""


@dataclass(frozen=True)
class Config:
    """What a config.py registered; every value in it knows its line."""

    file: Path
    """The config.py, absolute."""
    name: str
    """Of the image: dist/NAME.TARGET."""
    jobs: tuple[Impl[Job], ...]
    stack: int | None
    """Bytes of the interpreter's stack in the guest; None where the guest chooses by its memory."""
    features: tuple[str, ...]
    """What the interpreter has beyond its usual parts: `compiler`, `vfs`."""
    position: Position
    """The line of `register`."""
    init: tuple[Impl[Any], ...] = ()
    """Devices that are connected before all others, one after the other."""
    keys: tuple[Key[Any], ...] = ()
    """Those that config.py declares, whether or not anything uses them."""
    source: str | None = None
    """Where the unikernel's own source is published."""

    @property
    def root(self) -> Path:
        """The folder of the unikernel: its modules, `_build/`, `dist/` and the lock lie there."""
        return self.file.parent

    def with_stack(self, stack: int) -> Config:
        """The same configuration with another size of the stack. Raises InvalidStack."""
        if not _is_stack(stack):
            raise InvalidStack(stack, LEAST_STACK, MOST_STACK, None)
        return replace(self, stack=stack)

    def with_features(self, features: Iterable[str]) -> Config:
        """The same configuration with these features too."""
        return replace(self, features=tuple(dict.fromkeys((*self.features, *features))))


def register(
    name: str,
    jobs: Sequence[Impl[Job]],
    *,
    stack: int | None = None,
    features: Sequence[str] = (),
    init: Sequence[Impl[Any]] = (),
    src: str | None = None,
) -> None:
    """Make this configuration the unikernel `name`, which runs `jobs` concurrently.

    `init` are devices that are connected first, in their order. `src` is the address at which the
    unikernel's source is published, for its application info.

    `stack` is the size in bytes of the interpreter's stack: it bounds how deep calls may nest.
    Without it the stack is a sixteenth of the memory, of 128 to 512 KiB, in which some 250 to
    1,100 plain calls nest.
    `features` are parts of the interpreter that images leave out unless asked: "compiler" (exec,
    eval and compile), "vfs".
    """
    position = here()
    session = current()
    if not is_text(name) or not NAME.fullmatch(name):
        report(InvalidName(name, position))
    if stack is not None and not _is_stack(stack):
        report(InvalidStack(stack, LEAST_STACK, MOST_STACK, position))
    if src is not None and not is_text(src):
        report(NotThis("src", src, "a text", position))
    features = known_features(texts("features", features, position), position)
    given: Any = jobs
    if isinstance(given, Applied | str) or not isinstance(given, Iterable):
        report(NotAList(given, position))
        given = [given] if isinstance(given, Applied) else []
    good = tuple(one for one in given if _is_job(one, position))
    if session is None:
        return
    if session.config is not None:
        report(RegisteredTwice(session.config.position, position))
        return
    session.config = Config(
        file=session.file,
        name=name,
        jobs=good,
        stack=stack,
        features=tuple(features),
        position=position,
        init=tuple(init),
        source=src,
    )


def _is_stack(stack: object) -> bool:
    """Whether `stack` can be the size of a stack."""
    return isinstance(stack, int) and LEAST_STACK <= stack <= MOST_STACK and stack % 16 == 0


def _is_job(value: object, position: Position) -> bool:
    """Whether `value` can be registered; reports why not."""
    if isinstance(value, Impl) and (value.type == job or not value.head.sound):
        return True
    report(NotAJob(value, position))
    return False
