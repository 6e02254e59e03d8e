"""The second stage: `plan` lays a configuration over a target. It runs nothing of the user's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mirage_py import catalog
from mirage_py.catalog import Target
from mirage_py.dsl.argument import Argument
from mirage_py.dsl.config import Config
from mirage_py.dsl.impl import Declaration
from mirage_py.dsl.value import Context
from mirage_py.graph import entry
from mirage_py.graph.additions import additions, c_libraries, c_sources, local_folders
from mirage_py.graph.arguments import arguments
from mirage_py.graph.clashes import clash_of_made
from mirage_py.graph.connects import missing, unawaited
from mirage_py.graph.declared import module_arguments
from mirage_py.graph.devices import Devices, Node, collect
from mirage_py.graph.embedded import embedded
from mirage_py.graph.errors.devices import ExcludedModule, UnknownBinding, UnmetInterface
from mirage_py.graph.errors.modules import UnknownGuestModule
from mirage_py.graph.facts import facts_at
from mirage_py.graph.keys import Given, choose, chosen, heads
from mirage_py.graph.library import close, ours
from mirage_py.graph.manifest import manifest
from mirage_py.graph.model import CSource, Embedded, Graph
from mirage_py.graph.modules import Sources
from mirage_py.graph.names import VFS_MODULES
from mirage_py.graph.packages import in_image, merge, possible
from mirage_py.graph.scopes import Scopes
from mirage_py.graph.small import outgrown
from mirage_py.graph.strangers import by_name, unknown
from mirage_py.support.errors import MirageError, Position, raise_all
from mirage_py.support.near import near


@dataclass(frozen=True)
class Files:
    """What `plan` reads: all that there is to know of files."""

    sources: Sources
    embedded: tuple[Embedded, ...]
    c_sources: tuple[CSource, ...]
    vendored: tuple[str, ...]
    targets: Mapping[str, Target]


def plan(
    config: Config,
    target: Target,
    keys: Given | None = None,
    *,
    root: Path | None = None,
    mistakes: Iterable[MirageError] = (),
    unanswered: list[UnknownGuestModule] | None = None,
) -> Graph:
    """What will be in the image: devices in boot order, manifest, modules, bindings.

    `keys` are what the command line gave for configure-time keys. `root` is the folder that holds
    `targets/` and `bindings/`. Raises MirageError; several independent mistakes are raised
    together, as Mistakes, after those of `mistakes`, which `load` found. Imports that nothing
    answers are no mistakes if there is a list for them, `unanswered`.
    """
    given = keys or Given()
    found = list(mistakes)
    values = choose(config, given, found)
    devices = collect(config, Context(target, values))
    files = read_files(config, devices, root or catalog.share())
    for name in given.keep:
        files.sources.keep(name, Position(f"--keep={name}", 0))
    graph, wrong = resolve(config, target, devices, files)
    if unanswered is not None:
        unanswered += [one for one in wrong if isinstance(one, UnknownGuestModule)]
        wrong = [one for one in wrong if not isinstance(one, UnknownGuestModule)]
    boot = by_name((*declared_arguments(config), *graph.arguments))
    raise_all([*found, *wrong, *unknown(config, given, boot)])
    return replace(graph, keys=chosen(config, values, given.texts))


def needed_sources(root: Path, sources: Sources) -> tuple[str, ...]:
    """The vendored sources of an image. A runtime is made of all but those of Python modules, and
    what of them an image does not use is not linked."""
    own = ours(root, () if sources.from_disk else VFS_MODULES)
    theirs = catalog.vendored_library(root)
    needed = outgrown(root, (one.tree for one in sources.users.values()))
    if sources.packages:
        needed |= set(theirs.values())  # which modules they import is known when they are unpacked
    else:
        packages = {**dict.fromkeys(theirs, ()), **own.packages}
        library = replace(own, packages=packages, cpython=frozenset(theirs))
        users = [facts_at(one.module.path, "") for one in sources.users.values()]
        taken = close(sources.builtins, library, users).packages
        needed |= {theirs[name] for name in taken & theirs.keys()}
    return tuple(
        sorted(
            name
            for name, one in catalog.vendored(root).items()
            if not one.is_python or name in needed
        )
    )


def declared(config: Config) -> Iterator[Declaration]:
    """Every device that config.py declares, whatever the keys choose."""
    return (head for head in heads(config) if isinstance(head, Declaration))


def declared_arguments(config: Config) -> Iterator[Argument[Any]]:
    """The boot arguments that config.py declares, whatever the keys choose."""
    return (arg for one in declared(config) for arg in one.runtime_args)


def read_files(config: Config, devices: Devices, root: Path) -> Files:
    """What there is of files that `devices` name. What is missing is added to their mistakes."""
    declarations = list(dict.fromkeys(node.declaration for node in devices.nodes))
    library = {**catalog.library(root), **catalog.vendored_library(root)}
    sources = read_sources(config, devices, declarations, catalog.bindings(root), library)
    return Files(
        sources=sources,
        embedded=embedded(declarations, config.root, devices.mistakes),
        c_sources=c_sources(config.root, declarations, devices.mistakes),
        vendored=needed_sources(root, sources),
        targets=catalog.targets(root),
    )


def read_sources(
    config: Config,
    devices: Devices,
    declarations: Iterable[Declaration],
    bindings: Mapping[str, catalog.Binding],
    library: Iterable[str],
) -> Sources:
    """Every module that the entry points and imports of `declarations` lead to."""
    folders = local_folders(config.root, declarations, devices.mistakes)
    packages = [one for node in devices.nodes for one in node.settled.packages]
    has_packages = any(in_image(one) for one in packages)
    missing = not all(folder.is_dir() for folder in folders)
    sources = Sources(
        config.root,
        bindings,
        from_disk="vfs" in config.features,
        folders=folders,
        made=frozenset(name for node in devices.nodes for name in node.settled.files),
        library=frozenset(library),
        packages=has_packages or missing or devices.in_doubt,
        pinned=frozenset(config.root / one.source for one in packages if one.source),
    )
    needed = devices.needed
    given = {node.declaration for node in devices.nodes if node.id in needed}
    wanted: set[str] = set()
    for declaration in declarations:
        if declaration.entry:
            sources.entry(declaration.entry.rpartition(".")[0], declaration.position)
        elif not declaration.lazy or declaration in given:
            for name in declaration.imports:
                sources.imported(name, declaration.position)
        for name in declaration.bindings:
            if name in bindings:
                wanted.add(name)
            else:
                close = near(name, bindings)
                sources.mistakes.append(
                    UnknownBinding(declaration.name, name, close, declaration.position)
                )
    made = {node.declaration: node.settled.files for node in devices.nodes}
    for declaration, files in made.items():
        for file in files:
            sources.mistakes += clash_of_made(sources, declaration.name, file, declaration.position)
    sources.link(wanted)
    return sources


def resolve(
    config: Config, target: Target, devices: Devices, files: Files
) -> tuple[Graph, list[MirageError]]:
    """The graph, and what is wrong with it. Pure: it reads no files."""
    sources = files.sources
    mistakes = [*devices.mistakes, *sources.mistakes]
    needed = devices.needed
    nodes = [node for node in devices.nodes if node.id in needed or is_used(node, sources)]
    connected = [node for node in nodes if node.id in needed or is_connected(node, devices)]
    declarations = [node.declaration for node in nodes]
    entries = manifest(nodes, config, mistakes)
    mistakes += unmet(nodes, target, files.targets)
    mistakes += excluded(devices.nodes, sources)
    calls, wrong = check_entries(nodes, sources)
    mistakes += wrong
    ids = {node.id for node in connected}
    in_modules = module_arguments(sources.users.values(), mistakes)
    graph = Graph(
        config=config.with_features(one for node in declarations for one in node.features),
        target=target,
        devices=tuple(node.device(calls.get(node.id, "{}")) for node in connected),
        jobs=devices.jobs,
        manifest=entries,
        bindings=tuple(sorted(sources.linked)),
        modules=tuple(sources.users[name].module for name in sorted(sources.users)),
        builtins=tuple(sorted(sources.asked())),
        packages=merge((one for node in nodes for one in node.settled.packages), mistakes),
        vendored=files.vendored,
        arguments=arguments(declarations, in_modules, mistakes),
        embedded=files.embedded,
        init=tuple(one for one in devices.init if one in ids),
        additions=additions(nodes, mistakes),
        natives=tuple(sources.natives[name] for name in sorted(sources.natives)),
        c_sources=files.c_sources,
        c_libraries=c_libraries(declarations),
        optional_packages=possible(declared(config), files.targets.values()),
        wanted=tuple(sources.wanted),
    )
    return graph, mistakes


def is_connected(node: Node, devices: Devices) -> bool:
    """Whether the start code connects a device: one that comes first may only say what there is,
    and name a module."""
    return node.id not in devices.init or not all(
        part.isidentifier() for part in node.connect.split(".")
    )


def is_used(node: Node, sources: Sources) -> bool:
    """Whether a device does anything in the image: a lazy one may wait for a module that nothing
    imports."""
    declaration = node.declaration
    return not declaration.lazy or any(one in sources.builtins for one in declaration.imports)


def check_entries(
    nodes: Iterable[Node], sources: Sources
) -> tuple[dict[str, str], list[MirageError]]:
    """How the entry points of devices are called, by id, and what is wrong with them, or with what
    connects other devices."""
    scopes = Scopes(sources)
    calls = {}
    # What is wrong with an entry point is wrong in all its uses, and said once.
    wrong: dict[Declaration, list[MirageError]] = {}
    for node in nodes:
        source = sources.users.get(str(node.declaration.entry).rpartition(".")[0])
        if source and node.declaration.sound:
            wrong[node.declaration] = entry.check(node, nodes, source, scopes)
            calls[node.id] = entry.calling(node, source, scopes).value
        elif node.declaration.sound:
            wrong[node.declaration] = [*missing(node, scopes), *unawaited(node, scopes)]
    return calls, [mistake for found in wrong.values() for mistake in found]


def excluded(nodes: Iterable[Node], sources: Sources) -> Iterator[MirageError]:
    """One mistake for each module that is imported although a device leaves it out."""
    for node in nodes:
        for name in node.declaration.excludes:
            if name in sources.builtins:
                user, where = sources.place(name)
                device, at = node.declaration.name, node.position
                yield ExcludedModule(name, user, device, at, where or at)


def unmet(
    nodes: Iterable[Node], target: Target, targets: Mapping[str, Target]
) -> list[MirageError]:
    """One mistake for each interface that a device needs and `target` lacks."""
    last = {node.declaration: node for node in nodes}
    return [
        UnmetInterface(
            node.settled.attach[1] if node.settled.attach else one.name,
            interface,
            target.name,
            able=[other.name for other in targets.values() if interface in other.provides],
            near=near(interface, {name for it in targets.values() for name in it.provides}),
            keys=node.chosen_by,
            position=node.position,
        )
        for one, node in last.items()
        for interface in dict.fromkeys(one.requires)
        if interface not in target.provides
    ]
