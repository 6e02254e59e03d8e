"""Values that are known once an image is configured: what the target and the keys decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

from mirage_py.dsl.errors.choices import (
    NoSuchInterface,
    NoSuchTarget,
    NotKnownYet,
    NotOfValues,
    NoTruth,
)
from mirage_py.dsl.session import here, is_users_call, report
from mirage_py.support.near import near

if TYPE_CHECKING:
    from mirage_py.catalog import Target
    from mirage_py.dsl.key import Key
    from mirage_py.support.errors import Position

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class Context:
    """What decides: the target, and the value of each key by its name (`--net`)."""

    target: Target
    keys: Mapping[str, Any]


@dataclass(frozen=True, eq=False, repr=False)
class Value(Generic[T]):
    """A `T` that is known when an image is configured.

    It is made from keys, from the target or from other values, and is given to `if_impl`,
    `match_impl` and to those arguments of `impl` that may depend on keys.
    """

    text: str
    """How it is called where it is shown: `--net`, `is_unix`."""
    compute: Callable[[Context], T]
    keys: tuple[Key[Any], ...] = ()
    """The keys that it is made from."""

    def __repr__(self) -> str:
        return self.text

    def eval(self, context: Context) -> T:
        """What it is in `context`."""
        return self.compute(context)

    def is_decided(self, context: Context) -> bool:
        """Whether `context` has all the keys that it is made from: one that was given wrongly, or
        not at all, is missing there."""
        return all(one.name in context.keys for one in self.keys)

    def map(self, function: Callable[[T], U]) -> Value[U]:
        """What `function` makes of it."""
        return combine(is_function("map", function), self)

    def equals(self, other: T) -> Value[bool]:
        """Whether it is `other`."""
        if self is target_name:
            check_target(other, here())
        return Value(f"{self.text} == {other!r}", lambda at: self.eval(at) == other, self.keys)

    # Nothing is known while config.py runs: what asks for the value then is refused.

    def __bool__(self) -> bool:
        raise NotKnownYet(self, "tested", here())

    def __eq__(self, other: object) -> bool:
        """Whether it is the same, and not whether it is equal."""
        if self is other or isinstance(other, Value):
            return self is other
        raise NotKnownYet(self, f"compared with `{other!r}`", here())

    __hash__ = object.__hash__

    def __str__(self) -> str:
        raise NotKnownYet(self, "made a text", here())

    def __format__(self, _: str) -> str:
        raise NotKnownYet(self, "put into a text", here())

    def _refuse(self, other: object) -> NoReturn:
        raise NotKnownYet(self, f"computed with `{other!r}`", here())

    if not TYPE_CHECKING:  # mypy says it itself
        __iter__ = None
        __lt__ = __le__ = __gt__ = __ge__ = _refuse
        __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _refuse
        __truediv__ = __floordiv__ = __mod__ = __getitem__ = _refuse

    def __and__(self, other: Value[bool]) -> Value[bool]:
        one, more = truth("&", self), truth("&", other)
        return _joined("and", lambda at: bool(one.eval(at) and more.eval(at)), one, more)

    def __or__(self, other: Value[bool]) -> Value[bool]:
        one, more = truth("|", self), truth("|", other)
        return _joined("or", lambda at: bool(one.eval(at) or more.eval(at)), one, more)

    __rand__ = __and__
    __ror__ = __or__

    def __invert__(self) -> Value[bool]:
        one = truth("~", self)
        return Value(f"not {one.text}", lambda at: not one.eval(at), one.keys)


def pure(value: T) -> Value[T]:
    """The value that is `value`, whatever is chosen."""
    return Value(repr(value), lambda _: value)


def lift(value: T | Value[T]) -> Value[T]:
    """`value` as one that is known when an image is configured, if it is not one already."""
    return value if isinstance(value, Value) else pure(value)


def truth(operator: str, value: Any) -> Value[bool]:
    """`value`, if it may be true or false; else that is reported."""
    rule = f"`{operator}` joins values that are true or false"
    if isinstance(value, bool):
        return pure(value)
    if not isinstance(value, Value):
        report(NotOfValues(rule, value, "such are flags, `is_unix`, `provides(...)`", here()))
        return pure(False)
    if getattr(value, "kind", bool) is not bool:
        report(NoTruth(value, here(), rule))  # type: ignore[arg-type]
    return value


def is_function(name: str, function: Any) -> Any:
    """`function`, if it is one; else that is reported."""
    if callable(function):
        return function
    rule = f"`{name}` computes by a function"
    report(NotOfValues(rule, function, "as in `.map(lambda size: 2 * size)`", here()))
    return lambda *_: None


def combine(function: Callable[..., T], *given: Any) -> Value[T]:
    """What `function` makes of values; what is known already may be among them."""
    function, values = is_function("combine", function), [lift(one) for one in given]
    name = getattr(function, "__name__", "function")
    shown = ", ".join(one.text for one in values)
    text = f"{'function' if name == '<lambda>' else name}({shown})"
    return Value(text, lambda at: function(*(one.eval(at) for one in values)), _keys(*values))


def provides(interface: str) -> Value[bool]:
    """Whether the target provides `interface`: "net", "block", ..."""
    if is_users_call():
        known = {name for target in targets().values() for name in target.provides}
        if interface not in list(known):
            report(NoSuchInterface(interface, near(str(interface), known), sorted(known), here()))
    return Value(f"provides {interface}", lambda at: interface in at.target.provides)


target_name: Value[str] = Value("target", lambda at: at.target.name)
"""The target's name: "hvt"."""


def check_target(name: object, position: Position) -> None:
    """Report a name that is compared with `target_name`, and that no target has."""
    known = targets()
    if name not in list(known):
        report(NoSuchTarget(name, near(str(name), known), sorted(known), position))


def targets() -> Mapping[str, Target]:
    """Every target by name."""
    from mirage_py import catalog  # noqa: PLC0415 - only when it is needed

    return catalog.targets(catalog.share())


is_unix: Value[bool] = Value("is_unix", lambda at: at.target.runs_itself)
"""Whether an image is a program of the host."""

is_solo5: Value[bool] = Value("is_solo5", lambda at: not at.target.runs_itself)
"""Whether a tender or a hypervisor runs the image."""


def _keys(*values: Value[Any]) -> tuple[Key[Any], ...]:
    return tuple(dict.fromkeys(key for value in values for key in value.keys))


def _joined(word: str, compute: Callable[[Context], T], *values: Value[Any]) -> Value[T]:
    return Value(f" {word} ".join(one.text for one in values), compute, _keys(*values))
