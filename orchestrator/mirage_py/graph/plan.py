"""The second stage: `plan` lays a configuration over a target. It runs nothing of the user's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from mirage_py import catalog
from mirage_py.catalog import Target
from mirage_py.dsl.config import Config
from mirage_py.dsl.impl import Declaration
from mirage_py.dsl.near import near
from mirage_py.dsl.session import raise_all
from mirage_py.graph import entry, errors
from mirage_py.graph.arguments import arguments
from mirage_py.graph.devices import Devices, collect
from mirage_py.graph.embedded import embedded
from mirage_py.graph.manifest import manifest
from mirage_py.graph.model import Embedded, Graph
from mirage_py.graph.modules import Sources
from mirage_py.support.errors import MirageError

RUNTIME = ("micropython", "picohttpparser")
"""Vendored sources that every runtime holds. What of them an image does not use is not linked."""


def plan(config: Config, target: Target, *, root: Path | None = None) -> Graph:
    """What will be in the image: devices in boot order, manifest, modules, bindings.

    Raises MirageError; several independent mistakes are raised together, as Mistakes. `root` is
    the folder that holds `targets/` and `bindings/`.
    """
    root = root or catalog.share()
    devices = collect(config)
    sources = read_sources(config, devices, catalog.bindings(root))
    held = embedded((node.declaration for node in devices.nodes), config.root, devices.mistakes)
    graph, mistakes = resolve(config, target, devices, sources, held, catalog.targets(root))
    raise_all(mistakes)
    return graph


def read_sources(
    config: Config, devices: Devices, bindings: Mapping[str, catalog.Binding]
) -> Sources:
    """Every module that the entry points and imports of `devices` lead to. Reads files."""
    sources = Sources(config.root, bindings, from_disk="vfs" in config.features)
    wanted: set[str] = set()
    for node in devices.nodes:
        declaration = node.declaration
        if declaration.entry:
            sources.entry(declaration.entry.rpartition(".")[0], declaration.position)
        else:
            for name in declaration.imports:
                sources.imported(name, declaration.position)
        for name in declaration.bindings:
            if name in bindings:
                wanted.add(name)
            else:
                close = near(name, bindings)
                sources.mistakes.append(
                    errors.UnknownBinding(declaration.name, name, close, declaration.position)
                )
    sources.link(wanted)
    return sources


def resolve(
    config: Config,
    target: Target,
    devices: Devices,
    sources: Sources,
    held: tuple[Embedded, ...],
    targets: Mapping[str, Target],
) -> tuple[Graph, list[MirageError]]:
    """The graph, and what is wrong with it. Pure."""
    mistakes = [*devices.mistakes, *sources.mistakes]
    declarations = [node.declaration for node in devices.nodes]
    entries = manifest(declarations, config, mistakes)
    mistakes += unmet(declarations, target, targets)
    awaited = set()
    # What is wrong with an entry point is wrong in all its uses, and said once.
    wrong: dict[Declaration, list[MirageError]] = {}
    for node in devices.nodes:
        source = sources.users.get(str(node.declaration.entry).rpartition(".")[0])
        if source:
            wrong[node.declaration] = list(entry.check(node, source))
            if entry.is_async(node, source):
                awaited.add(node.id)
    mistakes += [mistake for found in wrong.values() for mistake in found]
    graph = Graph(
        config=config,
        target=target,
        devices=tuple(node.device(node.id in awaited) for node in devices.nodes),
        jobs=devices.jobs,
        manifest=entries,
        bindings=tuple(sorted(sources.linked)),
        modules=tuple(sources.users[name].module for name in sorted(sources.users)),
        builtins=tuple(sorted(sources.builtins)),
        packages=tuple(dict.fromkeys(one for node in declarations for one in node.packages)),
        vendored=tuple(
            sorted({*RUNTIME, *(one for node in declarations for one in node.vendored)})
        ),
        arguments=arguments(declarations, mistakes),
        embedded=held,
    )
    return graph, mistakes


def unmet(
    declarations: Iterable[Declaration], target: Target, targets: Mapping[str, Target]
) -> list[MirageError]:
    """One mistake for each interface that a device needs and `target` lacks."""
    return [
        errors.UnmetInterface(
            one.attach[1] if one.attach else one.name,
            interface,
            target.name,
            [other.name for other in targets.values() if interface in other.provides],
            one.position,
        )
        for one in dict.fromkeys(declarations)
        for interface in dict.fromkeys(one.requires)
        if interface not in target.provides
    ]
