"""What `impl` may be told of a device, and that each part of it is what it should be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict

from mirage_py.dsl.argument import Argument
from mirage_py.dsl.connect import Connect
from mirage_py.dsl.errors.registering import UnknownFeature
from mirage_py.dsl.errors.shapes import NotThis
from mirage_py.dsl.files import Content, Info
from mirage_py.dsl.impl import AnyImpl, Applied, Attached
from mirage_py.dsl.key import Key
from mirage_py.dsl.package import Package
from mirage_py.dsl.session import report
from mirage_py.dsl.shapes import items, table, texts
from mirage_py.dsl.value import Value, lift, pure
from mirage_py.support.errors import Position
from mirage_py.support.near import near


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


def parts(given: Mapping[str, Any], position: Position) -> dict[str, Any]:
    """What of a declaration `given` says, but `connect`: what is wrong with a part is reported, and
    the part left out."""
    found: dict[str, Any] = {"lazy": bool(given.get("lazy", False))}
    for part in SEQUENCES:
        found[part] = texts(part, given.get(part, ()), position)
    for part, (kind, what) in VALUES_OF.items():
        found[part] = items(part, given.get(part, ()), kind, what, position)
    for part in ALONE:
        found[part] = alone(part, given.get(part), position)
    for part, what in TABLES.items():
        value = given.get(part, {})
        by_keys = isinstance(value, Value)
        found[part] = value if by_keys else pure(entries(part, value, what, position))
    if found["attach"]:
        found["requires"] += (found["attach"][0],)
    found["features"] = known_features(found["features"], position)
    found["packages"] = packages(given.get("packages", ()), position)
    found["meson"] = lift("" if found["meson"] is None else found["meson"])
    return found


def known_features(features: Sequence[str], position: Position) -> tuple[str, ...]:
    """Those of `features` that the interpreter has; the rest is reported."""
    for one in features:
        if one not in FEATURES:
            report(UnknownFeature(one, near(one, FEATURES), FEATURES, position))
    return tuple(one for one in features if one in FEATURES)


FEATURES = ("compiler", "vfs")
"""What the interpreter has beyond its usual parts, if it is asked for."""


def entries(part: str, value: Any, what: str, position: Position) -> dict[str, Any]:
    """Those of a table that lead to what they may; the rest is reported."""
    found = table(part, value, what, position)
    wrong = [
        name for name, one in found.items() if not (isinstance(one, str) or is_made(part, one))
    ]
    for name in wrong:
        report(NotThis(f"{part}[{name!r}]", found.pop(name), ENTRIES[part], position))
    return found


def is_made(part: str, value: Any) -> bool:
    """Whether `value` is bytes that a file holds, or the function that makes it."""
    return part == "files" and (isinstance(value, bytes) or callable(value))


ENTRIES = {
    "install": "the name of a file in the workspace",
    "files": "a text, bytes, or a function that makes one",
}
"""What names lead to, of each."""


def packages(given: Any, position: Position) -> Value[Any]:
    """The packages that are asked for, which keys may decide."""
    if isinstance(given, Value):
        return given
    return pure(items("packages", given, Package, "packages", position))


def alone(part: str, value: Any, position: Position) -> Any:
    """`value`, if it is right for `part`; None if it is nothing, or reported."""
    what, is_right = ALONE[part]
    if value is None or is_right(value):
        return value
    report(NotThis(part, value, what, position))
    return None


def is_attached(value: Any) -> bool:
    """Whether `value` says what the tender must attach."""
    return (
        isinstance(value, tuple)
        and len(value) == 2
        and value[0] in ("net", "block")
        and isinstance(value[1], str | Value)
    )


SEQUENCES = (
    "imports", "excludes", "bindings", "local_libs", "c_sources", "pkg_config", "requires",
    "features", "embed",
)  # fmt: skip
"""Lists of texts."""
VALUES_OF: dict[str, tuple[type, str]] = {
    "extra_deps": (Applied, "devices"),
    "runtime_args": (Argument, "runtime arguments"),
    "keys": (Key, "keys"),
}
"""What other lists are of."""
TABLES = {"install": "paths", "files": "what they hold"}
"""What names lead to in each."""
ALONE: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "attach": ('`("net" or "block", NAME)`', is_attached),
    "configure": ("a function", callable),
    "meson": ("a text", lambda value: isinstance(value, str | Value)),
}
"""What is neither a list nor a table, and how it is told."""
