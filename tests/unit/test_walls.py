"""The house's walls: who may know of what (DESIGN: the house)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("orchestrator", "runtime_c", "bindings", "targets", "examples")
TEXT = {".c", ".h", ".S", ".inc", ".py", ".pyx", ".pxd", ".pxi", ".build", ".in", ".toml", ".ld"}
SOLO5_CALL = re.compile(r"\bsolo5_\w+\s*\(")
# What Solo5 calls, and the interpreter's port defines.
ENTRY = re.compile(r"\bsolo5_app_main\s*\(")
CYTHON_IMPORT = re.compile(r"^\s*(?:from|import) +[Cc]ython\b", re.MULTILINE)


def product() -> list[Path]:
    """Every source file that is shipped."""
    return [
        path
        for folder in PRODUCT
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and path.suffix in TEXT and "_build" not in path.parts
    ]


def may_call_solo5(path: Path) -> bool:
    """Targets implement it; drivers, and their declarations, call it."""
    top = path.relative_to(ROOT).parts[0]
    return top == "targets" or (top == "bindings" and path.suffix in {".pyx", ".pxd"})


def calls(text: str) -> list[str]:
    return SOLO5_CALL.findall(ENTRY.sub("", text))


def test_only_targets_and_drivers_call_solo5() -> None:
    found = {
        str(path.relative_to(ROOT)): calls(path.read_text(encoding="utf-8"))
        for path in product()
        if not may_call_solo5(path)
    }
    assert {path: names for path, names in found.items() if names} == {}


def test_the_search_finds_calls() -> None:
    """The test above can fail: drivers do call."""
    console = ROOT / "bindings" / "console" / "console.pyx"
    assert calls(console.read_text()) == ["solo5_console_write("]
    assert calls("int solo5_app_main(const struct solo5_start_info *info)") == []
    assert len(product()) > 50


def test_only_the_compiler_imports_cython() -> None:
    for path in product():
        if path.suffix == ".py" and "mirage_py/cython" not in path.as_posix():
            assert not CYTHON_IMPORT.search(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("folder", ["bindings", "runtime_c"])
def test_the_guest_above_solo5_names_no_target(folder: str) -> None:
    """Nor does a driver: objects are shared by all targets."""
    targets = [path.parent.name for path in (ROOT / "targets").glob("*/target.toml")]
    assert "spt" in targets
    named = re.compile(rf"\b({'|'.join(targets)})\b")
    for path in product():
        inside = path.relative_to(ROOT).parts[0] == folder
        if inside and path.suffix in {".c", ".h", ".pyx", ".pxd"}:
            assert not named.search(path.read_text(encoding="utf-8")), path
