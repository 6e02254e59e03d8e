"""The last stage: `link` builds the workspace and puts the image in dist/."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import zlib
from typing import TYPE_CHECKING

from mirage_py import catalog
from mirage_py.image import elf
from mirage_py.image.archives import archive_sizes
from mirage_py.image.model import Image
from mirage_py.image.natives import native_mistake
from mirage_py.image.python import misunderstood
from mirage_py.image.unseen import show_all
from mirage_py.support import process
from mirage_py.support.errors import MirageError, Position, ToolFailed
from mirage_py.support.files import sha256_file, write_atomically, write_if_changed
from mirage_py.support.version import version
from mirage_py.workspace import meson
from mirage_py.workspace.info import NAME as INFO
from mirage_py.workspace.info import info_source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mirage_py.lock.model import Lock
    from mirage_py.workspace.model import Workspace

PAGE = 0x1000
INFO_SECTION = ".mirage.info"
"""What an image says about itself: zlib-compressed JSON, not loaded into the guest."""

COMMENT = re.compile(r"\s*(?:/\*.*?\*/|(?://[^\n]*\n)+)", re.DOTALL)


def link(workspace: Workspace) -> Image:
    """Build the image and put it, stripped, at dist/NAME.TARGET and its symbols beside it. A build
    that fails leaves the previous image where it is."""
    graph = workspace.lock.graph
    build(workspace)
    if tell_what_is_linked(workspace):
        build(workspace)
    linked = workspace.build / f"{graph.config.name}.elf"
    info = workspace.build / "info.z"
    write_if_changed(info, zlib.compress(json.dumps(about(workspace), sort_keys=True).encode(), 9))

    stripped, debug = linked.with_suffix(".stripped"), linked.with_suffix(".debug")
    # The sanitizers read symbols from the program itself.
    strip = [] if graph.target.sanitized else ["--strip-all"]
    objcopy(*strip, f"--add-section={INFO_SECTION}={info}", str(linked), str(stripped))
    objcopy("--only-keep-debug", str(linked), str(debug))
    contents = elf.read(stripped)
    if graph.target.solo5:
        pad(stripped, contents)

    name = f"{graph.config.name}.{graph.target.name}"
    dist = graph.config.root / "dist"
    dist.mkdir(exist_ok=True)
    install(workspace, dist)
    debug.replace(dist / f"{name}.debug")
    path = stripped.replace(dist / name)
    return Image(workspace, path, dist / f"{name}.debug", sha256_file(path), path.stat().st_size)


class NotMade(MirageError):
    def __init__(self, name: str, source: str, position: Position) -> None:
        super().__init__(
            f"`{name}` is to be put beside the image, and the build did not make `{source}`",
            position=position,
            hint="`install` names files of the workspace, which `files`, `configure` or `meson` "
            "make",
        )


def install(workspace: Workspace, dist: Path) -> None:
    """Put the files of devices into dist/. Raises NotMade."""
    for one in workspace.lock.graph.additions:
        for name, source in one.install.items():
            path = workspace.folder / source
            if not path.is_file():
                raise NotMade(name, source, one.position)
            write_atomically(dist / name, path.read_bytes())


def build(workspace: Workspace) -> None:
    """Run Meson, the first time and wherever it would keep what it was told then, and ninja. Ninja
    runs Meson again when the project's own files have changed."""
    cross, record = workspace.folder / "cross.ini", workspace.build / "mirage-set-up"
    # A moved project, or another Python, is something that neither Meson nor ninja gets over;
    # and Meson takes flags from the cross file once.
    told = f"{workspace.folder}\n{sys.executable}\n{cross.read_text(encoding='utf-8')}"
    if not record.is_file() or record.read_text(encoding="utf-8") != told:
        shutil.rmtree(workspace.build, ignore_errors=True)
        log = workspace.logs / "01-setup.log"
        meson.setup(workspace.folder, workspace.build, cross, [], log, workspace.host)
        write_if_changed(record, told)
    show_all(workspace)
    try:
        meson.compile_(workspace.build, workspace.logs / "02-build.log", workspace.host)
    except ToolFailed as error:
        mistake = misunderstood(error.output, workspace) or native_mistake(error.output, workspace)
        raise mistake or error from None


def objcopy(*arguments: str) -> None:
    """Run objcopy, which every C toolchain has beside its linker."""
    process.run(["objcopy", *arguments], needed_for="to write the image", how="install binutils")


def pad(path: Path, contents: elf.Contents) -> None:
    """Fill the file up to whole pages behind what is loaded: the multiboot header of official Solo5
    counts its last page whole, and a stripped file may end within it."""
    end = max(one.offset + one.file_size for one in contents.segments)
    whole = -(-end // PAGE) * PAGE
    if path.stat().st_size < whole:
        os.truncate(path, whole)


def about(workspace: Workspace) -> dict[str, object]:
    """What `inspect` shows beyond what the ELF says itself."""
    lock = workspace.lock
    sizes = archive_sizes(workspace.build / "image.map")
    return {
        "archives": sizes,
        "toolchain": toolchain(lock),
        "sources": [
            source("mirage-py", version(), "ISC", [licence_text(catalog.share() / "LICENSE")]),
            *(
                source(one.name, one.version, one.licence, licence_texts(workspace, one.name))
                for one in lock.sources
                if is_linked(one.name, sizes)
            ),
        ],
    }


def tell_what_is_linked(workspace: Workspace) -> bool:
    """Write what an image that asks for it says of itself: the linker has told. True if it has to
    be linked again, which changes nothing of what is."""
    path = workspace.folder / f"{INFO}.py"
    if not path.exists():
        return False
    sizes = archive_sizes(workspace.build / "image.map")
    found = [one for one in workspace.lock.sources if is_linked(one.name, sizes)]
    return write_if_changed(path, info_source(workspace.lock, found))


def is_linked(name: str, sizes: Mapping[str, int]) -> bool:
    """Whether anything of the vendored source `name` is in the image: its archives are called
    libNAME.a and libNAME-PART.a."""
    return any(one.startswith((f"lib{name}.", f"lib{name}-")) for one in sizes)


def source(name: str, version: str, licence: str, texts: list[str]) -> dict[str, object]:
    """Something that is linked."""
    return {"name": name, "version": version, "licence": licence, "texts": texts}


def toolchain(lock: Lock) -> dict[str, str]:
    """What compiled and linked the image."""
    here = {"compiler": lock.toolchain.compiler, "linker": lock.toolchain.linker}
    solo5 = lock.graph.target.solo5
    return here | ({"solo5": f"official Solo5 ({solo5.name})"} if solo5 else {})


def licence_texts(workspace: Workspace, name: str) -> list[str]:
    """The licence texts of a vendored source."""
    tree: Path = workspace.runtime.source / "subprojects" / name
    files = catalog.vendored(catalog.share())[name].licence_files
    return [licence_text(tree / file) for file in files]


def licence_text(path: Path) -> str:
    """A licence: all of a file, or of a C file the comments at its head, up to the one that says
    whose it is."""
    text = path.read_text(encoding="utf-8")
    if path.suffix not in {".c", ".h"}:
        return text
    head = ""
    while comment := COMMENT.match(text, len(head)):
        head += comment[0]
        if "copyright" in comment[0].lower():
            return head.strip() + "\n"
    raise ValueError(f"{path} does not begin with a licence")
