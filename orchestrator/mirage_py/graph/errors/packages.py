"""Python packages that several devices ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirage_py.support.errors import MirageError

if TYPE_CHECKING:
    from mirage_py.dsl.package import Package


class PinConflict(MirageError):
    def __init__(self, first: Package, second: Package) -> None:
        super().__init__(
            f"package `{second.name}` is pinned to `{second.pin}`, and to `{first.pin}` at "
            f"{first.position}",
            position=second.position,
            hint="one of the pins has to go",
        )


class BoundConflict(MirageError):
    def __init__(self, first: Package, second: Package) -> None:
        super().__init__(
            f"no version of package `{second.name}` is what both ask for: {bounds(second)} here, "
            f"{bounds(first)} at {first.position}",
            position=second.position,
            hint="widen one of them, or pin the package",
        )


def bounds(package: Package) -> str:
    """What a package's bounds say."""
    least = [f"at least {package.min}"] if package.min else []
    most = [f"before {package.max}"] if package.max else []
    return " and ".join(least + most) or "any version"
