"""Files that changed and look as old as before, which ninja would not see: it goes by the times of
changes, and `mv`, `cp -p`, `tar` and `rsync` keep those."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mirage_py.graph.model import Graph
    from mirage_py.workspace.model import Workspace

BESIDE = frozenset({".pyx", ".pxd", ".pxi", ".c", ".h", ".S", ".a", ".o"})
"""What native code may include, or be linked with."""
STAMP = "mirage-begun"
KNOWN = ".ninja_log", ".ninja_deps"
"""What ninja knows of the builds before: without it, it builds everything."""


def show_all(workspace: Workspace) -> None:
    """Let ninja build everything if a file took its place since the last build, and is older than
    that: the kernel notes the time of it by itself (inode(7), st_ctime). This build begins now."""
    stamp = workspace.build / STAMP
    begun = stamp.stat().st_mtime_ns if stamp.is_file() else 0
    if begun and any(unseen(path, begun) for path in inputs(workspace.lock.graph)):
        for name in KNOWN:
            (workspace.build / name).unlink(missing_ok=True)
    stamp.touch()


def unseen(path: Path, begun: int) -> bool:
    """Whether a file changed after that time, in nanoseconds, and says that it did before."""
    about = path.stat()
    return about.st_ctime_ns >= begun > about.st_mtime_ns


def inputs(graph: Graph) -> Iterator[Path]:
    """The project's files that its images are made of."""
    yield from (one.path for one in graph.modules)
    sources = [one.path for one in graph.natives] + [one.path for one in graph.c_sources]
    for folder in dict.fromkeys(path.parent for path in sources):
        yield from (path for path in folder.iterdir() if path.suffix in BESIDE and path.is_file())
    for one in graph.embedded:
        yield from (path for path in one.path.rglob("*") if path.is_file())
