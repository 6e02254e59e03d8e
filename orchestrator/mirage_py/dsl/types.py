"""Types of the eDSL: what a device is (`block`), and what it takes to become one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Never, TypeVar, TypeVarTuple, overload

from mirage_py.dsl.errors.types import FunctorParameter, NotAType
from mirage_py.dsl.session import here, report, user_frame

if TYPE_CHECKING:
    from types import FrameType

T = TypeVar("T")
R = TypeVar("R")
P = TypeVarTuple("P")
Spot = tuple[str, int, int]


@dataclass(frozen=True, repr=False)
class Type(Generic[T]):
    """The type of a device. `a >> b` is the type of what takes an `a` and is then a `b`."""

    key: object
    """What tells types apart: the class that `typ` was given."""
    name: str = field(compare=False)

    def __str__(self) -> str:
        return self.name

    __repr__ = __str__

    @overload
    def __rshift__(self, other: Type[R]) -> FunctorType[R, T]: ...
    @overload
    def __rshift__(self, other: FunctorType[R, *P]) -> FunctorType[R, T, *P]: ...
    def __rshift__(self, other: Any) -> Any:
        return _arrow((self,), other)

    def __rrshift__(self, other: Never) -> Any:
        return _arrow((_named(other),), self)


@dataclass(frozen=True, repr=False)
class FunctorType(Generic[R, *P]):
    """The type of a device that is made from others: `stackv4v6 >> http >> job`."""

    parameters: tuple[Type[Any], ...]
    result: Type[R]
    spot: Spot | None = field(default=None, compare=False)
    """Where its first operand stands in the source: a chain goes on from the same spot."""

    def __str__(self) -> str:
        return " >> ".join(str(one) for one in (*self.parameters, self.result))

    __repr__ = __str__

    @overload
    def __rshift__(self, other: Type[T]) -> FunctorType[T, *P, R]: ...
    @overload
    def __rshift__(self, other: FunctorType[T, Any]) -> FunctorType[T, *P, R, Any]: ...
    def __rshift__(self, other: Any) -> Any:
        if self.spot != _spot(user_frame()):
            report(FunctorParameter(str(self), str(other), here()))
        return _arrow((*self.parameters, self.result), other)

    def __rrshift__(self, other: Never) -> Any:
        return _arrow((_named(other),), self)


AnyType = Type[Any] | FunctorType[Any, *tuple[Any, ...]]


@overload
def typ(kind: type[T]) -> Type[T]: ...
@overload
def typ(kind: str) -> Type[Any]: ...
def typ(kind: Any) -> Type[Any]:
    """The type of devices that `kind` stands for: a class of yours, or a name.

    A class is what editors and mypy tell types apart by; it is never instantiated. Its name in
    messages is its own in lower case: `class KvRo` is `kv_ro`.
    """
    if isinstance(kind, type):
        return Type(kind, re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", kind.__name__).lower())
    if not isinstance(kind, str) or not kind:
        report(NotAType("typ takes a class or a name", kind, here()))
    return Type(kind, str(kind))


def _arrow(parameters: tuple[Type[Any], ...], other: object) -> FunctorType[Any, Any]:
    """The type that takes `parameters`, then what `other` takes."""
    spot = _spot(user_frame())
    if isinstance(other, FunctorType):
        return FunctorType((*parameters, *other.parameters), other.result, spot)
    if not isinstance(other, Type):
        return FunctorType(parameters, _named(other), spot)
    return FunctorType(parameters, other, spot)


def _named(other: object) -> Type[Any]:
    """What stands beside a type and is none, in the place of the type that was meant."""
    report(NotAType("`>>` stands between types", other, here()))
    return typ(other) if isinstance(other, type) else Type(other, repr(other))


def _spot(frame: FrameType) -> Spot | None:
    """Where the expression that `frame` evaluates begins: file, line and column.

    `a >> b >> c` is evaluated as `(a >> b) >> c`, and both arrows begin at `a`; an arrow whose left
    side is in parentheses, or was made on another line, begins elsewhere than its left side.
    """
    instructions = list(frame.f_code.co_positions())
    line, _, column, _ = instructions[frame.f_lasti // 2]
    if line is None or column is None:
        return None
    return frame.f_code.co_filename, line, column
