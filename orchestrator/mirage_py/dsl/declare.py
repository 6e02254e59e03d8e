"""`impl` and `main`: how devices, and the user's own code, become values of the eDSL."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict, TypeVar, TypeVarTuple, Unpack, overload

from mirage_py.dsl.argument import Argument
from mirage_py.dsl.connect import Connect, connector
from mirage_py.dsl.errors.devices import InvalidEntry, NotADevice, NotAnArgument, UnknownKeyword
from mirage_py.dsl.errors.types import NotAType
from mirage_py.dsl.files import Content, Info
from mirage_py.dsl.impl import AnyImpl, Applied, Attached, Declaration, Functor, Impl, applied
from mirage_py.dsl.key import Key
from mirage_py.dsl.keywords import known_keywords
from mirage_py.dsl.package import Package
from mirage_py.dsl.session import here, report, reported
from mirage_py.dsl.types import FunctorType, Type
from mirage_py.dsl.value import Value, lift
from mirage_py.support.errors import Position

T = TypeVar("T")
R = TypeVar("R")
P = TypeVarTuple("P")
ENTRY = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)+")


class Given(TypedDict, total=False):
    """What `impl` may be told of a device, beside its name and type."""

    connect: Connect
    imports: Sequence[str]
    excludes: Sequence[str]
    lazy: bool
    extra_deps: Sequence[AnyImpl]
    keys: Sequence[Key[Any]]
    runtime_args: Sequence[Argument[Any]]
    bindings: Sequence[str]
    packages: Sequence[Package] | Value[Sequence[Package]]
    local_libs: Sequence[str]
    c_sources: Sequence[str]
    pkg_config: Sequence[str]
    install: Mapping[str, str] | Value[Mapping[str, str]]
    files: Mapping[str, Content] | Value[Mapping[str, Content]]
    configure: Callable[[Info], None]
    meson: str | Value[str]
    requires: Sequence[str]
    attach: Attached
    features: Sequence[str]
    embed: Sequence[str]


VALUES: dict[str, Any] = {"packages": (), "install": {}, "files": {}, "meson": ""}
"""What keys may decide, and what it is when it is not given."""
SEQUENCES = (
    "imports", "excludes", "bindings", "local_libs", "c_sources", "pkg_config", "requires",
    "features", "embed",
)  # fmt: skip


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
    c_sources     C files, relative to config.py, that the image is compiled with
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
    for unknown in given.keys() - Given.__annotations__.keys():
        report(UnknownKeyword("impl", unknown, tuple(Given.__annotations__), position))
        del given[unknown]
    ty = _checked_type(f"the second argument of impl({name!r}, ...)", ty, position)
    parts: dict[str, Any] = given | {part: tuple(given.get(part, ())) for part in SEQUENCES}
    parts["extra_deps"] = devices(name, given.get("extra_deps", ()), position)
    parts["runtime_args"] = arguments(name, given.get("runtime_args", ()), position)
    parts["keys"] = tuple(given.get("keys", ()))
    if given.get("attach"):
        parts["requires"] += (given["attach"][0],)
    values = [f"a `{one}`" for one in (ty.parameters if isinstance(ty, FunctorType) else ())]
    values += [f"`{one.name}`" for one in (*parts["extra_deps"], *parts["runtime_args"])]
    parts["connect"] = connector(name, given.get("connect"), values, position)
    parts |= {part: lift(given.get(part, default)) for part, default in VALUES.items()}
    sound = reported() == before
    return applied(Declaration(name, ty, position, **parts, sound=sound), (), position)


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
        packages=lift(packages),
        local_libs=tuple(local_libs),
        c_sources=tuple(c_sources),
        pkg_config=tuple(pkg_config),
        runtime_args=arguments(entry, args, position),
        extra_deps=devices(entry, deps, position),
        sound=reported() == before,
    )
    return applied(declaration, (), position)


def arguments(name: str, given: Sequence[object], position: Position) -> tuple[Argument[Any], ...]:
    """Those of `given` that are runtime arguments; reports the others."""
    for one in given:
        if not isinstance(one, Argument):
            report(NotAnArgument(name, one, position))
    return tuple(one for one in given if isinstance(one, Argument))


def devices(name: str, given: Sequence[object], position: Position) -> tuple[Any, ...]:
    """Those of `given` that are devices; reports the others."""
    for one in given:
        if not isinstance(one, Applied):
            report(NotADevice(name, one, position))
    return tuple(one for one in given if isinstance(one, Applied))


def _checked_type(what: str, ty: Any, position: Position) -> Any:
    """`ty`, or a stand-in if it is no type."""
    if isinstance(ty, Type | FunctorType):
        return ty
    report(NotAType(f"{what} is a type", ty, position))
    return Type(ty, repr(ty))
