"""`describe`: what a project is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from mirage_py.cli.common import Json, Settings, Target
from mirage_py.cli.stages import graph_text, planned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mirage_py.graph.model import Graph


def describe(settings: Settings, target: Target = None, as_json: Json = False) -> None:
    """Show the devices, modules and sources of a unikernel."""
    graph = planned(settings, target)
    if as_json:
        typer.echo(graph_text(graph), nl=False)
        return
    for line in lines(graph):
        typer.echo(line)


def lines(graph: Graph) -> Iterator[str]:
    """The description, a line at a time."""
    config, target = graph.config, graph.target
    yield f"Name      {config.name}"
    yield f"Target    {target.name}"
    yield f"Output    dist/{config.name}.{target.name}"
    yield f"Stack     {config.stack} bytes"
    yield "Devices" if graph.devices else "Devices   none"
    for job in graph.jobs:
        yield from tree(graph, job, "  ", set())
    for title, names in (
        ("Manifest", [f"{one.kind}:{one.name}" for one in graph.manifest]),
        ("Modules", [one.name for one in graph.modules]),
        ("Bindings", list(graph.bindings)),
        ("Packages", [one.name for one in graph.packages]),
        ("Vendored", list(graph.vendored)),
        *([("Embedded", [one.name for one in graph.embedded])] if graph.embedded else []),
    ):
        yield f"{title:<9} {', '.join(names) or 'none'}"


def tree(graph: Graph, name: str, indent: str, seen: set[str]) -> Iterator[str]:
    """A device, and below it those that it is connected with."""
    device = next(one for one in graph.devices if one.id == name)
    again = " (see above)" if name in seen and device.dependencies else ""
    yield f"{indent}{device.name}  {device.position}{again}"
    if name not in seen:
        seen.add(name)
        for dependency in device.dependencies:
            yield from tree(graph, dependency, indent + "  ", seen)
