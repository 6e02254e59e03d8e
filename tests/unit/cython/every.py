"""Compiles all that this folder's tests compile, by the Cython that Python finds, and writes what
came of it: `python every.py FOLDER`. What is to be refused, and is not, is an exception."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from textwrap import dedent

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parents[2]))

import test_cython_refused
import test_cython_supported
import test_cython_wrapper

from mirage_py.cython import Mode, compile_pyx
from tests.support.freestanding import BINDINGS


def write(source: Path, mode: Mode, folder: Path) -> None:
    """All texts of a .pyx."""
    output = compile_pyx(source, mode, include=[BINDINGS])
    for end, text in (
        (".c", output.c), (".h", output.header), (".wrapper", output.wrapper),
        (".json", output.strings),
    ):  # fmt: skip
        (folder / f"{source.stem}{end}").write_text(text)


def main(folder: Path) -> None:
    for driver in sorted(BINDINGS.glob("*/*.pyx")):
        write(driver, Mode.DRIVER, folder)
    cases = [(one.name, one.pyx, one.mode) for one in test_cython_supported.CASES]
    cases.append(("failing", test_cython_wrapper.FAILING, Mode.MODULE))
    for name, text, mode in cases:
        source = folder / f"{name}.pyx"
        source.write_text(dedent(text))
        write(source, mode, folder)
    write(test_cython_wrapper.PROBE, Mode.MODULE, folder)
    for refused in test_cython_refused.CASES:
        with tempfile.TemporaryDirectory() as temporary:
            test_cython_refused.test_case(refused, Path(temporary))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
