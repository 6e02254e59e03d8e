"""What `if_impl` and `match_impl` choose by, and between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mirage_py.dsl.errors.words import listed, meant, shown, way_to
from mirage_py.support.errors import MirageError, Position

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mirage_py.dsl.key import Key
    from mirage_py.dsl.value import Value


class NotOfValues(MirageError):
    """What computes with values is given something else."""

    def __init__(self, rule: str, value: object, hint: str, position: Position) -> None:
        super().__init__(f"{rule}, and it is given {shown(value)}", position=position, hint=hint)


class NotAValue(MirageError):
    def __init__(self, name: str, value: object, position: Position) -> None:
        super().__init__(
            f"`{name}` chooses by a value that is known at configure time, and it is given "
            f"{shown(value)}",
            position=position,
            hint="such values are keys, `is_unix`, `provides(...)` and what `.map` makes of them; "
            "a runtime argument is known at boot only",
        )


COMPUTE = (
    "compute with it by `.map(...)`, compare it by `.equals(...)`, choose devices by `if_impl` or "
    "`match_impl`, put it into guest code by `code(...)`"
)


class NotKnownYet(MirageError):
    """A configure-time value that config.py asks for while it runs."""

    def __init__(self, value: Value[Any], asked: str, position: Position) -> None:
        super().__init__(
            f"`{value!r}` is {asked}, and is known when the image is configured, not while "
            "config.py runs",
            position=position,
            hint=COMPUTE,
        )


class BranchTypes(MirageError):
    def __init__(self, name: str, one: Any, other: Any, position: Position) -> None:
        super().__init__(
            f"`{name}` chooses between devices of one type, and it is given {shown(one)}, and "
            f"{shown(other)}",
            position=position,
            hint=f"give it devices of type `{other.type}` only: {way_to(other.type, one)}",
        )


class NoTruth(MirageError):
    """A key that is neither true nor false, for `if_impl` or, in `rule`, something like it."""

    def __init__(
        self, key: Key[Any], position: Position, rule: str = "`if_impl` chooses by true or false"
    ) -> None:
        example = repr(key.choices[0] if key.choices else key.default)
        super().__init__(
            f"{rule}, and the key `{key.name}` is "
            f"{'a list' if key.repeated else f'of type `{key.kind.__name__}`'}",
            position=position,
            hint=f"say when it is true, as in `.equals({example})`; or choose by `match_impl`",
        )


class NoSuchCase(MirageError):
    def __init__(self, key: Key[Any], case: object, position: Position) -> None:
        what = f"is of type `{key.kind.__name__}`"
        if key.choices:
            what = f"is one of {', '.join(f'`{one!r}`' for one in key.choices)}"
        super().__init__(
            f"the case `{case!r}` never comes: the key `{key.name}` {what}",
            position=position,
            hint="take the case out, or let the key be so",
        )


class NoSuchTarget(MirageError):
    """A name that the target never has."""

    def __init__(
        self, name: object, near: str | None, known: Sequence[str], position: Position
    ) -> None:
        super().__init__(
            f"`target_name` is compared with `{name!r}`, and there is no such target",
            position=position,
            hint=meant(near) or f"targets are {listed([f'`{one}`' for one in known])}",
        )


class NoSuchInterface(MirageError):
    """An interface that no target provides."""

    def __init__(
        self, name: object, near: str | None, known: Sequence[str], position: Position
    ) -> None:
        super().__init__(
            f"`provides({name!r})` is never true: no target provides that",
            position=position,
            hint=meant(near) or f"interfaces are {listed([f'`{one}`' for one in known])}",
        )


class DuplicateCase(MirageError):
    def __init__(self, name: str, case: object, position: Position) -> None:
        super().__init__(
            f"the case `{case!r}` of `{name}` is there twice, and the first one counts",
            position=position,
            hint="take one of them out",
        )
