"""A project with ten packages of PyPI's: how long its builds take, how soon `mirage-py watch` shows
an edit, and what each package adds to the image.

python -m tests.bench.packages
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mirage_py.sources.cache import cache_dir
from tests.bench.builds import Build, timed
from tests.bench.programs import build, write_project
from tests.bench.report import Figure, goals, table

MODULES = {
    "geohash2": "geohash2",
    "hashids": "hashids",
    "luhn": "luhn",
    "microdot": "microdot",
    "pycopy-base64": "base64",
    "pycopy-bisect": "bisect",
    "pycopy-copy": "copy",
    "pycopy-itertools": "itertools",
    "pycopy-operator": "operator",
    "pycopy-string": "string",
}
"""Distributions, and the module of each."""
EDITS = 10
GOAL = 1
"""Seconds from an edit to the image's first line."""
PATIENCE = 300
REST = "interpreter, C, and the strings of all"
CONFIG = """\
from mirage_py import *

packages = [package(name) for name in {names}]
register("ten", [main("unikernel.start", job, packages=packages)])
"""
UNIKERNEL = """\
{imports}

def start():
    print("{said}", {modules})
"""
SYMBOL = re.compile(
    r"(?:children|const_obj(?:_table_data)?|const_qstr_table_data|fun_data|proto_fun|raw_code|"
    r"frozen_module)_(\w+)"
)
"""Of what mpy-tool makes of a module: the kind, and the module's name with what is in it."""


def unikernel(said: str) -> str:
    """A program that uses all ten."""
    modules = list(MODULES.values())
    return UNIKERNEL.format(
        imports="\n".join(f"import {one}" for one in modules),
        said=said,
        modules=", ".join(f"{one}.__name__" for one in modules),
    )


@contextmanager
def runtime_alone(folder: Path, project: Path) -> Iterator[None]:
    """A cache that has the runtime of a built project and nothing else; pip has its own."""
    text = (project / "_build" / "spt" / "meson.build").read_text(encoding="utf-8")
    key = re.findall(r"/runtimes/(\w+)", text)[0]
    shutil.copytree(cache_dir() / "runtimes" / key, folder / "cache" / "runtimes" / key)
    before = os.environ.get("MIRAGE_PY_CACHE")
    os.environ["MIRAGE_PY_CACHE"] = str(folder / "cache")
    try:
        yield
    finally:
        del os.environ["MIRAGE_PY_CACHE"]
        os.environ |= {"MIRAGE_PY_CACHE": before} if before else {}


def sizes(image: Path) -> Counter[str]:
    """Bytes of each top-level module in an image, but for the strings that all share."""
    argv = ["nm", "--print-size", "--defined-only", f"{image}.debug"]
    listed = subprocess.run(argv, check=True, capture_output=True, text=True).stdout
    found: Counter[str] = Counter()
    tops = sorted(MODULES.values(), key=len, reverse=True)
    for line in listed.splitlines():
        words = line.split()
        name = SYMBOL.fullmatch(words[-1])
        if name and len(words) == 4:
            owner = next((one for one in tops if f"{name[1]}_".startswith(f"{one}_")), None)
            found[owner or "unikernel and library"] += int(words[1], 16)
    return found


def edits(project: Path) -> list[float]:
    """Seconds from each of several edits to the line that the image prints then, in `watch`."""
    argv = [sys.executable, "-m", "mirage_py", "-C", str(project), "watch", "-t", "spt"]
    took = []
    with subprocess.Popen(
        argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as watch:
        assert watch.stdout
        alarm = threading.Timer(PATIENCE, watch.kill)
        alarm.start()
        try:
            watch.stdout.readline()
            for number in range(EDITS):
                said = f"edit {number}"
                begun = time.monotonic()
                (project / "unikernel.py").write_text(unikernel(said))
                line = watch.stdout.readline()
                took.append(time.monotonic() - begun)
                if not line.startswith(said):
                    raise RuntimeError(f"`watch` printed {line!r} for {said!r}")
        finally:
            alarm.cancel()
            watch.terminate()
    return took


def measure(folder: Path) -> tuple[dict[str, Build], list[float], Counter[str]]:
    """The builds, the edits, and the bytes of the image, by what they are of."""
    built, project = write_project(folder / "built"), write_project(folder / "ten")
    build(built)
    (project / "config.py").write_text(CONFIG.format(names=list(MODULES)))
    (project / "unikernel.py").write_text(unikernel("hello"))
    with runtime_alone(folder, built):
        found = {
            "cold: resolve, fetch, build": timed(project),
            "warm: nothing to do": timed(project),
        }
        (project / "unikernel.py").write_text(unikernel("hello again"))
        found["an edit"] = timed(project)
        shown = edits(project)
    image = project / "dist" / "ten.spt"
    bytes_of = sizes(image)
    bytes_of[REST] = image.stat().st_size - bytes_of.total()
    return found, shown, bytes_of


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="mirage-py-bench.") as name:
        builds, shown, bytes_of = measure(Path(name))
    rows = [["Builds of ten packages", "wall, s", "processor, s"]]
    rows += [[what, f"{one.wall:.2f}", f"{one.cpu:.2f}"] for what, one in builds.items()]
    print(table(rows))
    rows = [["In the image", "bytes"], ["all", f"{bytes_of.total():,}"]]
    rows += [[name, f"{size:,}"] for name, size in bytes_of.most_common()]
    print("\n" + table(rows))
    figures = [
        Figure(f"edit to output, least of {EDITS}", min(shown), GOAL, "s"),
        Figure("the same, median", statistics.median(shown), GOAL, "s"),
    ]
    print("\n" + goals(figures))


if __name__ == "__main__":
    main()
