"""The directories that an image holds: that they are there, and each taken once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mirage_py.dsl.impl import Declaration
from mirage_py.graph.errors.additions import AbsoluteName, NoDirectory
from mirage_py.graph.model import Embedded
from mirage_py.support.errors import MirageError


def embedded(
    declarations: Iterable[Declaration], root: Path, mistakes: list[MirageError]
) -> tuple[Embedded, ...]:
    """What `declarations` embed, in their order. Names are relative to `root`; what is not there is
    added to `mistakes`."""
    found: dict[str, Embedded] = {}
    for declaration in declarations:
        for name in declaration.embed:
            path = root / name
            if Path(name).is_absolute():
                inside = path.relative_to(root) if path.is_relative_to(root) else None
                mistakes.append(AbsoluteName(name, inside, declaration.position))
            elif not path.is_dir():
                mistakes.append(NoDirectory(name, path.exists(), declaration.position))
            found.setdefault(name, Embedded(name, path.resolve(), declaration.position))
    return tuple(found.values())
