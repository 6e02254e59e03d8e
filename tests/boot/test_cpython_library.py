"""Our library's modules, and asyncio, do in an image what CPython's do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.boot.test_stores import formatted
from tests.support.unikernel import Unikernels

PROGRAMS = Path(__file__).parents[1] / "library"
CONFIG = 'from mirage_py import *\n\nregister("library", [main("{}.start", job)])\n'


@pytest.mark.parametrize("program", ["use", "waits", "packs", "paths", "small"])
def test_an_image_prints_what_cpython_prints(unikernels: Unikernels, program: str) -> None:
    path = PROGRAMS / f"{program}.py"
    wanted = subprocess.run(
        [sys.executable, str(path)], check=True, capture_output=True, text=True
    ).stdout
    files = {"config.py": CONFIG.format(program), path.name: path.read_text()}
    ran = unikernels.build(files, "spt").run()
    assert ran.console.splitlines() == wanted.splitlines()
    assert ran.status == 0


FILES = """\
from mirage_py import *

app = main("unikernel.start", kv_rw >> (kv_rw >> job))
register("files", [app(kv_rw_mem(), chamelon(block_of_file("disk")))], features=["vfs"])
"""
MOUNTING = """\
import os

import files as checks
from mirage.kv import files


def start(memory, littlefs):
    files.mount(memory, "/")
    files.mount(littlefs, "/littlefs")
    os.mkdir("/memory")
    for folder in ("/memory", "/littlefs"):
        os.chdir(folder)
        checks.start()
"""


def test_files(unikernels: Unikernels, tmp_path: Path) -> None:
    """What works on files does the same on mounted stores: ours, and a file system in C."""
    path, folder = PROGRAMS / "files.py", tmp_path / "folder"
    folder.mkdir()
    wanted = subprocess.run(
        [sys.executable, str(path)], cwd=folder, check=True, capture_output=True, text=True
    ).stdout
    files = {"config.py": FILES, "unikernel.py": MOUNTING, path.name: path.read_text()}
    disk = formatted(tmp_path / "disk.img")
    ran = unikernels.build(files, "unix").run(f"--block:disk={disk}")
    assert ran.status == 0, ran
    assert ran.console.splitlines() == wanted.splitlines() * 2
