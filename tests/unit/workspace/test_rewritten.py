"""What was made of a module stays in the cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from mirage_py.workspace import rewritten

MODERN, PLAIN = "first, *rest = [*range(3)]\n", "one = 1\n"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MIRAGE_PY_CACHE", str(tmp_path))
    return tmp_path / rewritten.SHELF


def not_again(*_: object, **__: object) -> str:
    raise AssertionError("it was made again")


@pytest.mark.parametrize("text", [MODERN, PLAIN])
def test_it_is_made_once(text: str, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = rewritten.rewritten(text, package=True)
    assert (made is None) == (text == PLAIN)
    monkeypatch.setattr("mirage_py.lower.lower", not_again)
    assert rewritten.rewritten(text, package=True) == made
    assert len([*cache.iterdir()]) == 1


def test_other_rules_and_other_readers_make_others(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rewritten.rewritten(MODERN, package=True)
    rewritten.rewritten(MODERN, package=False)
    monkeypatch.setattr(rewritten, "rules", lambda: "others")
    rewritten.rewritten(MODERN, package=True)
    assert len([*cache.iterdir()]) == 3


def test_it_is_made_without_a_cache(cache: Path) -> None:
    cache.write_text("no folder")
    assert rewritten.rewritten(MODERN, package=True)


def test_a_mistake_is_told_each_time() -> None:
    for _ in range(2):
        with pytest.raises(SyntaxError):
            rewritten.rewritten("def", package=True)
