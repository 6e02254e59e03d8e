"""What a .pxd declares: the items of a `cpdef enum` are names of the module that declares it, and
of no other; a `cpdef` function has a body in the .pyx."""

from __future__ import annotations

from pathlib import Path

import pytest

from mirage_py.cython import CythonError, Mode, compile_pyx

ENUM = "cpdef enum Colour:\n    RED = 1\n    GREEN\n"


def wrapper(folder: Path, name: str, text: str) -> str:
    path = folder / f"{name}.pyx"
    path.write_text(text, encoding="utf-8")
    return compile_pyx(path, Mode.MODULE, c_name=f"{name}.c").wrapper


def test_of_its_source(tmp_path: Path) -> None:
    assert "GREEN" in wrapper(tmp_path, "shapes", ENUM)


def test_of_its_pxd(tmp_path: Path) -> None:
    (tmp_path / "shapes.pxd").write_text(ENUM, encoding="utf-8")
    text = "cpdef int red():\n    return RED\n"
    assert "GREEN" in wrapper(tmp_path, "shapes", text)
    user = "from shapes cimport RED\ncpdef int red():\n    return RED\n"
    assert "GREEN" not in wrapper(tmp_path, "user", user)


@pytest.mark.parametrize(
    ("declared", "defined"),
    [
        ("cpdef int add(int a, int b)", "cpdef int add(int a, int b)"),
        ("cpdef int add(int a, int b=*) except? -1", "cpdef int add(int a, int b=3) except? -1"),
        ("cpdef int add(unsigned char[::1] a)", "cpdef int add(unsigned char[::1] a)"),
    ],
)
def test_functions_of_its_pxd(tmp_path: Path, declared: str, defined: str) -> None:
    (tmp_path / "sums.pxd").write_text(f"{declared}\n", encoding="utf-8")
    assert "add" in wrapper(tmp_path, "sums", f"{defined}:\n    return 1\n")


@pytest.mark.parametrize(
    "declared",
    ["cpdef int add(int a)", "cpdef inline int add(int a):\n    return a"],
)
def test_functions_of_its_pxd_without_a_body(tmp_path: Path, declared: str) -> None:
    (tmp_path / "sums.pxd").write_text(f"{declared}\n", encoding="utf-8")
    with pytest.raises(CythonError, match=r"cpdef add\(\) has no body in the .pyx"):
        wrapper(tmp_path, "sums", "cdef int add(int a):\n    return a\n")


def test_function_of_c_without_a_body(tmp_path: Path) -> None:
    text = 'cdef extern from "stdlib.h":\n    cpdef int abs(int a)\n'
    with pytest.raises(CythonError, match=r"cpdef abs\(\) has no body"):
        wrapper(tmp_path, "sums", text)
