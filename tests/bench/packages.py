"""A project with ten packages of PyPI's: how long its builds take, and what each adds to the image.

python -m tests.bench.packages
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mirage_py.sources.cache import cache_dir
from tests.bench.builds import Build, processor_time, timed
from tests.bench.programs import build, write_project
from tests.support.unikernel import mirage_py

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


def measure(folder: Path) -> tuple[dict[str, Build], Counter[str], int]:
    """The builds, the bytes of each module, and those of the image."""
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
        found["an edit, to the image"] = timed(project)
        (project / "unikernel.py").write_text(unikernel("bye"))
        begun, used = time.monotonic(), processor_time()
        ran = mirage_py("-C", str(project), "run", "-t", "spt", "-q")
        found["an edit, to what it prints"] = Build(
            time.monotonic() - begun, processor_time() - used
        )
    if not ran.console.startswith("bye"):
        raise RuntimeError(ran.console + ran.messages)
    image = project / "dist" / "ten.spt"
    return found, sizes(image), image.stat().st_size


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="mirage-py-bench.") as name:
        builds, modules, whole = measure(Path(name))
    print(f"{'Ten packages':<32}{'wall':>9}{'processor':>12}")
    for what, one in builds.items():
        print(f"{what:<32}{one.wall:>7.2f} s{one.cpu:>10.2f} s")
    print(f"\n{'Bytes in the image':<32}{whole:>9,}")
    for module, size in modules.most_common():
        print(f"{module:<32}{size:>9,}")


if __name__ == "__main__":
    main()
