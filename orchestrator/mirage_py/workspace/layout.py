"""The fourth stage: `lay_out` puts everything that a build needs on disk."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from mirage_py import catalog
from mirage_py.dsl.files import Info
from mirage_py.graph.facts import facts_at
from mirage_py.graph.library import Library, close, ours, package
from mirage_py.graph.model import Module
from mirage_py.graph.names import GUEST_MODULES, VFS_MODULES
from mirage_py.lock import check_vendor, package_trees, trees
from mirage_py.sources.cache import Cache
from mirage_py.support.errors import Mistakes
from mirage_py.support.files import write_if_changed
from mirage_py.support.literals import c_string
from mirage_py.workspace.additions import modules, write_additions
from mirage_py.workspace.arguments import arguments_source, row_numbers
from mirage_py.workspace.compiling import compiling
from mirage_py.workspace.cross import cross_file
from mirage_py.workspace.derived import facts_of
from mirage_py.workspace.host import folders, importable
from mirage_py.workspace.info import NAME as INFO
from mirage_py.workspace.info import info_source
from mirage_py.workspace.lowered import Lowered
from mirage_py.workspace.manifest import manifest_source
from mirage_py.workspace.model import Workspace
from mirage_py.workspace.natives import roots_source
from mirage_py.workspace.offered import missing
from mirage_py.workspace.packages import Closure, closure
from mirage_py.workspace.project import image_project
from mirage_py.workspace.runtime import build_runtime, runtime_of
from mirage_py.workspace.start import ASYNC, awaits, start_source
from mirage_py.workspace.start import NAME as START

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mirage_py.graph.model import Graph
    from mirage_py.lock.model import Lock

IMAGE = """\
/* Written by mirage-py. */
#include <stddef.h>
#include "bindings/crunch/pack.h"
#include "port/heap.h"

const size_t mirage_stack_size = {stack};
{packs}
const struct mirage_embedded mirage_embedded[] = {{
{embedded}    {{0, 0}},
}};
"""


log = logging.getLogger("mirage_py")

TABLES = {
    "_resources": lambda packages: resources_source(packages.resources),
    "_entry_points": lambda packages: f"ENTRY_POINTS = {packages.entry_points!r}\n",
}
"""Modules with what is known of packages, which importlib reads."""

SANITIZED_STACK = 4
"""How many times the stack a call takes with red zones between its variables, at most."""


def lay_out(
    lock: Lock, build_dir: Path, packages: Closure | None = None, *, offline: bool = False
) -> Workspace:
    """Everything on disk: the runtime in the cache, built if it was not yet, and the image's Meson
    project in `build_dir`. Files that did not change are left alone. `packages` is what `unpacked`
    gave for the lock, if it was asked before."""
    check_vendor(lock.graph.config.root, lock.inputs)
    packages = packages or unpacked(lock, offline=offline)
    cache = Cache.of_user()
    runtime = runtime_of(lock, cache)
    build_runtime(lock, runtime, cache, lambda: trees(lock, offline=offline))
    served = folders(lock, package_trees(lock, host=True, offline=offline))
    if packages.natives:
        every = (*lock.graph.natives, *packages.natives.values())
        lock = replace(lock, graph=replace(lock.graph, natives=every))
    workspace = Workspace(lock, build_dir, runtime, served)
    with importable(served):
        write_project(workspace, packages, offline=offline)
    return workspace


def unpacked(lock: Lock, *, offline: bool = False) -> Closure:
    """The modules of packages that the image of `lock` holds. Raises PackageObstacle."""
    found = closure(lock, package_trees(lock, offline=offline), guest_modules())
    for line in compiling(lock.graph, found):
        log.warning("%s", line)
    return found


def guest_modules() -> frozenset[str]:
    """The top-level modules of the guest, but for the interpreter's."""
    found = catalog.bindings(catalog.share()).values()
    ours = {**catalog.library(catalog.share()), **catalog.vendored_library(catalog.share())}
    return frozenset({"mirage", *ours, *(f"_{one.stem}" for each in found for one in each.drivers)})


