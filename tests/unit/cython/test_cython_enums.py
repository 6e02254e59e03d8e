"""The items of a `cpdef enum` are names of the module that declares it, and of no other."""

from __future__ import annotations

from pathlib import Path

from mirage_py.cython import Mode, compile_pyx

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
