"""What `>>` joins, and what stands for a type."""

from __future__ import annotations

from mirage_py.dsl.errors.words import shown
from mirage_py.support.errors import MirageError, Position


class NotAType(MirageError):
    def __init__(self, rule: str, value: object, position: Position) -> None:
        super().__init__(
            f"{rule}, and {shown(value)} is none",
            position=position,
            hint=f"`typ({value.__name__})` makes one of it"
            if isinstance(value, type)
            else "types are made by `typ` and joined by `>>`; `block` and `job` are some",
        )


class FunctorParameter(MirageError):
    def __init__(self, parameter: str, result: str, position: Position) -> None:
        super().__init__(
            f"`{parameter}` is a type with parameters, and cannot be a parameter itself "
            f"of `({parameter}) >> {result}`",
            position=position,
            hint="take what it makes as the parameter, and apply it before you pass it; "
            "or write the whole chain in one expression without parentheses",
        )
