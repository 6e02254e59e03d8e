"""`describe`: what a project is made of, in words or as a picture."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mirage_py import catalog
from mirage_py.cli.common import Json, Settings, Target
from mirage_py.cli.keys import Keys
from mirage_py.cli.stages import graph_file, graph_text, planned
from mirage_py.support import process
from mirage_py.support.console import log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mirage_py.dsl.argument import Argument
    from mirage_py.graph.model import Chosen, Graph
    from mirage_py.graph.picture import Edge, Picture, Vertex

Eval = Annotated[
    bool | None,
    typer.Option(
        "--eval/--no-eval",
        help="Make the choices that keys decide, or show all.  [default: make them if the project "
        "is configured, or keys are given]",
    ),
]
Dot = Annotated[bool, typer.Option("--dot", help="Draw it, in Graphviz's language.")]
Svg = Annotated[
    bool,
    typer.Option("--svg", help="Draw it as SVG. Graphviz must be installed."),
]
HOW = "install graphviz, or draw what `--dot` writes elsewhere; `mirage-py doctor` says how"
UNSURE = "(what of them is used is linked)"
STANDARD_OUTPUT = Path("-")
Output = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", metavar="FILE", help="Write there; `-` is standard output.  [default: -]"
    ),
]


def describe(
    settings: Settings,
    *,
    target: Target = None,
    evaluate: Eval = None,
    dot: Dot = False,
    svg: Svg = False,
    output: Output = None,
    as_json: Json = False,
    keys: Keys = None,
) -> None:
    """Show the devices, options, modules and sources of a unikernel."""
    graph = planned(settings, target, keys=keys)
    if evaluate is None:
        evaluate = bool(keys) or graph_file(graph).exists()
    if as_json:
        text = json_text(graph)
    elif dot or svg:
        text = drawn(graph, evaluate=evaluate, svg=svg)
    else:
        text = "".join(f"{line}\n" for line in lines(graph, evaluate=evaluate))
    if output in {None, STANDARD_OUTPUT}:
        typer.echo(text, nl=False)
    else:
        from mirage_py.support.files import write_atomically

        write_atomically(output, text)
        log.info("wrote %s", output)


def json_text(graph: Graph) -> str:
    """The graph as JSON, and what of its packages is in the image."""
    if not graph.packages:
        return graph_text(graph)
    from mirage_py.cli.packages import described
    from mirage_py.graph import to_json

    return json.dumps(to_json(graph) | {"closure": described(graph)}, indent=2) + "\n"


def drawn(graph: Graph, *, evaluate: bool, svg: bool) -> str:
    """The picture of a unikernel."""
    from mirage_py.graph.picture import dot

    text = dot(graph.config.name, picture_of(graph, evaluate=evaluate)[0])
    if not svg:
        return text
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "graph.dot", Path(folder) / "graph.svg"
        source.write_text(text, encoding="utf-8")
        argv = ["dot", "-Tsvg", "-o", str(made), str(source)]
        process.run(argv, needed_for="to draw the graph", how=HOW)
        return made.read_text(encoding="utf-8")


def picture_of(graph: Graph, *, evaluate: bool) -> tuple[Picture, list[Vertex]]:
    """The devices of a unikernel: what is chosen, or all that may be."""
    from mirage_py.dsl.value import Context
    from mirage_py.graph.picture import picture

    context = Context(graph.target, {one.name: one.value for one in graph.keys})
    return picture(graph.config, context if evaluate else None)


def lines(graph: Graph, *, evaluate: bool = True) -> Iterator[str]:
    """The description, a line at a time."""
    config, target = graph.config, graph.target
    yield f"Name      {config.name}"
    yield f"Target    {target.name}"
    yield f"Output    dist/{config.name}.{target.name}"
    stack = f"{config.stack} bytes" if config.stack else "a sixteenth of the memory, 128 to 512 KiB"
    yield f"Stack     {stack}"
    yield from table("Keys", [key_row(one) for one in graph.keys])
    yield from choices(graph)
    picture, jobs = picture_of(graph, evaluate=evaluate)
    yield "Devices" if jobs else "Devices   none"
    seen: set[int] = set()
    for job in jobs:
        yield from tree(picture, job, "  ", "", seen)
    yield from table("Arguments", [argument_row(one) for one in graph.arguments])
    for title, names in (
        ("Manifest", [f"{one.kind}:{one.name}" for one in graph.manifest]),
        ("Modules", [one.name for one in graph.modules]),
        *([("Natives", [one.name for one in graph.natives])] if graph.natives else []),
        *([("C sources", [one.path.name for one in graph.c_sources])] if graph.c_sources else []),
        *([("C libs", [one.name for one in graph.c_libraries])] if graph.c_libraries else []),
        ("Bindings", list(graph.bindings)),
        *([] if graph.packages else [("Packages", [])]),
        ("Vendored", vendored(graph)),
        *([("Embedded", [one.name for one in graph.embedded])] if graph.embedded else []),
    ):
        yield f"{title:<9} {', '.join(names) or 'none'}"
    if graph.packages:
        from mirage_py.cli.packages import rows

        yield from table("Packages", rows(graph))


def vendored(graph: Graph) -> list[str]:
    """The vendored sources that are in the image, if it is built; else those it is built from."""
    link_map = graph_file(graph).parent / "build" / "image.map"
    if not is_built(graph, link_map):
        return [*graph.vendored[:-1], *(f"{one} {UNSURE}" for one in graph.vendored[-1:])]
    from mirage_py.image.archives import archive_sizes
    from mirage_py.image.link import is_linked

    sizes = archive_sizes(link_map)
    python = {name for name, one in catalog.vendored(catalog.share()).items() if one.is_python}
    return [one for one in graph.vendored if one in python or is_linked(one, sizes)]


def is_built(graph: Graph, link_map: Path) -> bool:
    """Whether what was linked last is this graph, which a build writes down before."""
    written = graph_file(graph)
    if not (link_map.exists() and written.exists()):
        return False
    is_later = link_map.stat().st_mtime >= written.stat().st_mtime
    return is_later and written.read_text(encoding="utf-8") == graph_text(graph)


def choices(graph: Graph) -> Iterator[str]:
    """The rules by which devices are chosen that say so, and what is chosen, each rule once."""
    from mirage_py.dsl.impl import Choice
    from mirage_py.dsl.value import Context
    from mirage_py.graph.keys import heads

    context = Context(graph.target, {one.name: one.value for one in graph.keys})
    found = [one for one in heads(graph.config) if isinstance(one, Choice) and one.doc]
    for number, choice in enumerate(found):
        if number == 0:
            yield "Choices"
        yield f"  {choice.value.text} is {choice.value.eval(context)}  {choice.position}"
        yield from (f"    {line}" for line in choice.doc.splitlines())


def key_row(key: Chosen) -> tuple[str, str]:
    """A key with its value, and where it is declared."""
    default = " (default)" if key.is_default else ""
    return f"{key.name}={key.value}{default}", str(key.position)


def argument_row(argument: Argument[Any]) -> tuple[str, str]:
    """A boot argument with its default, and where it is declared."""
    default = "" if argument.default in (None, []) else f" (default {argument.default})"
    needed = " (required)" if argument.required else default
    short = f"{argument.short}, " if argument.short else ""
    return f"{short}{argument.name}={argument.docv}{needed}", str(argument.position)


def table(title: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A title and, below it, two columns; nothing if there are no rows."""
    rows = list(rows)
    width = max((len(left) for left, _ in rows), default=0)
    if rows:
        yield title
    for left, right in rows:
        yield f"  {left:<{width}}  {right}"


def tree(picture: Picture, vertex: Vertex, indent: str, case: str, seen: set[int]) -> Iterator[str]:
    """A device, and below it those that it is connected with, or chosen from."""
    below = picture.below(vertex.id)
    again = " (see above)" if vertex.id in seen and below else ""
    yield f"{indent}{case}{vertex.name}  {vertex.position}{again}"
    if vertex.id not in seen:
        seen.add(vertex.id)
        for edge in below:
            target = picture.vertices[edge.target]
            yield from tree(picture, target, indent + "  ", label(edge), seen)


def label(edge: Edge) -> str:
    """What stands before a device that may be chosen."""
    return f"{edge.case}: " if edge.case else ""
