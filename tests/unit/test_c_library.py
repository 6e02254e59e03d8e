"""docs/packages.md tells of every function of the image's C library, by the headers."""

from __future__ import annotations

from mirage_py.image.natives import INSTEAD, nearest
from tests.support.c_library import declared, told


def test_every_function_that_a_header_declares_is_told() -> None:
    """Or what stands in for it is, where a header declares what no image has."""
    there = {name: sorted(found - INSTEAD.keys()) for name, found in declared().items()}
    assert told() == {name: found for name, found in there.items() if found}


def test_names_alike_are_the_nearest_first() -> None:
    known = sorted(set().union(*declared().values()))
    assert nearest("memcpi", known)[0] == "memcpy"
    assert nearest("strncat", known)[0] in ("strcat", "strncmp")
    assert nearest("qsort", known) == []
