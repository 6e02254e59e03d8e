"""Distributions that are locked as wheels of machine code: nothing else of them was to be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirage_py.lock.packages import asked_of, reached

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mirage_py.graph.model import Graph
    from mirage_py.lock.model import PackagePin, Packages

PURE = "-none-any.whl"
"""How the name of a wheel ends that every machine can use (PEP 425)."""


def is_compiled(pin: PackagePin) -> bool:
    """Whether a distribution is a wheel for one kind of machine."""
    file = pin.origin.where.get("file", "")
    return file.endswith(".whl") and not file.endswith(PURE)


def compiled(graph: Graph, before: Packages, now: Packages) -> Iterator[str]:
    """What is said of the image's distributions with compiled parts that the lock did not have, a
    line each, with the line of config.py that leads to them."""
    pins = {one.name: one for one in now.pins}
    for pin in now.pins:
        if not is_compiled(pin) or pin in before.pins:
            continue
        what = f"{pin.name} {pin.version}"
        for one in asked_of(graph, "guest"):
            if pin.name in reached([one.normalized], pins):
                by = "" if one.normalized == pin.name else f"{one.name} needs "
                what = f"{one.position}: {by}{what}"
                break
        yield f"{what} has compiled parts, which cannot be in an image: imports of them are refused"
