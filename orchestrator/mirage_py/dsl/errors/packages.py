"""Python packages, as they are asked for."""

from __future__ import annotations

from mirage_py.support.errors import MirageError, Position


class InvalidPackage(MirageError):
    def __init__(self, name: object, position: Position) -> None:
        super().__init__(
            f"`{name}` cannot be the name of a package",
            position=position,
            hint="a name has letters, digits, `.`, `_` and `-`; versions are given by `min` and "
            "`max`",
        )


class InvalidBound(MirageError):
    def __init__(self, package: str, keyword: str, bound: object, position: Position) -> None:
        super().__init__(
            f"`{keyword}={bound!r}` of package `{package}` is not a version",
            position=position,
            hint=f'a bound is a version alone, as in `{keyword}="2.0"`',
        )


class EmptyRange(MirageError):
    def __init__(self, package: str, least: str, most: str, position: Position) -> None:
        super().__init__(
            f"no version of package `{package}` is at least {least} and before {most}",
            position=position,
            hint="`min` is the least version, `max` the first that is too new: let `min` be less "
            "than `max`",
        )


class LibsTwice(MirageError):
    def __init__(self, package: str, position: Position) -> None:
        super().__init__(
            f"package `{package}` has both `libs` and `sublibs`",
            position=position,
            hint="`libs` names modules in full, `sublibs` below the package: one is enough",
        )


class PinVersionAlone(MirageError):
    def __init__(self, package: str, position: Position) -> None:
        super().__init__(
            f"package `{package}` has a `pin_version` and no `pin`",
            position=position,
            hint="`pin` says where it is taken from; for a version of the index, use `min` and "
            '`max`, or `pin="==2.0"`',
        )


class UnknownScope(MirageError):
    def __init__(self, package: str, scope: object, position: Position) -> None:
        super().__init__(
            f"package `{package}` cannot have the scope `{scope}`",
            position=position,
            hint='a scope is "guest", in the image, or "host", on the machine that builds it',
        )
