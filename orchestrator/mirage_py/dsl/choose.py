"""`if_impl` and `match_impl`: devices that a configure-time value chooses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, TypeVarTuple, overload

from mirage_py.dsl.errors.choices import (
    BranchTypes,
    DuplicateCase,
    NoSuchCase,
    NotAValue,
    NoTruth,
)
from mirage_py.dsl.errors.devices import NotADevice
from mirage_py.dsl.errors.shapes import NotOfList
from mirage_py.dsl.impl import AnyImpl, Applied, Choice, Functor, Impl, applied
from mirage_py.dsl.key import Key
from mirage_py.dsl.session import here, report, reported
from mirage_py.dsl.shapes import items
from mirage_py.dsl.value import Value, check_target, target_name
from mirage_py.support.errors import MirageError, Position

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
    value: Value[Any], cases: Sequence[tuple[Any, Impl[T]]], *, default: Impl[T], doc: str = ...
) -> Impl[T]: ...
@overload
def match_impl(
    value: Value[Any],
    cases: Sequence[tuple[Any, Functor[R, *P]]],
    *,
    default: Functor[R, *P],
    doc: str = ...,
) -> Functor[R, *P]: ...
def match_impl(
    value: Value[Any], cases: Sequence[tuple[Any, Any]], *, default: Any, doc: str = ""
) -> Any:
    """The device that stands beside what `value` is when the image is configured, else `default`:
    `match_impl(key, [("crunch", a), ("direct", b)], default=a)`. `doc` is what `describe` says of
    the rule: lines, each of which begins with what `value` may be."""
    position = here()
    pairs = items("cases", cases, tuple, "pairs, of a value and a device", position)
    good = [one for one in pairs if len(one) == 2]
    for one in pairs:
        if one not in good:
            report(NotOfList("cases", one, "pairs, of a value and a device", position))
    return _choice("match_impl", value, good, default, position, doc)


def _choice(
    name: str,
    value: Value[Any],
    cases: Sequence[tuple[Any, AnyImpl]],
    default: AnyImpl,
    position: Position,
    doc: str = "",
) -> Any:
    """The choice, checked: of one value, between implementations of one type."""
    before = reported()
    given: Any = value
    if not isinstance(given, Value):
        report(NotAValue(name, value, position))
        value = Value(repr(value), lambda _: given)
    by_truth = name == "if_impl"
    if isinstance(value, Key) and value.sound:
        for mistake in misfits(name, value, [case for case, _ in cases], position):
            report(mistake)
    if value is target_name:
        for case, _ in cases:
            check_target(case, position)
    good = [(case, impl) for case, impl in cases if _is_impl(name, impl, position)]
    if not _is_impl(name, default, position):
        if not good:
            return default
        default = good[0][1]
    for _, impl in good:
        if impl.type != default.type and impl.head.sound and default.head.sound:
            report(BranchTypes(name, impl, default, position))
    sound = reported() == before
    made = Choice(value, tuple(good), default, position, by_truth, sound, doc)
    return applied(made, (), position)


def misfits(
    name: str, key: Key[Any], cases: Sequence[Any], position: Position
) -> Iterator[MirageError]:
    """What is wrong with choosing by `key` between these cases."""
    if name == "if_impl":
        if key.kind is not bool or key.repeated:
            yield NoTruth(key, position)
        return
    for number, case in enumerate(cases):
        if case in cases[:number]:
            yield DuplicateCase(key.name, case, position)
        elif not key.takes(case):
            yield NoSuchCase(key, case, position)


def _is_impl(name: str, value: object, position: Position) -> bool:
    """Whether `value` can be chosen; reports why not."""
    if isinstance(value, Applied):
        return True
    report(NotADevice(name, value, position))
    return False
