"""`if_impl` and `match_impl`: devices that a configure-time value chooses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, TypeVarTuple, overload

from mirage_py.dsl.errors.choices import BranchTypes, NotAValue
from mirage_py.dsl.errors.devices import NotADevice
from mirage_py.dsl.impl import AnyImpl, Applied, Choice, Functor, Impl, applied
from mirage_py.dsl.session import here, report
from mirage_py.dsl.value import Value
from mirage_py.support.errors import Position

T = TypeVar("T")
R = TypeVar("R")
P = TypeVarTuple("P")


@overload
def if_impl(value: Value[bool], then: Impl[T], otherwise: Impl[T]) -> Impl[T]: ...
@overload
def if_impl(
    value: Value[bool], then: Functor[R, *P], otherwise: Functor[R, *P]
) -> Functor[R, *P]: ...
def if_impl(value: Value[bool], then: Any, otherwise: Any) -> Any:
    """`then` if `value` is true when the image is configured, else `otherwise`.

    The value is one of the target's or of keys: `if_impl(is_unix, a, b)`. Only what is chosen is
    linked.
    """
    return _choice("if_impl", value, [(True, then)], otherwise, here())


@overload
def match_impl(
    value: Value[Any], cases: Sequence[tuple[Any, Impl[T]]], *, default: Impl[T]
) -> Impl[T]: ...
@overload
def match_impl(
    value: Value[Any], cases: Sequence[tuple[Any, Functor[R, *P]]], *, default: Functor[R, *P]
) -> Functor[R, *P]: ...
def match_impl(value: Value[Any], cases: Sequence[tuple[Any, Any]], *, default: Any) -> Any:
    """The device that stands beside what `value` is when the image is configured, else `default`:
    `match_impl(key, [("crunch", a), ("direct", b)], default=a)`."""
    return _choice("match_impl", value, cases, default, here())


def _choice(
    name: str,
    value: Value[Any],
    cases: Sequence[tuple[Any, AnyImpl]],
    default: AnyImpl,
    position: Position,
) -> Any:
    """The choice, checked: of one value, between implementations of one type."""
    given: Any = value
    if not isinstance(given, Value):
        report(NotAValue(name, value, position))
        value = Value(repr(value), lambda _: given)
    good = [(case, impl) for case, impl in cases if _is_impl(name, impl, position)]
    if not _is_impl(name, default, position):
        if not good:
            return default
        default = good[0][1]
    for _, impl in good:
        if impl.type != default.type:
            report(BranchTypes(name, impl, default, position))
    return applied(Choice(value, tuple(good), default, position), (), position)


def _is_impl(name: str, value: object, position: Position) -> bool:
    """Whether `value` can be chosen; reports why not."""
    if isinstance(value, Applied):
        return True
    report(NotADevice(name, value, position))
    return False
