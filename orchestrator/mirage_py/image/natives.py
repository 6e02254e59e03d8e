"""What a failed build says of native code, as the user's mistakes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from mirage_py.graph.errors.words import any_of
from mirage_py.support import process
from mirage_py.support.errors import MirageError, Mistakes, Position, ToolFailed
from mirage_py.support.near import edits, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mirage_py.workspace.model import Workspace

DIAGNOSTIC = re.compile(
    r"^(?P<file>\S.*\.(?:pyx|pxd|pxi)):(?P<line>\d+):\d+: (?P<what>.+)$", re.MULTILINE
)
"""What mirage_py.cython says."""
COMPILER = re.compile(
    r"^(?P<file>\S.*\.(?:c|h|pyx|pxd)):(?P<line>\d+):\d+: error: (?P<what>.+)$", re.MULTILINE
)
"""What the C compiler says."""
VERBATIM = re.compile(
    r"^(?P<file>\S+)\.c:\d+:\d+: error: (?P<what>.+)\n\s*\d+ \| (?P<text>.+)$", re.MULTILINE
)
"""What it says of C that a .pyx has as text (`cdef extern from *`)."""
HEADER = re.compile(
    r"^(?P<file>\S.*\.(?:c|h|pyx|pxd)):(?P<line>\d+):\d+: fatal error: (?P<name>\S+): No such file",
    re.MULTILINE,
)
"""What it says of a header that is not there."""
UNDEFINED = re.compile(
    r"^(?:\S*ld: )?(?P<where>[^\n]*?): (?:in function [^\n]*\n(?P<line>[^\n]*?): )?"
    r"undefined reference to [`'](?P<name>\w+)'",
    re.MULTILINE,
)
IMPLICIT = re.compile(r"implicit declaration of function \W(\w+)")
PLACE = re.compile(r"([^/\s:]+\.(?:c|h|pyx|pxd)):(\d+)")
SHOWN = 3
"""Names of the library that are told, of those that are nearest."""


HEAP = (
    "an image has no heap of C's: work in a buffer that Python hands over (a bytearray), or in an "
    "array of the module's"
)
STREAMS = "an image has no streams of C's: return what Python prints, or reads and writes"
INSTEAD = {
    **dict.fromkeys(("malloc", "calloc", "realloc", "free"), HEAP),
    **dict.fromkeys(("printf", "puts", "putchar", "fopen", "fread", "fwrite", "fprintf"), STREAMS),
    **dict.fromkeys(("sprintf", "snprintf", "vsnprintf"), "an image formats text in Python alone"),
    **dict.fromkeys(("abort", "exit"), "return what went wrong, and raise it in Python"),
}
"""What is said of functions that much C asks for, and that no image has."""
UNDECLARED = "include the header that declares it, of the image's C library or of your `c_sources`"


class NotCython(MirageError):
    """Code that cannot be compiled for a guest."""

    def __init__(self, what: str, position: Position) -> None:
        super().__init__(f"this cannot be compiled for an image: {what}", position=position)


class NotC(MirageError):
    """A C source that the compiler refuses."""

    def __init__(self, what: str, position: Position) -> None:
        undeclared = IMPLICIT.match(what)
        super().__init__(
            f"the C compiler refuses this: {what}",
            position=position,
            hint=INSTEAD.get(undeclared[1], UNDECLARED) if undeclared else None,
        )


class NoHeader(MirageError):
    """A header that is included, and that is nowhere."""

    def __init__(self, name: str, position: Position) -> None:
        super().__init__(
            f"the header `{name}` is included, and is not there",
            position=position,
            hint="headers are looked for beside the project's sources, in the image's C library "
            "and where `pkg_config` says; those of the host's C library are not an image's",
        )


class Undefined(MirageError):
    """A function or variable that nothing in the image defines."""

    def __init__(
        self, name: str, who: str, known: Sequence[str], position: Position | None
    ) -> None:
        needed = f" by {who}" if who and position is None else ""
        close = nearest(name, known)[:SHOWN]
        has = f" has {any_of([f'`{one}`' for one in close])}, and" if close else ""
        meant = (
            "add its source, or an archive that has it, to `c_sources`; "
            f"the image's C library{has} is listed in docs/packages.md"
        )
        if close and edits(close[0], name) <= 1:
            meant = f"did you mean `{close[0]}`?"
        super().__init__(
            f"`{name}` is needed{needed}, and nothing in the image defines it",
            position=position,
            hint=INSTEAD.get(name, meant),
        )


def native_mistake(output: str, workspace: Workspace) -> MirageError | None:
    """The user's mistake, if a build that failed tells of one in their native code."""
    told: list[MirageError] = [
        NotCython(one["what"], position(one["file"], one["line"], workspace))
        for one in DIAGNOSTIC.finditer(output)
        if not one["what"].startswith(("error:", "warning:", "note:"))
    ]
    told = told or [
        NotC(one["what"], position(one["file"], one["line"], workspace))
        for one in COMPILER.finditer(output)
        if is_users(one["file"], workspace)
    ]
    told = told or [*of_verbatim(output, workspace)]
    told = told or [
        NoHeader(one["name"], including(one, workspace)) for one in HEADER.finditer(output)
    ]
    told = told or undefined(output, workspace)
    if not told:
        return None
    return told[0] if len(told) == 1 else Mistakes(told)


