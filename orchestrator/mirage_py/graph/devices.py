"""The devices of a configuration: each made once, in an order in which they can be connected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from mirage_py.dsl.code import Name
from mirage_py.dsl.config import Config
from mirage_py.dsl.connect import invalid
from mirage_py.dsl.errors.connecting import InvalidConnect
from mirage_py.dsl.files import Content
from mirage_py.dsl.free import unknown_names
from mirage_py.dsl.impl import AnyImpl, Choice, Declaration, Functor, Impl, stand_in
from mirage_py.dsl.package import Package
from mirage_py.dsl.value import Context, Value, lift
from mirage_py.graph.errors.devices import NotApplied
from mirage_py.graph.errors.keys import NoText, NoTruth, ValueFailed
from mirage_py.graph.model import Device
from mirage_py.support.errors import MirageError, Position

T = TypeVar("T")
NOTHING = "None"
"""The connect expression of a device that does nothing."""
UNKNOWN: Any = object()
"""The value of what is in doubt."""
ARGUMENT = "_argument"
"""The function of the start code that tells the value of a runtime argument."""


@dataclass(frozen=True)
class Settled:
    """What of a declaration depends on keys, for the keys of this image."""

    packages: tuple[Package, ...]
    install: Mapping[str, str]
    files: Mapping[str, Content]
    meson: str
    attach: tuple[str, str] | None
    """Kind and name of what the tender must attach."""


@dataclass(frozen=True)
class Node:
    """A device of the graph, and what was written about it."""

    id: str
    position: Position
    """The user's line: that of the declaration, or for a device that all share, of who uses it."""
    declaration: Declaration
    settled: Settled
    arguments: tuple[AnyImpl, ...]
    given: tuple[str, ...]
    """Ids of the arguments."""
    extra: tuple[str, ...]
    """Ids of `extra_deps`."""
    connect: str
    """The expression that connects it; of the user's own code `device` makes it."""
    chosen_by: tuple[str, ...] = ()
    """The keys that chose it from others."""

    def device(self, form: str = "{}") -> Device:
        """The device as the start code connects it; `form` is what becomes of the call of the
        user's entry point."""
        declaration = self.declaration
        connect = self.connect
        if declaration.entry:
            call = f"{declaration.entry}({', '.join([*self.given, *values(declaration)])})"
            connect = form.format(call)
        return Device(
            id=self.id,
            name=declaration.name,
            position=declaration.position,
            connect=connect,
            imports=declaration.imports,
            dependencies=(*self.given, *self.extra),
            arguments=tuple(one.name for one in declaration.runtime_args),
        )


def values(declaration: Declaration) -> list[str]:
    """The expressions for the runtime arguments of a device."""
    return [f"{ARGUMENT}({one.name!r})" for one in declaration.runtime_args]


