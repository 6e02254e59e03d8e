"""Every minor of Cython that pyproject.toml allows: of all that the tests beside this one compile,
the same machine code and the same wrappers, or a program that prints the same; and the same
refusals.

What we use of Cython is internal to it; this is how a change of theirs is found. Each minor is
installed once, into a folder that is kept (MIRAGE_PY_TEST_CACHE, else pytest's own cache).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import dedent

import pytest
import test_cython_supported as supported
from packaging.specifiers import SpecifierSet

from mirage_py.cython.internals import VERSION
from tests.support.freestanding import (
    INCLUDES,
    ROOT,
    SANITIZED,
    WARNINGS,
    Host,
    flags,
    guest_flags,
    run,
)
from tests.support.vendored import driver_headers

MINORS = ("3.0", "3.1", "3.2", "3.3")
INSTALLED = ".".join(VERSION.split(".")[:2])
OTHERS = [minor for minor in MINORS if minor != INSTALLED]
EVERY = Path(__file__).with_name("every.py")
# A string literal stands in place, or has a name, by minor.
CONSTANT = re.compile(r"(?<=R_X86_64_32\t)(\.rodata\S*|__pyx_k_\w*)")
# An error value, by minor: a null pointer may be 0, and a number a long one.
ERROR = re.compile(r"\((NULL|-?\d+L)\)")
# Python's division is called by some minors, and inlined by others; the test `arithmetic` runs it.
DIVISION = re.compile(
    r" of section \.text\.(?:__Pyx_div_int|__pyx_f_5probe_floor_div):.*?(?=Disassembly|\Z)",
    re.DOTALL,
)


def error_value(found: re.Match[str]) -> str:
    """The same, as every minor could write it."""
    return "(0)" if found[1] == "NULL" else f"({found[1].rstrip('L')})"


def environment(minor: str, cache: Path) -> dict[str, str]:
    """An environment in which `import Cython` finds that minor."""
    folder = cache / f"cython-{minor}-py{sys.version_info.major}.{sys.version_info.minor}"
    if not (folder / "Cython").is_dir():
        run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile",
            "--disable-pip-version-check", "--target", folder, f"cython=={minor}.*")  # fmt: skip
    paths = os.pathsep.join([str(folder), *(path for path in sys.path if path)])
    return os.environ | {"PYTHONPATH": paths}


@pytest.fixture(scope="module")
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path | str]:
    """By minor, the folder of what it made of every source; or what it said, if it failed."""
    given = os.environ.get("MIRAGE_PY_TEST_CACHE")
    cache = Path(given) if given else request.config.cache.mkdir("cython")  # type: ignore[union-attr]
    folders = {minor: tmp_path_factory.mktemp(f"cython-{minor}") for minor in MINORS}

    def compiled(minor: str) -> Path | str:
        ran = subprocess.run(
            [sys.executable, EVERY, folders[minor]],
            check=False, capture_output=True, text=True, timeout=600, cwd=ROOT,
            env=environment(minor, cache),
        )  # fmt: skip
        return ran.stderr if ran.returncode else folders[minor]

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(MINORS, pool.map(compiled, MINORS), strict=True))


def test_minors_are_those_of_the_project() -> None:
    """This table is what pyproject.toml promises."""
    declared = re.search(r'"cython([^"]+)"', (ROOT / "pyproject.toml").read_text())
    assert declared
    allowed = SpecifierSet(declared[1])
    assert [minor for minor in ("2.9", *MINORS, "3.4", "4.0") if f"{minor}.1" in allowed] == list(
        MINORS
    )


def machine_code(source: Path) -> str:
    """The guest's instructions, with their symbols, of a C file. What only a wrapper calls is
    compared too."""
    made = source.with_suffix(".o")
    used = "-Dstatic=__attribute__((used))"
    includes = flags([*INCLUDES, source.parent, *driver_headers()])
    run("gcc", *guest_flags(), "-w", used, *includes, "-c", source, "-o", made)
    listing = run("objdump", "-dr", "--no-show-raw-insn", made).stdout
    return DIVISION.sub("", CONSTANT.sub("constant", listing.partition("Disassembly")[2]))


def machine_codes(folder: Path) -> dict[str, str]:
    """Those of all C files there, by their names."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        files = sorted(folder.glob("*.c"))
        return {
            path.stem: code for path, code in zip(files, pool.map(machine_code, files), strict=True)
        }


@pytest.fixture(scope="module")
def codes(made: dict[str, Path | str]) -> dict[str, str]:
    """What the installed minor's C becomes."""
    folder = made[INSTALLED]
    assert isinstance(folder, Path), folder
    return machine_codes(folder)


@pytest.mark.parametrize("minor", OTHERS)
def test_minor(made: dict[str, Path | str], codes: dict[str, str], minor: str, host: Host) -> None:
    base, other = Path(made[INSTALLED]), made[minor]
    assert isinstance(other, Path), other
    found = machine_codes(other)
    assert codes.keys() == found.keys()
    cases = {case.name: case for case in supported.CASES}
    for name, code in codes.items():
        for end in (".h", ".wrapper", ".json"):
            texts = [(at / f"{name}{end}").read_text() for at in (base, other)]
            assert ERROR.sub(error_value, texts[0]) == ERROR.sub(error_value, texts[1])
        if code != found[name]:
            assert name in cases, f"{name} is other machine code"
            printed_as_expected(cases[name], other, host)


def printed_as_expected(case: supported.Case, folder: Path, host: Host) -> None:
    """Of other machine code, a program prints what it must."""
    main, program = folder / f"{case.name}_main.c", folder / case.name
    body = supported.MAIN.format(name=case.name, body=dedent(case.main))
    main.write_text(f"{supported.VIEW}\n{body}")
    run("gcc", *WARNINGS, *SANITIZED, *flags([*INCLUDES, folder]),
        main, folder / f"{case.name}.c", *host.support(), "-o", program)  # fmt: skip
    ran = subprocess.run([program], capture_output=True, text=True, check=False, timeout=10)
    assert (ran.stdout, ran.returncode) == (dedent(case.output), case.status)
