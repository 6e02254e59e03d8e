"""C programs as images for any target, by the kit that `mirage-py toolchain` gives users.

    image = Programs(folder, "hvt").image("blocks", storage="block")
    # tests/guest/programs/blocks.c, for hvt, with one block device of that name

A kit is boot code and the Solo5 API, compiled once into the user-wide cache: a program takes a
moment. Every target of the catalog has one, so a new target needs nothing here.
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mirage_py import catalog
from mirage_py.graph.model import Attachment
from mirage_py.lock.toolchain import compiler_command
from mirage_py.sources.cache import Cache
from mirage_py.support.errors import Position
from mirage_py.workspace.cross import compile_flags, link_flags
from mirage_py.workspace.kit import Kit, kit_of
from mirage_py.workspace.manifest import manifest_source

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / "tests" / "guest" / "programs"
COMPILE_TIMEOUT = 120


def cc(*arguments: str | Path) -> None:
    """Run the C compiler; its complaints are the test's failure."""
    done = subprocess.run(
        [*compiler_command(), *map(str, arguments)],
        check=False, capture_output=True, text=True, timeout=COMPILE_TIMEOUT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@cache
def kit(target: str) -> Kit:
    """The kit of the target of that name."""
    return kit_of(catalog.targets(catalog.share())[target], Cache.of_user())


def build_image(path: Path, source: Path, target: str, *flags: str, **devices: str) -> Path:
    """The C program `source` as an image with these devices: name=kind. It is compiled as our own
    guest code is, with `flags` besides."""
    made = kit(target)
    # fmt: off
    return link(path, target, [
        f"-I{made.folder / 'include'}", "-Werror", *made.link_flags(), *flags, source,
    ], **devices)
    # fmt: on


def build_whole(path: Path, source: Path, target: str, *flags: str, **devices: str) -> Path:
    """The same with boot code of its own, compiled with `flags` too."""
    about = catalog.targets(catalog.share())[target]
    include = catalog.share() / "targets" / "include"
    # fmt: off
    return link(path, target, [
        f"-I{include}", *link_flags(about.arches[0]), f"-Wl,-T,{about.link_script}",
        f"-L{about.link_script.parent}", *flags, *about.sources, source,
    ], **devices)
    # fmt: on


def link(path: Path, target: str, words: Sequence[str | Path], **devices: str) -> Path:
    """Compile and link what `words` say, and a manifest of these devices, into `path`."""
    arch = catalog.targets(catalog.share())[target].arches[0]
    manifest = path.with_suffix(".manifest.c")
    manifest.write_text(manifest_of(**devices), encoding="utf-8")
    cc(*compile_flags(arch), *words, manifest, "-o", path)
    return path


def manifest_of(**devices: str) -> str:
    """The manifest of these devices, in C."""
    nowhere = Position("config.py", 1)
    return manifest_source([Attachment(name, kind, nowhere) for name, kind in devices.items()])


@dataclass
class Programs:
    """Images for a target below `root`, each built once."""

    root: Path
    target: str

    def image(self, program: str, *flags: str, **devices: str) -> Path:
        """tests/guest/programs/<program>.c as an image with these devices: name=kind. One that is
        `target`'s alone may lie in tests/guest/<target>."""
        own = ROOT / "tests" / "guest" / self.target / f"{program}.c"
        source = own if own.exists() else PROGRAMS / f"{program}.c"
        digest = hashlib.sha256(repr((flags, list(devices.items()))).encode()).hexdigest()
        path = self.root / digest[:12] / f"{program}.{self.target}"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            # Boot code is to be watched, too.
            watched = any(flag.startswith("-fsanitize") for flag in flags)
            make = build_whole if watched else build_image
            make(path, source, self.target, *flags, **devices)
        return path
