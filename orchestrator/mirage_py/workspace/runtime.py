"""The runtime: built once, in the user-wide cache, for all images that fit it."""

from __future__ import annotations

import hashlib
import shlex
import shutil
from importlib import metadata
from typing import TYPE_CHECKING

from mirage_py.catalog import share
from mirage_py.catalog.share import PACKAGE
from mirage_py.lock.toolchain import compiler_command
from mirage_py.support.files import sha256_tree
from mirage_py.support.version import version
from mirage_py.workspace import meson
from mirage_py.workspace.cross import cross_file
from mirage_py.workspace.model import Runtime

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from mirage_py.lock.model import Lock
    from mirage_py.sources.cache import Cache

FEATURES = ("compiler", "vfs")
"""What a configuration can add to the interpreter (runtime_c/meson.options)."""

GUEST = ("runtime_c", "targets/include")
"""The folders of the house that a runtime is made of, beside what is compiled of the bindings."""
FROZEN = ".py"
"""What ends the names of those files of the bindings that each image freezes for itself."""


def runtime_of(lock: Lock, cache: Cache) -> Runtime:
    """The runtime that an image of `lock` links. Its key is made of everything that goes in."""
    config = lock.graph.config
    parts = [
        sha256_tree([*(share() / name for name in GUEST), PACKAGE / "cython"]),
        sha256_tree([share() / "bindings"], ignore=FROZEN),
        *(f"{source.name} {source.key}" for source in lock.sources if not source.is_python),
        *sorted(config.features),
        lock.toolchain.compiler,
        lock.toolchain.linker,
        shlex.join(compiler_command()),
        f"mirage-py {version()}",
        f"cython {metadata.version('cython')}",
        *lock.graph.target.arches,
        *(["sanitized"] if lock.graph.target.sanitized else []),
    ]
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return Runtime(key, cache.entry("runtimes", key))


def build_runtime(
    lock: Lock, runtime: Runtime, cache: Cache, trees: Callable[[], Mapping[str, Path]]
) -> None:
    """Build `runtime` unless the cache has it. `trees` gives the unpacked vendored sources; it is
    asked only when they are needed."""
    if runtime.folder.is_dir():
        cache.used(runtime.folder)
        return
    with cache.making(runtime.key) as folder:
        if runtime.folder.is_dir():  # another process built it while this one waited
            return
        made = Runtime(runtime.key, folder)
        lay_out_sources(made.source, trees())
        cross = folder / "cross.ini"
        target = lock.graph.target
        cross.write_text(
            cross_file(target.arches[0], {folder: "runtime"}, sanitized=target.sanitized)
        )
        options = [
            f"-D{name}={str(name in lock.graph.config.features).lower()}" for name in FEATURES
        ]
        meson.setup(
            made.source, made.build, cross, options, log_to=folder / "logs" / "01-setup.log"
        )
        meson.compile_(made.build, log_to=folder / "logs" / "02-build.log")
        cache.place(folder, "runtimes", runtime.key)


def lay_out_sources(source: Path, trees: Mapping[str, Path]) -> None:
    """Fill `source` with the runtime's Meson project: our folders, and each vendored source with
    its overlay as a subproject."""
    shutil.copytree(share() / "runtime_c", source, ignore=shutil.ignore_patterns("vendor"))
    frozen = shutil.ignore_patterns(f"*{FROZEN}", "__pycache__")
    shutil.copytree(share() / "bindings", source / "bindings", ignore=frozen)
    shutil.copytree(share() / "targets" / "include", source / "include")
    for name, tree in trees.items():
        overlay = share() / "runtime_c" / "vendor" / name / "overlay"
        if not overlay.is_dir():
            continue
        subproject = source / "subprojects" / name
        shutil.copytree(tree, subproject, symlinks=True)
        shutil.copytree(overlay, subproject, dirs_exist_ok=True)
