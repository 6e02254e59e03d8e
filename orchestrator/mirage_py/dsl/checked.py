"""Functions that make devices: that they are called with what their annotations say."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from mirage_py.dsl.argument import Argument
from mirage_py.dsl.calls import called
from mirage_py.dsl.errors.devices import WrongArgument
from mirage_py.dsl.errors.words import meant, way_to
from mirage_py.dsl.impl import Applied, Declaration, Functor, Impl, applied
from mirage_py.dsl.session import here, report
from mirage_py.dsl.types import FunctorType, typ
from mirage_py.dsl.value import Value
from mirage_py.support.near import near

F = TypeVar("F", bound=Callable[..., Any])
PLAIN: Mapping[Any, str] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "`True` or `False`",
    Argument: "a boot argument",
    Value: "a key, or what is computed from keys",
}
"""Classes of arguments, in words."""
LISTS: Mapping[Any, str] = {str: "a list of texts", int: "a list of whole numbers"}


def checked(function: F) -> F:
    """`function`, but that arguments which its annotations do not allow are reported, and another
    device stands for what it would make."""

    @functools.wraps(function)
    def call(*args: Any, **named: Any) -> Any:
        try:
            given = inspect.signature(function).bind(*args, **named).arguments
        except TypeError:
            return function(*args, **named)  # Python says why not
        hints = hints_of(function)
        wrong = [one for name in given for one in mistakes(function, name, hints, given[name])]
        for one in wrong:
            report(one)
        made = hints.get("return")
        return in_place(function, made) if wrong else function(*args, **named)

    return call  # type: ignore[return-value]  # of that signature


def in_place(function: Callable[..., Any], made: Any) -> Any:
    """What stands for what `function` would make."""
    if get_origin(made) is tuple:
        return tuple(in_place(function, one) for one in get_args(made))
    *parameters, last = [typ(one) for one in (*get_args(made)[1:], get_args(made)[0])]
    ty: Any = FunctorType(tuple(parameters), last) if parameters else last
    return applied(Declaration(function.__name__, ty, here(), sound=False), (), here())


def hints_of(function: Callable[..., Any]) -> dict[str, Any]:
    """What a function takes, and returns; nothing, if that is not known."""
    try:
        return get_type_hints(function)
    except NameError:
        return {}


def makes_a_device(value: object) -> bool:
    """Whether `value` is a function that returns a device, or several."""
    made = hints_of(value).get("return") if inspect.isfunction(value) else None
    every = get_args(made) if get_origin(made) is tuple else (made,)
    return all(get_origin(one) in (Impl, Functor) for one in every)


def mistakes(
    function: Callable[..., Any], name: str, hints: Mapping[str, Any], value: Any
) -> Iterator[WrongArgument]:
    """What is wrong with the argument `name` of a call."""
    members = members_of(hints.get(name, Any))
    if any(accepts(one, value) for one in members):
        return
    wanted = [one for one in map(words, members) if one]
    devices = [typ(*get_args(one)) for one in members if get_origin(one) is Impl]
    hint = way_to(devices[0], value) if devices else f"it is called as `{called(function)}`"
    choices = [word for one in members if get_origin(one) is Literal for word in get_args(one)]
    if isinstance(value, str) and choices:
        hint = meant(near(value, choices)) or hint
    if isinstance(value, Value):
        hint = "choose between devices by `match_impl`: this argument no key can be"
    yield WrongArgument(function.__name__, name, wanted, value, hint, here())


def members_of(annotation: Any) -> tuple[Any, ...]:
    """Those of which an annotation allows any: `str | None`."""
    union = get_origin(annotation) in (Union, UnionType)
    return get_args(annotation) if union else (annotation,)


def accepts(wanted: Any, value: Any) -> bool:
    """Whether `value` is what an annotation says; what is not known is taken."""
    origin, inside = get_origin(wanted), get_args(wanted)
    if origin is Literal:
        return any(value is one or (isinstance(value, str) and value == one) for one in inside)
    if origin is Impl:
        known = isinstance(value, Impl) and value.type == typ(*inside)
        return known or (isinstance(value, Applied) and not value.head.sound)
    if origin is Sequence and inside[0] in LISTS:
        is_list = isinstance(value, list | tuple | range)
        return is_list and all(accepts(inside[0], one) for one in value)
    if wanted in (NoneType, str, bool):
        return isinstance(value, wanted)
    if wanted in (int, float):
        return isinstance(value, (int, wanted)) and not isinstance(value, bool)
    return not isinstance(origin or wanted, type) or isinstance(value, origin or wanted)


def words(wanted: Any) -> str:
    """What an annotation asks for; nothing, of None."""
    origin, inside = get_origin(wanted), get_args(wanted)
    if origin is Impl:
        return f"a `{typ(*inside)}`"
    if origin is Literal:
        return f"one of {', '.join(f'`{one}`' for one in inside)}"
    if origin is Sequence:
        return LISTS.get(inside[0], "a list")
    return "" if wanted is NoneType else PLAIN.get(origin or wanted, f"`{wanted}`")
