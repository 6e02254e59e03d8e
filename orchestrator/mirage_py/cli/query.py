"""`query`: one thing that a project comes to, for scripts."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from mirage_py.cli.common import Settings, Target
from mirage_py.cli.keys import Keys
from mirage_py.cli.stages import graph_text, planned

if TYPE_CHECKING:
    from collections.abc import Callable

    from mirage_py.graph.model import Graph


class Query(StrEnum):
    """What can be asked for."""

    name = "name"
    target = "target"
    output = "output"
    packages = "packages"
    keys = "keys"
    arguments = "arguments"
    manifest = "manifest"
    modules = "modules"
    vendored = "vendored"
    files = "files"
    start = "start"
    graph = "graph"


What = Annotated[Query, typer.Argument(metavar="[INFO]", help=f"One of {', '.join(Query)}.")]


def query(
    settings: Settings, *, info: What = Query.packages, target: Target = None, keys: Keys = None
) -> None:
    """Print one thing that a unikernel comes to; nothing is written."""
    typer.echo(ANSWERS[info](planned(settings, target, keys=keys)), nl=False)


def listed(names: list[str]) -> str:
    """A name a line."""
    return "".join(f"{name}\n" for name in names)


def packages(graph: Graph) -> str:
    """The packages, as pip is asked for them."""
    rows = []
    for one in graph.packages:
        bounds = [f">={one.min}"] if one.min else []
        bounds += [f"<{one.max}"] if one.max else []
        extras = f"[{','.join(one.extras)}]" if one.extras else ""
        where = f" @ {one.source}" if one.source else one.pin or ",".join(bounds)
        rows.append(f"{one.name}{extras}{where}")
    return listed(rows)


def manifest(graph: Graph) -> str:
    """The manifest, as `mirage-py manifest` and official tools read it."""
    kinds = {"net": "NET_BASIC", "block": "BLOCK_BASIC"}
    devices = [{"name": one.name, "type": kinds[one.kind]} for one in graph.manifest]
    whole = {"type": "solo5.manifest", "version": 1, "devices": devices}
    return json.dumps(whole, indent=2) + "\n"


def files(graph: Graph) -> str:
    """What a build leaves in dist/."""
    name = f"{graph.config.name}.{graph.target.name}"
    more = [one for addition in graph.additions for one in addition.install]
    return listed([f"dist/{one}" for one in (name, f"{name}.debug", *more)])


def start(graph: Graph) -> str:
    """The start code."""
    from mirage_py.workspace.start import start_source

    return start_source(graph)


ANSWERS: dict[Query, Callable[[Graph], str]] = {
    Query.name: lambda graph: f"{graph.config.name}\n",
    Query.target: lambda graph: f"{graph.target.name}\n",
    Query.output: lambda graph: f"dist/{graph.config.name}.{graph.target.name}\n",
    Query.packages: packages,
    Query.keys: lambda graph: listed([f"{one.name}={one.value}" for one in graph.keys]),
    Query.arguments: lambda graph: listed([one.name for one in graph.arguments]),
    Query.manifest: manifest,
    Query.modules: lambda graph: listed([one.name for one in graph.modules]),
    Query.vendored: lambda graph: listed(list(graph.vendored)),
    Query.files: files,
    Query.start: start,
    Query.graph: graph_text,
}
