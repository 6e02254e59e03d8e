"""MicroPython's own port for Linux, of the source that images are made of, as it is released."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from mirage_py import catalog
from mirage_py.sources.cache import Cache
from mirage_py.sources.extract import extract
from mirage_py.sources.fetch import fetch

KEPT = ("ports/unix", "py", "extmod", "shared", "mpy-cross", "tools", "lib", "LICENSE")
MANIFEST = 'include("$(MPY_DIR)/extmod/asyncio")\n'
WITHOUT = ("FFI", "SSL", "BTREE", "BLUETOOTH")
"""What needs libraries that the archive does not carry."""
MOST = 400_000_000


def build(folder: Path) -> Path:
    """The program, with asyncio in it, made below `folder`."""
    source = catalog.vendored(catalog.share())["micropython"]
    tree = folder / "micropython"
    archive = fetch([source], cache=Cache.of_user())[source.name]
    extract(archive, tree, source=source.name, max_bytes=MOST, keep=KEPT)
    manifest = folder / "manifest.py"
    manifest.write_text(MANIFEST)
    # The build looks for this file of a library that it does not use.
    (folder / "README.md").touch()
    options = [f"MICROPY_PY_{one}=0" for one in WITHOUT]
    options += [f"FROZEN_MANIFEST={manifest}", f"MPY_LIB_DIR={folder}", "CFLAGS_EXTRA=-Wno-error"]
    jobs = f"-j{os.cpu_count() or 1}"
    for words in (["-C", tree / "mpy-cross"], ["-C", tree / "ports" / "unix", *options]):
        subprocess.run(["make", "-s", jobs, *words], check=True, capture_output=True)
    return tree / "ports" / "unix" / "build-standard" / "micropython"