def write_project(workspace: Workspace, packages: Closure, *, offline: bool = False) -> None:
    """Write the image's Meson project."""
    graph, folder = workspace.lock.graph, workspace.folder
    target = graph.target
    chosen = {one.name: one.value for one in graph.keys}
    info = Info(graph.config.name, target.name, graph.config.root, folder, chosen, offline)
    write_additions(graph, info)
    made = modules(graph.additions, folder)
    known = library(workspace, offline=offline)
    compiles = "compiler" in graph.config.features
    rows = row_numbers(graph.arguments)
    lowered = Lowered(
        folder, rows,
        compiles=compiles, documented=bool(packages.modules),
        annotated=packages.annotated, documents=frozenset(packages.documents), asked=packages.asks,
    )  # fmt: skip
    start = Module(START, folder / f"{START}.py")
    write_if_changed(start.path, start_source(graph))
    theirs = [lowered.package(packages.modules[name]) for name in sorted(packages.modules)]
    users = lowered.users(graph.modules)
    library_part = close(
        imported(graph, made) | packages.builtins | lowered.imports(),
        known,
        # The project's own change with every edit: nobody asks for what they were.
        [
            *(facts_at(one.path, "") for one in (start, *users, *made)),
            *(facts_of(one.path, "") for one in theirs),
        ],
        whole=compiles,
        modern=bool(theirs),
        read=facts_of,
        prepare=lowered.library,
        # Code that is compiled or loaded when the image runs may speak of anything.
        shorten=None if graph.config.features else lowered.shortened,
    )
    lowered.done()
    # AddressSanitizer's list of variables keeps the tables of all drivers that are linked.
    spelled = tuple(sorted(known.natives)) if target.sanitized else library_part.natives
    about = [Module(INFO, folder / f"{INFO}.py")] if INFO in library_part.others else []
    tables = [name for name in TABLES if name in library_part.others]
    told = [Module(name, folder / f"{name}.py") for name in tables]
    own = (start, *about, *told, *users, *made, *theirs)
    # A module of the user's, of a device or of a package takes the place of one of the library's,
    # and of the interpreter's.
    taken = {module.name for module in own}
    frozen = (*own, *(one for one in library_part.modules if one.name not in taken))
    ours = {one.name: one for one in library_part.modules if one.name not in taken}
    natives = {*library_part.others} & GUEST_MODULES - taken
    if wrong := [*missing(packages.asked, graph.modules, graph.config.root, ours, natives)]:
        raise wrong[0] if len(wrong) == 1 else Mistakes(wrong)
    frozen += tuple(bare_packages(graph, {one.name for one in frozen}, folder))
    prefixes = {
        workspace.runtime.folder: "runtime",
        catalog.share(): "mirage-py",
        graph.config.root: ".",
    }
    replaced = taken | {name[1:] for name in taken if name.startswith("u")}
    others = tuple(name for name in library_part.others if name not in replaced)
    library_part = replace(library_part, others=others)
    files = {
        "image.c": image_source(graph),
        "arguments.c": arguments_source(
            graph.config.name,
            graph.arguments,
            asked=any(device.arguments for device in graph.devices),
        ),
        "manifest.c": manifest_source(graph.manifest),
        "meson.build": image_project(
            graph, workspace.runtime, frozen, library_part, spelled, frozenset(replaced)
        ),
        "cross.ini": cross_file(target.arches[0], prefixes, sanitized=target.sanitized),
    }
    if about and not about[0].path.exists():
        files[about[0].path.name] = info_source(workspace.lock, workspace.lock.sources)
    files |= {f"{name}.py": TABLES[name](packages) for name in tables}
    if graph.natives:
        files["natives.c"] = roots_source(graph)
    for name, text in files.items():
        write_if_changed(folder / name, text)


def bare_packages(graph: Graph, frozen: set[str], folder: Path) -> Iterator[Module]:
    """An empty `__init__` for each package of native modules that holds nothing else: the
    interpreter finds a package by what is frozen in it."""
    empty = folder / "empty" / "__init__.py"
    names = {one.name for one in graph.natives if one.imported}
    parents = {
        ".".join(parts[:end])
        for parts in (name.split(".") for name in names)
        for end in range(1, len(parts))
    }
    for parent in sorted(parents):
        if parent not in frozen and not any(one.startswith(f"{parent}.") for one in frozen):
            write_if_changed(empty, "")
            yield Module(parent, empty)


def resources_source(files: Mapping[str, Path]) -> str:
    """The module that has the files of packages (library/importlib/resources.py)."""
    parts = [f"    {name!r}: {path.read_bytes()!r},\n" for name, path in sorted(files.items())]
    return "FILES = {\n" + "".join(parts) + "}\n"


def image_source(graph: Graph) -> str:
    """The C source of what the runtime asks of an image: the size of its stack, and the packs that
    are embedded in it, which embed.py makes."""
    names = [c_string(one.name) for one in graph.embedded]
    return IMAGE.format(
        stack=(graph.config.stack or 0) * (SANITIZED_STACK if graph.target.sanitized else 1),
        packs="".join(
            f"extern const unsigned char mirage_embedded_{number}[];\n"
            for number in range(len(names))
        ),
        embedded="".join(
            f"    {{{name}, mirage_embedded_{number}}},\n" for number, name in enumerate(names)
        ),
    )


def imported(graph: Graph, made: tuple[Module, ...]) -> set[str]:
    """What the user's modules, those that devices made and the start code import."""
    names = {*graph.builtins, *(name for device in graph.devices for name in device.imports)}
    for one in made:
        names |= {*facts_at(one.path, one.name.rpartition(".")[0]).imports}
    return names | {*ASYNC} if awaits(graph) else names


def library(workspace: Workspace, *, offline: bool = False) -> Library:
    """The modules that come with us: those of the bindings and of the vendored sources."""
    runtime, graph = workspace.runtime, workspace.lock.graph
    lacking = frozenset() if "vfs" in graph.config.features else VFS_MODULES
    replaced = {f"u{name}.py": name for name in GUEST_MODULES}
    made = {replaced[name] for one in graph.additions for name in one.files if name in replaced}
    own = ours(catalog.share(), lacking | made)
    packages: dict[str, tuple[Module, ...]] = {}
    cpython: set[str] = set()
    vendored = catalog.vendored(catalog.share())
    additions = catalog.library_additions(catalog.share())
    for source in graph.vendored:
        if vendored[source].is_python:
            tree = trees(workspace.lock, offline=offline)[source]
            cpython |= {entry.name for entry in vendored[source].library}
        else:
            tree = runtime.source / "subprojects" / source
        for entry in vendored[source].library:
            theirs = [tree / entry.folder / file for file in entry.files]
            packages[entry.name] = package(entry.name, [*theirs, *additions.get(entry.name, ())])
    small = catalog.small_library(catalog.share())
    better = {
        name: modules
        for name, modules in own.packages.items()
        if small.get(name) not in graph.vendored
    }
    cpython -= better.keys()
    return replace(own, packages=packages | better, cpython=frozenset(cpython))
