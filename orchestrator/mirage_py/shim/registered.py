"""What config.py registers, as far as a host has it: the name, boot arguments, and of the devices
that come first the clocks and the reporter."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from mirage_py import catalog
from mirage_py.devices.reporter import reporter
from mirage_py.dsl import Config, load
from mirage_py.dsl.argument import Argument
from mirage_py.dsl.value import Context
from mirage_py.graph.devices import Node, collect
from mirage_py.graph.keys import Given, choose
from mirage_py.graph.plan import declared
from mirage_py.shim.drivers import time as clocks
from mirage_py.shim.finder import NotOnHost

TARGET = "unix"
"""What keys and choices of config.py are resolved for."""


def config(project: Path | None) -> Config | None:
    """The configuration in the folder `project`. Raises MirageError for what is wrong with it."""
    file = project / "config.py" if project else None
    return loaded(file, file.stat().st_mtime_ns) if file and file.is_file() else None


@cache
def loaded(file: Path, _changed: int) -> Config:
    """It, read once."""
    return load(file)


def arguments(project: Path | None) -> dict[str, Argument[Any]]:
    """The boot arguments that it declares, by name."""
    found = config(project)
    every = declared(found) if found else ()
    return {arg.name: arg for one in every for arg in one.runtime_args}


def boot(project: Path | None) -> None:
    """Begin as an image does: the host's clocks, and lines on the console up to level `info`,
    unless config.py registers others."""
    log, ptime, mtime = (import_module(f"mirage.{name}") for name in ("log", "ptime", "mtime"))
    vars(ptime).update(_read=clocks.wall_ns, _offset=None, _period=None)
    vars(mtime).update(_read=clocks.monotonic_ns, _period=None)
    vars(log)["_given"].clear()
    log.set_reporter(log.console)
    log.set_level("info")
    for node in first(project):
        connect(node)


def first(project: Path | None) -> list[Node]:
    """The devices that come first, which are more than the module that they give."""
    found = config(project)
    if found is None:
        return []
    context = Context(catalog.targets(catalog.share())[TARGET], choose(found, Given(), []))
    devices = collect(found, context)
    return [
        node
        for node in devices.nodes
        if node.id in devices.init
        and not (node.given or node.extra or "await " in node.connect)
        and (not node.declaration.lazy or node.declaration.type == reporter)
    ]


def connect(node: Node) -> None:
    """Connect a device; one of what a host has not is left to images."""
    names: dict[str, ModuleType] = {}
    try:
        for name in node.declaration.imports:
            import_module(name)
            top = name.partition(".")[0]
            names[top] = sys.modules[top]
    except NotOnHost:
        return
    eval(node.connect, {**names, "_argument": import_module("mirage.args").get})  # noqa: S307 - the line of start.py that connects it
