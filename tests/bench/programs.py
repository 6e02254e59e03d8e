"""The programs whose starts are compared, built in a folder."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from mirage_py import catalog
from mirage_py.tender.choose import own_tender
from tests.bench.starts import Program
from tests.support.instructions import entry_of
from tests.support.programs import PROGRAMS, build_image, cc
from tests.support.unikernel import mirage_py

CONFIG = """\
from mirage_py import *
register("{name}", [main("unikernel.start", job)])
"""
UNIKERNEL = """\
def start():
    print("Hello")
"""


def write_project(folder: Path) -> Path:
    """A unikernel that prints a line; its folder."""
    folder.mkdir(parents=True)
    (folder / "config.py").write_text(CONFIG.format(name=folder.name))
    (folder / "unikernel.py").write_text(UNIKERNEL)
    return folder


def build(project: Path, target: str = "spt") -> Path:
    """Build a project's image with the command; its path."""
    ran = mirage_py("-C", str(project), "build", "-t", target, timeout=600)
    if ran.status != 0:
        raise RuntimeError(ran.messages)
    return project / "dist" / f"{project.name}.{target}"


def programs(folder: Path, mem: int) -> list[Program]:
    """Everything that is compared. The official tender takes part if it is installed."""
    target = catalog.targets(catalog.share())["spt"]
    ours = own_tender(target)
    if ours is None:
        raise RuntimeError("mirage-py is not installed: its tender is missing (`make bench`)")
    official = shutil.which(target.official_tender or "")
    printer = build(write_project(folder / "printer"))
    hello = build_image(folder / "hello.spt", PROGRAMS / "hello.c", "spt", "-s")
    nothing = folder / "return0"
    source = folder / "return0.c"
    source.write_text("int main(void)\n{\n    return 0;\n}\n")
    cc("-O2", "-static", source, "-o", nothing)

    found = [guest("Python print, mirage-spt", ours, printer, mem)]
    found += [guest("C hello, mirage-spt", ours, hello, mem)]
    if official is not None:
        found += [guest("Python print, solo5-spt", Path(official), printer, mem)]
        found += [guest("C hello, solo5-spt", Path(official), hello, mem)]
    python = str(Path(sys.executable).resolve())
    return [
        *found,
        Program("static C return 0", (str(nothing),)),
        Program("python3 -I -S -c", (python, "-I", "-S", "-c", "print(1)")),
    ]


def guest(name: str, tender: Path, image: Path, mem: int) -> Program:
    """An image in a tender."""
    return Program(name, (str(tender), f"--mem={mem}", str(image)), entry_of(image), image)
