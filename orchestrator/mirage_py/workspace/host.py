"""The packages that serve a build: imported where they were unpacked, by what config.py adds to the
build, and by the programs that Meson runs for it."""

from __future__ import annotations

import importlib
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from mirage_py.workspace.distribution import distribution

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mirage_py.lock.model import Lock


def folders(lock: Lock, trees: Mapping[str, Path]) -> tuple[Path, ...]:
    """The folders in which the modules of the host's packages lie."""
    found = [distribution(one, trees[one.name]) for one in lock.host]
    return tuple(folder for one in found for folder in one.roots)


@contextmanager
def importable(folders: Sequence[Path]) -> Iterator[None]:
    """Let modules of these folders be imported, behind all that this Python has, and take back what
    that changes."""
    path, modules = sys.path.copy(), set(sys.modules)
    bytecode = sys.dont_write_bytecode
    sys.path += [str(folder) for folder in folders]
    sys.dont_write_bytecode = True
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path[:], sys.dont_write_bytecode = path, bytecode
        for name, module in list(sys.modules.items()):
            file = Path(getattr(module, "__file__", None) or "")
            if name not in modules and any(file.is_relative_to(one) for one in folders):
                del sys.modules[name]
