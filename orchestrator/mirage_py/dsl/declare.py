"""`impl` and `main`: how devices, and the user's own code, become values of the eDSL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeVar, TypeVarTuple, overload

from mirage_py.dsl import errors
from mirage_py.dsl.argument import Argument
from mirage_py.dsl.impl import AnyImpl, Attached, Declaration, Functor, Impl, value
from mirage_py.dsl.package import Package
from mirage_py.dsl.session import here, report
from mirage_py.dsl.types import FunctorType, Type
from mirage_py.support.errors import Position

T = TypeVar("T")
R = TypeVar("R")
P = TypeVarTuple("P")
PLACEHOLDER = re.compile(r"\{(\d+)\}")
ENTRY = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)+")


@overload
def impl(
    name: str,
    ty: Type[T],
    *,
    connect: str | None = None,
    imports: Sequence[str] = (),
    extra_deps: Sequence[AnyImpl] = (),
    bindings: Sequence[str] = (),
    vendored: Sequence[str] = (),
    packages: Sequence[Package] = (),
    runtime_args: Sequence[Argument[Any]] = (),
    requires: Sequence[str] = (),
    attach: Attached | None = None,
    embed: Sequence[str] = (),
) -> Impl[T]: ...
@overload
def impl(
    name: str,
    ty: FunctorType[R, *P],
    *,
    connect: str | None = None,
    imports: Sequence[str] = (),
    extra_deps: Sequence[AnyImpl] = (),
    bindings: Sequence[str] = (),
    vendored: Sequence[str] = (),
    packages: Sequence[Package] = (),
    runtime_args: Sequence[Argument[Any]] = (),
    requires: Sequence[str] = (),
    attach: Attached | None = None,
    embed: Sequence[str] = (),
) -> Functor[R, *P]: ...
def impl(
    name: str,
    ty: Any,
    *,
    connect: str | None = None,
    imports: Sequence[str] = (),
    extra_deps: Sequence[AnyImpl] = (),
    bindings: Sequence[str] = (),
    vendored: Sequence[str] = (),
    packages: Sequence[Package] = (),
    runtime_args: Sequence[Argument[Any]] = (),
    requires: Sequence[str] = (),
    attach: Attached | None = None,
    embed: Sequence[str] = (),
) -> Any:
    """A device of type `ty`.

    connect     the guest expression that gives its value, in which `{0}`, `{1}`, ... are the
                arguments it is applied to, then `extra_deps`; it may use `await`
    imports     modules that `connect` names
    extra_deps  devices that are connected before it without being parameters of its type
    bindings    folders of bindings/ that are linked with it
    vendored    vendored sources that are compiled with it
    packages    Python packages that its guest code needs
    runtime_args  boot-time options, whose values `connect` is given after those of `extra_deps`
    requires    interfaces that the target must provide
    attach      ("net" or "block", NAME): what the tender must attach; requires that interface too
    embed       directories, relative to config.py, whose files the image holds read-only: guest
                code finds them by the same name (mirage.crunch)
    """
    position = here()
    arity = len(extra_deps) + len(runtime_args)
    arity += len(ty.parameters) if isinstance(ty, FunctorType) else 0
    if not isinstance(ty, Type | FunctorType):
        report(
            errors.NotAType(f"the second argument of impl({name!r}, ...) is a type", ty, position)
        )
        ty = Type(ty, repr(ty))
    if connect is None:
        connect = _gather(arity)
    for number in PLACEHOLDER.findall(connect):
        if int(number) >= arity:
            report(errors.UnknownPlaceholder(name, number, arity, position))
    declaration = Declaration(
        name=name,
        type=ty,
        position=position,
        connect=connect,
        imports=tuple(imports),
        extra_deps=tuple(extra_deps),
        bindings=tuple(bindings),
        vendored=tuple(vendored),
        packages=tuple(packages),
        runtime_args=checked_arguments(name, runtime_args, position),
        requires=tuple(requires) + ((attach[0],) if attach else ()),
        attach=attach,
        embed=tuple(embed),
    )
    return value(declaration, (), position)


@overload
def main(
    entry: str, ty: Type[T], *, packages: Sequence[Package] = (), args: Sequence[Argument[Any]] = ()
) -> Impl[T]: ...
@overload
def main(
    entry: str,
    ty: FunctorType[R, *P],
    *,
    packages: Sequence[Package] = (),
    args: Sequence[Argument[Any]] = (),
) -> Functor[R, *P]: ...
def main(
    entry: str, ty: Any, *, packages: Sequence[Package] = (), args: Sequence[Argument[Any]] = ()
) -> Any:
    """The user's own code: `main("unikernel.start", block >> job)` calls `start(a_block)` of
    unikernel.py. The function may be `async`."""
    position = here()
    if not ENTRY.fullmatch(str(entry)):
        report(errors.InvalidEntry(entry, position))
        entry = "unikernel.start"
    if not isinstance(ty, Type | FunctorType):
        report(errors.NotAType("the second argument of main is a type", ty, position))
        ty = Type(ty, repr(ty))
    arguments = checked_arguments(entry, args, position)
    declaration = Declaration(
        name=entry,
        type=ty,
        position=position,
        entry=entry,
        imports=(entry.rpartition(".")[0],),
        packages=tuple(packages),
        runtime_args=arguments,
    )
    return value(declaration, (), position)


def _gather(arity: int) -> str:
    """The connect of a device that adds nothing: the value of its only argument, or all of them."""
    if arity == 1:
        return "{0}"
    return f"({', '.join(f'{{{number}}}' for number in range(arity))})" if arity else "None"


def checked_arguments(
    name: str, given: Sequence[object], position: Position
) -> tuple[Argument[Any], ...]:
    """Those of `given` that are runtime arguments; reports the others."""
    for one in given:
        if not isinstance(one, Argument):
            report(errors.NotAnArgument(name, one, position))
    return tuple(one for one in given if isinstance(one, Argument))
