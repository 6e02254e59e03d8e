"""What `if_impl` and `match_impl` choose by, and between."""

from __future__ import annotations

from mirage_py.dsl.errors.words import shown
from mirage_py.support.errors import MirageError, Position


class NotAValue(MirageError):
    def __init__(self, name: str, value: object, position: Position) -> None:
        super().__init__(
            f"`{name}` chooses by a value that is known at configure time, and it is given "
            f"{shown(value)}",
            position=position,
            hint="such values are keys, `is_unix`, `provides(...)` and what `.map` makes of them; "
            "a runtime argument is known at boot only",
        )


class BranchTypes(MirageError):
    def __init__(self, name: str, one: object, other: object, position: Position) -> None:
        super().__init__(
            f"`{name}` chooses between devices of one type, and it is given {shown(one)}, and "
            f"{shown(other)}",
            position=position,
        )
