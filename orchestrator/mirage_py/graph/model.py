"""Graph: what will be in the image. Made by `plan`, taken by `pin`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mirage_py.catalog import Target
from mirage_py.dsl.argument import Argument
from mirage_py.dsl.config import Config
from mirage_py.dsl.files import Content, Info
from mirage_py.dsl.package import Package
from mirage_py.support.errors import Position


@dataclass(frozen=True)
class Device:
    """One device of the image, connected once."""

    id: str
    """Name of its variable in the start code: unique, a Python identifier."""
    name: str
    """What `impl` called it."""
    position: Position
    """The line of config.py that made it."""
    connect: str
    """The Python expression that connects it, of the ids of `dependencies`; it may use `await`."""
    imports: tuple[str, ...]
    """Modules that `connect` names: `mirage.block`, `unikernel`."""
    dependencies: tuple[str, ...]
    """Ids, in the order of the connect call; each stands earlier in the graph."""
    arguments: tuple[str, ...] = ()
    """Names of runtime arguments, whose values follow the dependencies in the connect call."""


@dataclass(frozen=True)
class Attachment:
    """One entry of the image's manifest: a device that the tender must attach."""

    name: str
    kind: str
    """"net" or "block"."""
    position: Position


@dataclass(frozen=True)
class Embedded:
    """A directory of the host whose files the image holds, read-only."""

    name: str
    """As config.py names it, and the guest finds it."""
    path: Path
    position: Position


@dataclass(frozen=True)
class Module:
    """A Python module frozen into the image."""

    name: str
    """As imported: `unikernel`, `mirage.log`."""
    path: Path


@dataclass(frozen=True)
class Native:
    """A module that is compiled to machine code: a .pyx, of the user's or of a package's."""

    name: str
    """As imported."""
    path: Path
    imported: bool
    """Python imports it; others are only used by other native modules."""
    uses: tuple[str, ...] = ()
    """The native modules that it cimports, which are initialised before it."""

    @property
    def root(self) -> Path:
        """The folder that its name starts from."""
        return self.path.parents[self.name.count(".")]


@dataclass(frozen=True)
class CSource:
    """A C source of the user's that the image is compiled with."""

    path: Path
    position: Position


@dataclass(frozen=True)
class CLibrary:
    """A C library that native code is compiled and linked with, as pkg-config calls it."""

    name: str
    position: Position


@dataclass(frozen=True)
class Wanted:
    """A module that neither the project nor the guest has: a package must."""

    name: str
    attribute: str | None
    """What `from name import attribute` asks of it: a name in it, or a module below it."""
    position: Position
    optional: bool
    """The import stands in a `try`, and may fail."""
    whole: bool = False
    """All modules below it are meant."""
    named: bool = False
    """No import asks for it: it is named as a module, by config.py or the command line."""


@dataclass(frozen=True)
class Chosen:
    """A key, and its value in this image."""

    name: str
    value: Any
    is_default: bool
    doc: str
    position: Position


@dataclass(frozen=True)
class Addition:
    """What one device adds to the build of the image."""

    position: Position
    files: Mapping[str, Content]
    """Files of the workspace, by name."""
    action: Callable[[Info], None] | None
    """What is done before the image is built."""
    meson: str
    """A fragment of the image's meson.build."""
    install: Mapping[str, str]
    """Files of dist/, by name, and where they lie in the workspace."""


@dataclass(frozen=True)
class Graph:
    """Typed, resolved, ordered."""

    config: Config
    target: Target
    devices: tuple[Device, ...]
    """In boot order: a device stands behind all that it depends on."""
    jobs: tuple[str, ...]
    """Ids of the devices that are jobs, in the order of `register`."""
    manifest: tuple[Attachment, ...]
    bindings: tuple[str, ...]
    """Folders of bindings/ that the image links, in the order of their names."""
    modules: tuple[Module, ...]
    """The user's modules: unikernel.py and all of its own that it imports, transitively."""
    builtins: tuple[str, ...]
    """Names of modules that they and devices import and that are not the user's: standard library
    and `mirage`."""
    packages: tuple[Package, ...]
    """Each once, with the bounds of all who ask for it."""
    vendored: tuple[str, ...]
    """Vendored sources that the runtime is made of."""
    arguments: tuple[Argument[Any], ...] = ()
    """The runtime arguments of the image, each once: those of its devices, in their order, then
    those that its modules declare."""
    embedded: tuple[Embedded, ...] = ()
    init: tuple[str, ...] = ()
    """Ids of the devices that are connected first, one after the other."""
    keys: tuple[Chosen, ...] = ()
    additions: tuple[Addition, ...] = ()
    """What devices add to the build, in boot order."""
    natives: tuple[Native, ...] = ()
    """The user's native modules, in the order of their names."""
    c_sources: tuple[CSource, ...] = ()
    c_libraries: tuple[CLibrary, ...] = ()
    optional_packages: tuple[str, ...] | None = ()
    """Names of the packages that it would have with other keys, and on other targets; None if only
    choosing them would tell."""
    wanted: tuple[Wanted, ...] = ()
    """What is imported of packages: which of their modules are in the image is known when they
    are unpacked (workspace.packages)."""
