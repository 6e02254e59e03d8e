"""What a failed build says of Python, as the user's mistakes or a package's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mirage_py.support.errors import MirageError, Position
from mirage_py.support.parse import source_text
from mirage_py.workspace.errors import PackageObstacle
from mirage_py.workspace.lowered import origin

if TYPE_CHECKING:
    from pathlib import Path

    from mirage_py.lock.model import LockedPackage
    from mirage_py.workspace.model import Workspace

SYNTAX_ERROR = re.compile(r'^  File "(.+)", line (\d+)(?:, in .*)?\n(\w+Error: .*)$', re.MULTILINE)
"""How mpy-cross tells of Python that it cannot compile."""
FAILED = re.compile(
    r"^FAILED: (?:\[code=(-?\d+)\] )?.*\n\S*mpy-cross .* -o \S+ (\S+)\s*\n(\w+Error: .*)?",
    re.MULTILINE,
)
"""How ninja tells of what it does not do, without a line: its status, the file, what it said."""
NAME_ESCAPE = "\\N{"
"""In what it does not do: characters by their names."""
EMITTERS = "invalid micropython decorator"
"""What it says of functions that are to be machine code."""
NO_ROOM = "MemoryError", "its compiler ended"
"""How it ends when its own memory is not enough."""

GRAMMAR = "images know the grammar of Python 3.11, not that of later versions"
NATIVE = (
    "leave the decorator out; what has to be machine code is written in Cython: a .pyx beside it "
    "(docs/packages.md)"
)
PARTS = "the module, or one of its functions, is too large: divide it"


class NotMicroPython(MirageError):
    """A module of the user's that CPython understands and MicroPython does not."""

    def __init__(self, why: str, position: Position) -> None:
        hint = NATIVE if EMITTERS in why else PARTS if why.startswith(NO_ROOM) else GRAMMAR
        super().__init__(
            f"this is not in MicroPython's Python ({why})", position=position, hint=hint
        )


def misunderstood(output: str, workspace: Workspace) -> MirageError | None:
    """The user's mistake, or a package's, if the output of a build that failed tells of one in
    Python."""
    if found := SYNTAX_ERROR.search(output):
        # A mistake in a function is told of by the module's name, not its path.
        command = rf"mpy-cross\S* .*-s {re.escape(found[1])} -o \S+ (\S+)\s*$"
        compiled = re.search(command, output, re.MULTILINE)
        path = (workspace.build / (compiled or found)[1]).resolve()
        line, why = int(found[2]), found[3]
    elif found := FAILED.search(output):
        path = (workspace.build / found[2]).resolve()
        why = found[3] or f"its compiler ended with {found[1] or 'an error'}"
        line = line_with(NAME_ESCAPE, path) if why.startswith("NotImpl") else 1
    else:
        return None
    path, line = origin(path, line, workspace.folder.resolve())
    source = source_text(path).splitlines() if path.is_file() else []
    text = source[line - 1].strip() if 0 < line <= len(source) else ""
    if owner := owner_of(path, workspace):
        package, inside = owner
        where = Position(f"{package.name}-{package.version}/{inside}", line, text)
        name = f"{package.name} {package.version}"
        return PackageObstacle(name, f"this is not in MicroPython's Python ({why})", where)
    root = workspace.lock.graph.config.root.resolve()
    file = str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
    return NotMicroPython(why, Position(file, line, text))


def line_with(text: str, path: Path) -> int:
    """The first line of a file that has `text`; 1 if none has."""
    lines = source_text(path).splitlines() if path.is_file() else []
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)


def owner_of(path: Path, workspace: Workspace) -> tuple[LockedPackage, str] | None:
    """The package that a file is of, and its name in it."""
    vendored = workspace.lock.graph.config.root.resolve() / "vendor"
    for package in workspace.lock.packages:
        for key in package.trees:
            if key in path.parts:
                return package, "/".join(path.parts[path.parts.index(key) + 1 :])
        if path.is_relative_to(vendored / package.place):
            return package, path.relative_to(vendored / package.place).as_posix()
    return None
