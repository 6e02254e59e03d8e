"""What is derived of a module's text is made once, and is right whatever the cache holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mirage_py.graph import facts
from mirage_py.workspace import derived

MODERN, PLAIN = "first, *rest = [*range(3)]\n", "one = 1\n"
TEXT = """\
import os, json as j
from .part import *
from usocket import socket
_NATIVE = ("socket",)
_attrs = {"path": "paths", "join": "paths"}
class Thing: pass
def dumps(value, *, indent=None): return j.dumps(value, indent=indent)
if j.loads:
    try:
        import other
    except ImportError: pass
name = os.sep + "\\ud800"
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MIRAGE_PY_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def module(tmp_path: Path) -> Path:
    path = tmp_path / "module.py"
    path.write_text(TEXT, encoding="utf-8")
    return path


def facts_of(path: Path) -> facts.Facts:
    return derived.facts_of(path, "package")


def asked_of(path: Path) -> facts.Asked:
    return derived.asked_of(path.read_text(encoding="utf-8"), "package")


def rewritten(path: Path) -> str | None:
    return derived.rewritten(path.read_text(encoding="utf-8"), package=True)


KINDS: list[tuple[Callable[[Path], object], str]] = [
    (facts_of, "mirage_py.workspace.derived.facts"),
    (asked_of, "mirage_py.workspace.derived.asked"),
    (rewritten, "mirage_py.lower.lower"),
]
kinds = pytest.mark.parametrize(("kind", "maker"), KINDS)


def not_again(*_: object, **__: object) -> object:
    raise AssertionError("it was made again")


def entries(cache: Path) -> list[Path]:
    return sorted(path for path in cache.rglob("*") if path.is_file())


@kinds
def test_it_is_made_once(
    kind: Callable[[Path], object], maker: str, module: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = kind(module)
    monkeypatch.setattr(maker, not_again)
    assert kind(module) == made


def test_what_is_kept_is_what_is_read(module: Path) -> None:
    for _ in range(2):
        assert facts_of(module) == facts.facts(TEXT, "package")
        assert asked_of(module) == facts.asked(TEXT, "package")


def test_what_need_not_be_rewritten_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert derived.rewritten(PLAIN, package=True) is None
    monkeypatch.setattr("mirage_py.lower.lower", not_again)
    assert derived.rewritten(PLAIN, package=True) is None


@kinds
@pytest.mark.parametrize("harm", [lambda _: b"", lambda old: old[:-9], lambda old: old + b" "])
def test_what_is_damaged_is_made_again(
    kind: Callable[[Path], object], maker: str, harm: Callable[[bytes], bytes],
    cache: Path, module: Path,
) -> None:  # fmt: skip
    made = kind(module)
    [entry] = entries(cache)
    whole = entry.read_bytes()
    entry.write_bytes(harm(whole))
    assert kind(module) == made
    assert entry.read_bytes() == whole


def test_other_rules_texts_and_readers_make_others(
    cache: Path, module: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    derived.rewritten(MODERN, package=True)
    derived.rewritten(MODERN, package=False)
    derived.facts_of(module, "one")
    derived.facts_of(module, "other")
    module.write_text(PLAIN, encoding="utf-8")
    derived.facts_of(module, "one")
    assert len(entries(cache)) == 5
    monkeypatch.setattr(derived, "rules", lambda: "of another version")
    derived.rewritten(MODERN, package=True)
    derived.facts_of(module, "one")
    assert len(entries(cache)) == 7


def test_other_code_has_other_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of mirage-py finds nothing of this one's."""
    assert {Path(facts.__file__).parent, Path(derived.lower.__file__).parent} <= {*derived.CODE}
    code = tmp_path / "code.py"
    monkeypatch.setattr(derived, "CODE", (code,))
    found = set()
    for text in ("one", "other"):
        code.write_text(text, encoding="utf-8")
        derived.rules.cache_clear()
        found.add(derived.rules())
    derived.rules.cache_clear()
    assert len(found) == 2


@kinds
def test_it_is_made_without_a_cache(
    kind: Callable[[Path], object], maker: str, cache: Path, module: Path
) -> None:
    cache.write_text("no folder")
    assert kind(module) == kind(module)


def test_a_mistake_is_told_each_time() -> None:
    for _ in range(2):
        with pytest.raises(SyntaxError):
            derived.rewritten("def", package=True)
        with pytest.raises(SyntaxError):
            derived.asked_of("def", "")
