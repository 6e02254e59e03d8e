"""What is said of the versions that pip chose."""

from __future__ import annotations

from mirage_py.sources.resolve import Resolved, with_newer


def chosen(name: str, version: str, *requires: str, tag: str = "py3-none-any") -> Resolved:
    return Resolved(name, version, "MIT", requires, file=f"{name}-{version}-{tag}.whl")


COMPILED = "cp311-cp311-manylinux_2_17_x86_64"


def told(found: list[Resolved], *others: Resolved) -> list[str]:
    return [one.newer for one in with_newer(found, {one.name: one for one in others})]


def test_a_newer_version_is_compiled() -> None:
    newer = chosen("a", "2.0", tag=COMPILED)
    assert told([chosen("a", "1.0")], newer) == ["2.0 is compiled for CPython"]


def test_a_newer_version_needs_what_is_compiled() -> None:
    newer = chosen("a", "2.0", "b", "c"), chosen("b", "3"), chosen("c", "4", tag=COMPILED)
    expected = "2.0 needs c 4, which is compiled for CPython"
    assert told([chosen("a", "1.0"), chosen("b", "3")], *newer) == [expected, ""]


def test_the_newest_is_taken() -> None:
    same = chosen("a", "1.0")
    assert told([same], same) == [""]
    assert told([same], chosen("a", "1.0", tag=COMPILED)) == [""]
    assert told([same]) == [""]