def of_verbatim(output: str, workspace: Workspace) -> Iterator[NotC]:
    """Mistakes in C that stands in a .pyx."""
    for one in VERBATIM.finditer(output):
        for native in workspace.lock.graph.natives:
            if native.path.stem != Path(one["file"]).name:
                continue
            lines = native.path.read_text(encoding="utf-8").splitlines()
            numbers = [n for n, line in enumerate(lines, 1) if one["text"].strip() in line]
            where = position(str(native.path), str(min(numbers, default=1)), workspace)
            yield NotC(one["what"], where)


def including(told: re.Match[str], workspace: Workspace) -> Position:
    """Where the user's code includes a header: in a native module, by `cdef extern from`."""
    if is_users(told["file"], workspace):
        return position(told["file"], told["line"], workspace)
    folders = {one.path.parent for one in workspace.lock.graph.natives}
    for path in sorted(path for one in folders for path in one.glob("*.p[yx][xd]")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if told["name"] in line and "extern" in line:
                return position(str(path), str(number), workspace)
    return position(told["file"], told["line"], workspace)


def undefined(output: str, workspace: Workspace) -> list[MirageError]:
    """What the linker misses, each name once."""
    known: list[str] = []
    found: dict[str, MirageError] = {}
    for one in UNDEFINED.finditer(output):
        name = one["name"]
        if name in found:
            continue
        known = known or library(workspace)
        place = PLACE.search(one["line"] or one["where"])
        where = position(place[1], place[2], workspace) if place else None
        who = (one["line"] or one["where"]).rpartition("/")[2]
        found[name] = Undefined(name, who, known, where)
    return list(found.values())


def library(workspace: Workspace) -> list[str]:
    """The functions of the image's C library."""
    path = workspace.runtime.build / "libc.a"
    try:
        listed = process.run(["nm", "--defined-only", "-g", "-P", str(path)])
    except ToolFailed:
        return []
    rows = [line.split() for line in listed.splitlines()]
    return sorted(row[0] for row in rows if row[1:2] == ["T"] and not row[0].startswith("_"))


def is_users(file: str, workspace: Workspace) -> bool:
    """Whether the C compiler speaks of a file of the project."""
    return source(file, workspace) is not None


def source(file: str, workspace: Workspace) -> Path | None:
    """The user's file that a message means: by its path, or its name alone."""
    graph = workspace.lock.graph
    own = [*(one.path for one in graph.natives), *(one.path for one in graph.c_sources)]
    every = [*own, *(path for one in own for path in one.parent.glob("*.[hp]*"))]
    meant = (workspace.build / file).resolve()
    if meant in every:
        return meant
    return next((path for path in every if path.name == meant.name), None)


def position(file: str, line: str, workspace: Workspace) -> Position:
    """A line as messages show it: relative to the project."""
    path = source(file, workspace) or Path(file)
    root = workspace.lock.graph.config.root.resolve()
    shown = str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    number = int(line)
    text = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    return Position(shown, number, text)