class Devices:
    """The nodes found so far; a value that is met again is the device that it was."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.nodes: list[Node] = []
        self.jobs: tuple[str, ...] = ()
        self.init: tuple[str, ...] = ()
        self.mistakes: list[MirageError] = []
        self.known: dict[Any, str] = {}
        self.seen: dict[int, str] = {}
        self.named: Counter[str] = Counter()
        self.settled: dict[int, Settled] = {}
        self.unknown: dict[int, AnyImpl] = {}
        """What stands for a choice that cannot be made."""
        self.in_doubt = False
        """Something depends on keys that are not known: there may be more than is found."""

    @property
    def needed(self) -> set[str]:
        """The ids of those that others depend on."""
        return {one for node in self.nodes for one in (*node.given, *node.extra)}

    def add_all(self, values: Iterable[AnyImpl], user: str, at: Position) -> tuple[str, ...]:
        """The ids of these devices, each once."""
        return tuple(dict.fromkeys(self.add(one, user, at) for one in values))

    def add(self, value: AnyImpl, user: str, at: Position) -> str:
        """The id of the device that `value` is, after those that it depends on. `user` is who needs
        it, and `at` where that is written."""
        if id(value) not in self.seen:
            self.seen[id(value)] = self._add(value, user, at)
        return self.seen[id(value)]

    def _add(self, value: AnyImpl, user: str, at: Position) -> str:
        if isinstance(value, Functor):
            self.mistakes.append(NotApplied(value, value.type.parameters, user, value.position))
        keys: dict[str, None] = {}
        original, arguments = self._chosen(value, keys)
        where = at if is_shared(original.position) else original.position
        below = at if is_shared(value.position) else value.position
        given = tuple(self.add(one, original.name, below) for one in arguments)
        extra = tuple(self.add(one, original.name, where) for one in original.extra_deps)
        # A declaration is what `impl` returned: applied twice to the same devices, it is one.
        key = (id(original), given, extra)
        if key not in self.known:
            self.known[key] = self._id(original.name)
            connect = self._connect(original, given, extra) if isinstance(value, Impl) else ""
            settled = self._settled(original)
            self.nodes.append(
                Node(
                    self.known[key],
                    where,
                    original,
                    settled,
                    arguments,
                    given,
                    extra,
                    connect,
                    tuple(keys),
                )
            )
        return self.known[key]

    def _id(self, name: str) -> str:
        """An identifier for another device of that name."""
        slug = re.sub(r"\W|^(?=\d)", "_", name)
        self.named[slug] += 1
        return f"{slug}__{self.named[slug]}"

    def _chosen(
        self, value: AnyImpl, keys: dict[str, None]
    ) -> tuple[Declaration, tuple[AnyImpl, ...]]:
        """What is declared of `value`, its choices made, and what that is applied to; the keys that
        choose are added to `keys`."""
        arguments = value.arguments
        while isinstance(value.head, Choice):
            choice = value.head
            keys |= dict.fromkeys(one.name for one in choice.value.keys)
            value = self._choose(choice)
            arguments = (*value.arguments, *arguments)
        return value.head, arguments

    def _choose(self, choice: Choice) -> AnyImpl:
        """What is chosen; something that stands for it while that is in doubt."""
        known = choice.sound and self._is_decided(choice.value)
        value = self._eval(choice.value, choice.position, UNKNOWN) if known else UNKNOWN
        if value is UNKNOWN:
            unknown = stand_in(choice.name, choice.type, choice.position)
            return self.unknown.setdefault(id(choice), unknown)
        if choice.by_truth and not isinstance(value, bool):
            self.mistakes.append(NoTruth(choice.value.text, value, choice.position))
        return choice.choose(value)

    def _is_decided(self, value: Value[Any]) -> bool:
        """Whether `value` can be computed; notes if not, as what depends on it is then unknown."""
        decided = value.is_decided(self.context)
        self.in_doubt = self.in_doubt or not decided
        return decided

    def _settled(self, declaration: Declaration) -> Settled:
        """What keys decide of a declaration."""
        if id(declaration) not in self.settled:
            position = declaration.position
            self.settled[id(declaration)] = Settled(
                packages=self._eval(declaration.packages.map(packages), position, ()),
                install=self._eval(declaration.install.map(table), position, {}),
                files=self._eval(declaration.files.map(table), position, {}),
                meson=self._text("meson", declaration.meson, position, ""),
                attach=self._attached(declaration),
            )
        return self.settled[id(declaration)]

    def _attached(self, declaration: Declaration) -> tuple[str, str] | None:
        """What the tender must attach for a declaration."""
        if declaration.attach is None:
            return None
        kind, name = declaration.attach
        known = self._text("attach", lift(name), declaration.position, UNKNOWN)
        return None if known is UNKNOWN else (kind, known)

    def _eval(self, value: Value[T], position: Position, unknown: T) -> T:
        """What `value` is, and `unknown` while that is in doubt or if computing it fails."""
        if not self._is_decided(value):
            return unknown
        try:
            return value.eval(self.context)
        except Exception as error:
            known = {one.name: self.context.keys[one.name] for one in value.keys}
            self.mistakes.append(ValueFailed(value.text, error, known, position))
            self.in_doubt = True
            return unknown

    def _text(self, keyword: str, value: Value[Any], position: Position, unknown: T) -> str | T:
        """The text that `value` is, for a keyword of `impl`; else `unknown`, as `_eval`."""
        found: Any = self._eval(value, position, unknown)
        if found is unknown or isinstance(found, str):
            return found
        self.mistakes.append(NoText(keyword, value.text, found, position))
        return unknown

    def _connect(
        self, declaration: Declaration, given: tuple[str, ...], extra: tuple[str, ...]
    ) -> str:
        """The expression that connects a device; that it is one, whatever decided it."""
        if not declaration.sound:
            return NOTHING
        names = [Name(one) for one in (*given, *extra, *values(declaration))]
        value = declaration.connect.of(names)
        text = self._text("connect", value, declaration.position, NOTHING)
        position = declaration.position
        if why := invalid(text):
            self.mistakes.append(InvalidConnect(declaration.name, text, why, position))
            return NOTHING
        known = (*given, *extra, ARGUMENT)
        make = declaration.connect.make
        self.mistakes += unknown_names(
            declaration.name, text, known, declaration.imports, make, position
        )
        return text


def packages(given: Any) -> tuple[Package, ...]:
    """What a function of keys gives, if it is packages. Raises TypeError."""
    if not isinstance(given, Iterable):
        raise TypeError(f"{given!r} is no list of packages")
    found = tuple(given)
    for one in found:
        if not isinstance(one, Package):
            raise TypeError(f"{one!r} is no package")
    return found


def table(given: Any) -> dict[str, Any]:
    """What a function of keys gives, if it is a dictionary. Raises TypeError."""
    if not isinstance(given, Mapping):
        raise TypeError(f"{given!r} is no dictionary")
    return dict(given)


def is_shared(position: Position) -> bool:
    """Whether a device is one that mirage-py makes for all who use it."""
    return position.file.startswith("mirage_py/")


def collect(config: Config, context: Context) -> Devices:
    """The devices of `config`: each stands behind all that it depends on."""
    devices = Devices(context)
    devices.init = devices.add_all(config.init, config.name, config.position)
    devices.jobs = devices.add_all(config.jobs, config.name, config.position)
    return devices
