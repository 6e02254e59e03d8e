"""Every minor of Cython that pyproject.toml allows: the same machine code for the drivers, and the
same results of this folder's tests.

What we use of Cython is internal to it; this is how a change of theirs is found. Each minor is
installed once, into a folder that is kept (MIRAGE_PY_TEST_CACHE, else pytest's own cache).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from mirage_py.cython.internals import VERSION
from tests.support.freestanding import BINDINGS, INCLUDES, ROOT, flags, guest_flags, run
from tests.support.vendored import driver_headers

MINORS = ("3.0", "3.1", "3.2", "3.3")
INSTALLED = ".".join(VERSION.split(".")[:2])
HERE = Path(__file__).parent
DRIVERS = sorted(BINDINGS.glob("*/*.pyx"))
# A string literal stands in place, or has a name, by minor.
CONSTANT = re.compile(r"(?<=R_X86_64_32\t)(\.rodata\S*|__pyx_k_\w*)")
SUITE = ["test_cython_supported.py", "test_cython_refused.py", "test_cython_wrapper.py"]

pytestmark = pytest.mark.slow


def environment(minor: str, cache: Path) -> dict[str, str]:
    """An environment in which `import Cython` finds that minor."""
    folder = cache / f"cython-{minor}-py{sys.version_info.major}.{sys.version_info.minor}"
    if not (folder / "Cython").is_dir():
        run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile",
            "--disable-pip-version-check", "--target", folder, f"cython=={minor}.*")  # fmt: skip
    paths = os.pathsep.join([str(folder), *(path for path in sys.path if path)])
    return os.environ | {"PYTHONPATH": paths}


@pytest.fixture(scope="session")
def cache(request: pytest.FixtureRequest) -> Path:
    given = os.environ.get("MIRAGE_PY_TEST_CACHE")
    config = request.config
    return Path(given) if given else config.cache.mkdir("cython")  # type: ignore[union-attr]


def test_minors_are_those_of_the_project() -> None:
    """This table is what pyproject.toml promises."""
    declared = re.search(r'"cython([^"]+)"', (ROOT / "pyproject.toml").read_text())
    assert declared
    allowed = SpecifierSet(declared[1])
    assert [minor for minor in ("2.9", *MINORS, "3.4", "4.0") if f"{minor}.1" in allowed] == list(
        MINORS
    )


def machine_code(minor: str, source: Path, cache: Path, folder: Path) -> str:
    """The guest's instructions, with their symbols, of a .pyx by that minor."""
    c, made = folder / f"{source.stem}.c", folder / f"{source.stem}.o"
    subprocess.run(
        [sys.executable, "-m", "mirage_py.cython", source, "--mode", "driver", "-I", BINDINGS,
         "-o", c],
        check=True, env=environment(minor, cache), timeout=120,
    )  # fmt: skip
    used = "-Dstatic=__attribute__((used))"  # what only a wrapper calls is compared too
    run(
        "gcc",
        *guest_flags(),
        "-w",
        used,
        *flags([*INCLUDES, *driver_headers()]),
        "-c",
        c,
        "-o",
        made,
    )
    listing = run("objdump", "-dr", "--no-show-raw-insn", made).stdout
    return CONSTANT.sub("constant", listing.partition("Disassembly")[2])


@pytest.mark.parametrize("source", DRIVERS, ids=lambda path: path.stem)
def test_machine_code_is_the_same(source: Path, cache: Path, tmp_path: Path) -> None:
    codes = []
    for minor in MINORS:
        folder = tmp_path / minor
        folder.mkdir()
        codes.append(machine_code(minor, source, cache, folder))
    assert codes[0]
    assert codes == [codes[0]] * len(MINORS)


@pytest.mark.parametrize("minor", [minor for minor in MINORS if minor != INSTALLED])
def test_suite(minor: str, cache: Path) -> None:
    """The tests beside this one, which compile, run, refuse and call."""
    suite = [str(HERE / name) for name in SUITE]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *suite],
        check=False, capture_output=True, text=True, cwd=ROOT, timeout=600,
        env=environment(minor, cache),
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-5000:]
