"""What keeps a package out of an image."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mirage_py.graph.names import VFS_MODULES, of_cpython
from mirage_py.support.errors import MirageError, Position
from mirage_py.support.near import near

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mirage_py.workspace.distribution import Distribution


class PackageObstacle(MirageError):
    """A package that cannot be in an image, and where that shows first."""

    def __init__(self, package: str, why: str, position: Position, hint: str | None = None) -> None:
        super().__init__(
            f"package `{package}` cannot be in an image: {why}",
            position=position,
            hint=hint or "take another version of it, or another package",
        )


def compiled(owner: Distribution, module: str, path: Path, position: Position) -> PackageObstacle:
    """A module of machine code for CPython, or of what is compiled to that."""
    return PackageObstacle(
        owner.name,
        f"its module `{module}` is compiled for CPython ({path.name})",
        position,
        f'`package(..., natives=["{module}"])` compiles its .pyx into the image'
        if owner.native(module)
        else "an image runs Python, and native modules that are compiled with it (a .pyx, a C "
        "source)",
    )


def no_source(owner: Distribution, module: str, position: Position) -> PackageObstacle:
    """A module that is to be compiled, and whose source is not there."""
    return PackageObstacle(
        owner.name,
        f"its module `{module}` is to be compiled, and it has no {module.replace('.', '/')}.pyx",
        position,
        "`natives` names modules by their full names; not every distribution carries their sources",
    )


def not_compiled(owner: Distribution, module: str, position: Position) -> PackageObstacle:
    """An import of a native module that config.py does not name."""
    return PackageObstacle(
        owner.name,
        f"its module `{module}` is a .pyx, which is compiled only where config.py says so",
        position,
        f'write `package("{owner.package.name}", natives=["{module}"])`',
    )


def missing(package: str, module: str, position: Position) -> PackageObstacle:
    """An import of what the guest does not have."""
    top = module.partition(".")[0]
    if top in VFS_MODULES:
        return PackageObstacle(
            package,
            f"it imports `{module}`, which the guest has only with the feature `vfs`",
            position,
            'add `features=["vfs"]` to `register` in config.py',
        )
    if top in sys.stdlib_module_names:
        return PackageObstacle(
            package,
            f"it imports `{module}` of CPython's library, which the guest does not have",
            position,
            "take another version of it, or another package",
        )
    return PackageObstacle(
        package,
        f"it imports `{module}`, which neither its requirements nor the guest have",
        position,
        f"if a distribution has it, add it: `package({top!r})`",
    )


def no_name(package: str, module: str, name: str, position: Position) -> PackageObstacle:
    """An import of a name that a module of the guest's has not."""
    return PackageObstacle(
        package, f"it imports `{name}` of `{module}`, which the guest has without it", position
    )


def host_module(package: str, module: str, position: Position) -> PackageObstacle:
    """An import of what exists only while an image is built."""
    return PackageObstacle(package, f"it imports `{module}`, which belongs to the build", position)


class NoPackageModule(MirageError):
    """An import of the project's that nothing answers."""

    def __init__(self, name: str, close: str | None, packages: str, position: Position) -> None:
        hint = f"did you mean `{close}`?" if close else f"the packages have {packages}"
        hint = of_cpython(name.partition(".")[0]) or hint
        super().__init__(
            f"there is no module `{name}`, neither here, nor in the guest, nor in the packages",
            position=position,
            hint=hint,
        )


def nobody(name: str, found: Sequence[Distribution], position: Position) -> NoPackageModule:
    """An import of the project's that nothing answers."""
    known = sorted({module for one in found for module in one.modules()})
    tops = sorted({module.partition(".")[0] for module in known})
    listed = ", ".join(f"`{top}`" for top in tops[:12]) or "no modules"
    return NoPackageModule(name, near(name, known), listed, position)
