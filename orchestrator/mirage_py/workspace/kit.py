"""A target for C programs: its boot code and Solo5 API, compiled once into the user-wide cache,
with headers, link script and a file for pkg-config.

    include/            solo5.h and the binary contracts
    link.ld             the link script, all that it includes in its place
    target.o            boot code and API
    mirage-py-T.pc      the flags that link a program with all this
    logs/
"""

from __future__ import annotations

import hashlib
import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mirage_py.catalog import share
from mirage_py.lock.toolchain import compiler_command, toolchain
from mirage_py.support import process
from mirage_py.support.files import sha256_tree
from mirage_py.support.version import version
from mirage_py.workspace import meson
from mirage_py.workspace.cross import compile_flags, cross_file, cross_text, link_flags

if TYPE_CHECKING:
    from mirage_py.catalog import Target
    from mirage_py.sources.cache import Cache

PROJECT = """\
# Written by mirage-py.
project('mirage-target', 'c', meson_version: '>=1.4',
  default_options: ['buildtype=plain', 'b_staticpic=false'])
static_library('target', {sources}, c_args: ['-DNDEBUG', '-I' + {include!r}])
"""
PACKAGE = """\
# Written by mirage-py.
prefix=${{pcfiledir}}
link_script=${{prefix}}/link.ld

Name: {name}
Description: Solo5 API and boot code of mirage-py for {target}
Version: {version}
Cflags: {cflags} -I"${{prefix}}/include"
Libs: {libs} -Wl,-T,"${{link_script}}" "${{prefix}}/target.o"
"""

INCLUDE = re.compile(r"^[ \t]*INCLUDE[ \t]+(\S+)[ \t]*\n", re.MULTILINE)

PUBLIC = ("solo5_*", "_*")
"""The names of a target that programs can see: the API, and what C reserves for such as us."""

TASTE = re.compile(r"-(O|g$|std=|W)")
"""Flags that say how we write C; a program's own choice where it is not ours."""


@dataclass(frozen=True)
class Kit:
    """A target for C programs, at `folder`."""

    target: Target
    key: str
    """sha256 over everything that goes in."""
    folder: Path

    @property
    def package(self) -> str:
        """What pkg-config calls it."""
        return f"mirage-py-{self.target.name}"

    @property
    def arch(self) -> str:
        return self.target.arches[0]

    @property
    def needed_flags(self) -> list[str]:
        """What any object of the architecture must be compiled with."""
        return [flag for flag in compile_flags(self.arch) if not TASTE.match(flag)]

    def compile_flags(self) -> list[str]:
        """What an object must be compiled with."""
        return [*self.needed_flags, f"-I{self.folder / 'include'}"]

    def link_flags(self) -> list[str]:
        """What a program must be linked with."""
        script, whole = self.folder / "link.ld", self.folder / "target.o"
        return [*link_flags(self.arch), f"-Wl,-T,{script}", str(whole)]

    def cross_file(self, pkgconf: Path) -> str:
        """A Meson cross file for programs; `dependency()` finds the package in it."""
        return cross_text(
            self.arch,
            self.needed_flags,
            link_flags(self.arch),
            pkgconf=pkgconf,
            packages=self.folder,
        )


def kit_of(target: Target, cache: Cache) -> Kit:
    """The kit of `target`, built unless the cache has it."""
    kit = planned(target, cache)
    if kit.folder.is_dir():
        cache.used(kit.folder)
        return kit
    with cache.making(kit.key) as folder:
        if not kit.folder.is_dir():  # another process built it while this one waited
            build(Kit(target, kit.key, folder))
            cache.place(folder, "kits", kit.key)
    return kit


def planned(target: Target, cache: Cache) -> Kit:
    """The kit of `target`, whether it is there or not."""
    here = toolchain()
    parts = [
        target.name,
        sha256_tree([share() / "targets", share() / "runtime_c" / "arch"]),
        sha256_tree([Path(__file__)]),
        version(),
        *compiler_command(),
        here.compiler,
        here.linker,
    ]
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return Kit(target, key, cache.entry("kits", key))


def build(kit: Kit) -> None:
    """Fill the folder of `kit`."""
    shutil.copytree(share() / "targets" / "include", kit.folder / "include")
    script = flattened(kit.target.link_script, kit.target.link_script.parent)
    (kit.folder / "link.ld").write_text(script, encoding="utf-8")
    compile_target(kit)
    (kit.folder / f"{kit.package}.pc").write_text(package_file(kit), encoding="utf-8")


def flattened(script: Path, folder: Path) -> str:
    """A link script with what it includes from `folder` in place: build systems that sort flags may
    lose the `-L` by which the linker would find it."""
    text = script.read_text(encoding="utf-8")
    return INCLUDE.sub(lambda found: flattened(folder / found[1], folder), text)


def compile_target(kit: Kit) -> None:
    """Make target.o. It is one object, not an archive, so that it may stand anywhere in a command
    line, and its inner names are hidden from programs, which may use the same."""
    logs, work = kit.folder / "logs", kit.folder / "work"
    source, built = work / "src", work / "build"
    source.mkdir(parents=True)
    sources = ", ".join(repr(str(path)) for path in kit.target.sources)
    project = PROJECT.format(sources=sources, include=str(share() / "targets" / "include"))
    (source / "meson.build").write_text(project, encoding="utf-8")
    cross = work / "cross.ini"
    prefixes = {share(): "mirage-py", work: "target"}
    cross.write_text(cross_file(kit.arch, prefixes), encoding="utf-8")
    meson.setup(source, built, cross, [], log_to=logs / "01-setup.log")
    meson.compile_(built, log_to=logs / "02-build.log")
    whole = str(kit.folder / "target.o")
    process.run(
        [*compiler_command(), "-r", "-nostdlib", "-Wl,--whole-archive", str(built / "libtarget.a"),
         "-o", whole],
        log_to=logs / "03-gather.log",
    )  # fmt: skip
    keep = [f"--keep-global-symbol={name}" for name in PUBLIC]
    process.run(["objcopy", "--wildcard", *keep, whole], log_to=logs / "04-hide.log")
    shutil.rmtree(work)


def package_file(kit: Kit) -> str:
    """The text of the .pc file. Its paths begin where it lies, as it is moved when it is whole."""
    return PACKAGE.format(
        name=kit.package,
        target=kit.target.name,
        version=version(),
        cflags=shlex.join(kit.needed_flags),
        libs=shlex.join(link_flags(kit.arch)),
    )
