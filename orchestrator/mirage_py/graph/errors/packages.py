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


class PinOutside(MirageError):
    """A pin to a version that another who asks for the package does not take."""

    def __init__(self, pin: Package, other: Package) -> None:
        version = f"`{pin.pin}`" + (f", version {pin.pin_version}," if pin.pin_version else "")
        super().__init__(
            f"package `{pin.name}` is pinned to {version} at {pin.position}, and {bounds(other)} "
            f"is asked for at {other.position}",
            position=other.position,
            hint="pin it to a version that both take, or widen the bounds",
        )


class BoundConflict(MirageError):
    def __init__(self, first: Package, second: Package) -> None:
        super().__init__(
            f"no version of package `{second.name}` is what both ask for: {bounds(second)} here, "
            f"{bounds(first)} at {first.position}",
            position=second.position,
            hint="widen one of them",
        )


def bounds(package: Package) -> str:
    """What a package's bounds say."""
    least = [f"at least {package.min}"] if package.min else []
    most = [f"before {package.max}"] if package.max else []
    return " and ".join(least + most) or "any version"
