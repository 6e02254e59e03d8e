"""The devices of a configuration: each made once, in an order in which they can be connected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from mirage_py.dsl.config import Config
from mirage_py.dsl.declare import PLACEHOLDER
from mirage_py.dsl.impl import AnyImpl, Declaration, Functor
from mirage_py.graph import errors
from mirage_py.graph.model import Device
from mirage_py.support.errors import MirageError

ARGUMENTS = "mirage.args"
"""The guest module that tells the values of runtime arguments."""


@dataclass(frozen=True)
class Node:
    """A device of the graph, and what was written about it."""

    id: str
    declaration: Declaration
    arguments: tuple[AnyImpl, ...]
    dependencies: tuple[str, ...]

    def device(self, is_async: bool) -> Device:
        """The device as the start code connects it; the user's entry point may be async."""
        declaration = self.declaration
        arguments = tuple(one.name for one in declaration.runtime_args)
        values = [*self.dependencies, *(f"{ARGUMENTS}.get({name!r})" for name in arguments)]
        if declaration.entry:
            call = f"{declaration.entry}({', '.join(values)})"
            connect = f"await {call}" if is_async else call
        else:
            connect = PLACEHOLDER.sub(lambda found: values[int(found[1])], str(declaration.connect))
        return Device(
            id=self.id,
            name=declaration.name,
            position=declaration.position,
            connect=connect,
            imports=(*declaration.imports, *([ARGUMENTS] if arguments else [])),
            dependencies=self.dependencies,
            arguments=arguments,
        )


class Devices:
    """The nodes found so far; a value that is met again is the device that it was."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.jobs: tuple[str, ...] = ()
        self.mistakes: list[MirageError] = []
        self.known: dict[Any, str] = {}
        self.seen: dict[int, str] = {}

    def add(self, value: AnyImpl, user: str) -> str:
        """The id of the device that `value` is, after those that it depends on."""
        if id(value) not in self.seen:
            self.seen[id(value)] = self._add(value, user)
        return self.seen[id(value)]

    def _add(self, value: AnyImpl, user: str) -> str:
        declaration = value.declaration
        if isinstance(value, Functor):
            self.mistakes.append(errors.NotApplied(value, user, value.position))
        needed = (*value.arguments, *declaration.extra_deps)
        dependencies = tuple(self.add(one, declaration.name) for one in needed)
        # A declaration is what `impl` returned: applied twice to the same devices, it is one.
        key = (id(declaration), dependencies)
        if key not in self.known:
            slug = re.sub(r"\W", "_", declaration.name)
            self.known[key] = f"{slug}__{len(self.nodes) + 1}"
            self.nodes.append(Node(self.known[key], declaration, value.arguments, dependencies))
        return self.known[key]


def collect(config: Config) -> Devices:
    """The devices of `config`: each stands behind all that it depends on."""
    devices = Devices()
    devices.jobs = tuple(dict.fromkeys(devices.add(one, config.name) for one in config.jobs))
    return devices
