"""`impl` and `main`: how devices, and the user's own code, become values of the eDSL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeVar, TypeVarTuple, Unpack, overload

from mirage_py.dsl.argument import Argument
from mirage_py.dsl.connect import connector
from mirage_py.dsl.errors.devices import InvalidEntry, UnknownKeyword
from mirage_py.dsl.errors.shapes import NotThis
from mirage_py.dsl.errors.types import NotAType
from mirage_py.dsl.given import Given, parts
from mirage_py.dsl.given import packages as given_packages
from mirage_py.dsl.impl import AnyImpl, Applied, Declaration, Functor, Impl, applied
from mirage_py.dsl.keywords import known_keywords
from mirage_py.dsl.package import Package
from mirage_py.dsl.session import here, report, reported
from mirage_py.dsl.shapes import is_text, items, texts
from mirage_py.dsl.types import FunctorType, Type
from mirage_py.dsl.value import Value
from mirage_py.support.errors import Position

T = TypeVar("T")
R = TypeVar("R")
P = TypeVarTuple("P")
ENTRY = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)+")


@overload
def impl(name: str, ty: Type[T], **given: Unpack[Given]) -> Impl[T]: ...
@overload
def impl(name: str, ty: FunctorType[R, *P], **given: Unpack[Given]) -> Functor[R, *P]: ...
def impl(name: str, ty: Any, **given: Any) -> Any:
    """A device of type `ty`. What is marked * may also be a value that keys decide.

    connect *     the guest expression that gives its value, which may use `await`; of a device that
                  is given values, the function that makes it of their names: those of the
                  arguments it is applied to, then `extra_deps`, then `runtime_args`
    imports       modules that `connect` names
    excludes      modules that nothing in an image with it may import
    lazy          connect it only if something else in the image imports one of `imports`
    extra_deps    devices that are connected before it without being parameters of its type
    keys          keys that its files and actions look at
    runtime_args  boot-time options
    bindings      folders of bindings/ that are linked with it
    packages *    Python packages that its guest code needs
    local_libs    folders, relative to config.py, whose modules can be imported
    c_sources     C files, relative to config.py, that the image is compiled with; or archives
    pkg_config    C libraries, by the names that pkg-config has for them, that native code is
                  compiled and linked with; they have to be freestanding
    install *     files that are put beside the image: their name in dist/, and where they lie in
                  the workspace
    files *       files of the workspace: by name, what they hold or the function that makes it;
                  a NAME.py can be imported, a NAME.c is compiled into the image
    configure     called with an `Info` before the image is built; it writes into `info.folder`
    meson *       a fragment of the image's meson.build, which may add to `sources`, `c_args` and
                  `link_args`
    requires      interfaces that the target must provide
    attach        ("net" or "block", NAME *): what the tender must attach; requires that interface
                  too
    features      parts of the interpreter that its guest code needs, as those of `register`
    embed         directories, relative to config.py, whose files the image holds read-only: guest
                  code finds them by the same name (mirage.crunch)
    """
    position, before = here(), reported()
    for unknown in [one for one in given if one not in Given.__annotations__]:
        report(UnknownKeyword("impl", unknown, tuple(Given.__annotations__), position))
        del given[unknown]
    ty = _checked_type(f"the second argument of impl({name!r}, ...)", ty, position)
    if not is_text(name) or not name:
        report(NotThis("name", name, "a text", position))
    told = parts(given, position)
    values = [f"a `{one}`" for one in (ty.parameters if isinstance(ty, FunctorType) else ())]
    values += [f"`{one.name}`" for one in (*told["extra_deps"], *told["runtime_args"])]
    connect = connector(name, given.get("connect"), values, told["imports"], position)
    sound = reported() == before
    made = Declaration(str(name), ty, position, connect=connect, **told, sound=sound)
    return applied(made, (), position)


@overload
def main(
    entry: str,
    ty: Type[T],
    *,
    packages: Sequence[Package] | Value[Sequence[Package]] = (),
    local_libs: Sequence[str] = (),
    c_sources: Sequence[str] = (),
    pkg_config: Sequence[str] = (),
    args: Sequence[Argument[Any]] = (),
    deps: Sequence[AnyImpl] = (),
) -> Impl[T]: ...
@overload
def main(
    entry: str,
    ty: FunctorType[R, *P],
    *,
    packages: Sequence[Package] | Value[Sequence[Package]] = (),
    local_libs: Sequence[str] = (),
    c_sources: Sequence[str] = (),
    pkg_config: Sequence[str] = (),
    args: Sequence[Argument[Any]] = (),
    deps: Sequence[AnyImpl] = (),
) -> Functor[R, *P]: ...
@known_keywords
def main(
    entry: str,
    ty: Any,
    *,
    packages: Any = (),
    local_libs: Sequence[str] = (),
    c_sources: Sequence[str] = (),
    pkg_config: Sequence[str] = (),
    args: Sequence[Argument[Any]] = (),
    deps: Sequence[AnyImpl] = (),
) -> Any:
    """The user's own code: `main("unikernel.start", block >> job)` calls `start(a_block)` of
    unikernel.py, with the values of `args` behind the devices. The function may be `async`.

    `packages` are Python packages that it uses, `local_libs` folders whose modules it imports,
    `c_sources` C files that it is compiled with, `pkg_config` C libraries that those use, by the
    names that pkg-config has for them, `deps` devices that are connected before it and that it is
    not given.
    """
    position, before = here(), reported()
    is_entry = ENTRY.fullmatch(str(entry)) is not None
    if not is_entry:
        report(InvalidEntry(entry, position))
    declaration = Declaration(
        name=str(entry),
        type=_checked_type("the second argument of main", ty, position),
        position=position,
        entry=entry if is_entry else None,
        imports=(entry.rpartition(".")[0],) if is_entry else (),
        packages=given_packages(packages, position),
        local_libs=texts("local_libs", local_libs, position),
        c_sources=texts("c_sources", c_sources, position),
        pkg_config=texts("pkg_config", pkg_config, position),
        runtime_args=items("args", args, Argument, "runtime arguments", position),
        extra_deps=items("deps", deps, Applied, "devices", position),
        sound=reported() == before,
    )
    return applied(declaration, (), position)


def _checked_type(what: str, ty: Any, position: Position) -> Any:
    """`ty`, or a stand-in if it is no type."""
    if isinstance(ty, Type | FunctorType):
        return ty
    report(NotAType(f"{what} is a type", ty, position))
    return Type(ty, repr(ty))
