"""A configuration as vertices and edges, for pictures and trees: all that may be chosen, or what
is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from mirage_py.dsl.config import Config
from mirage_py.dsl.impl import AnyImpl, Choice, Declaration
from mirage_py.dsl.value import Context
from mirage_py.support.errors import Position

Kind = Literal["device", "app", "if"]
Role = Literal["argument", "dependency", "case", "default"]
SHAPES: dict[Kind, str] = {"device": "box", "app": "diamond", "if": "circle"}
STYLES: dict[Role, str] = {
    "argument": "solid", "dependency": "dashed", "case": "dotted", "default": "bold",
}  # fmt: skip


@dataclass(frozen=True)
class Vertex:
    """A device, the user's own code, or a choice."""

    id: int
    kind: Kind
    name: str
    position: Position


@dataclass(frozen=True)
class Edge:
    """That one vertex needs, or may choose, another."""

    source: int
    target: int
    role: Role
    case: str = ""
    """For which value it is chosen."""


@dataclass
class Picture:
    """The vertices and edges of a configuration; with a context, choices are made by it."""

    context: Context | None
    vertices: list[Vertex] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    known: dict[tuple[object, ...], Vertex] = field(default_factory=dict)
    seen: dict[int, Vertex] = field(default_factory=dict)

    def add(self, value: AnyImpl) -> Vertex:
        """The vertex of a device, and all that it leads to."""
        if id(value) not in self.seen:
            self.seen[id(value)] = self._add(value)
        return self.seen[id(value)]

    def _add(self, value: AnyImpl) -> Vertex:
        head, arguments = value.head, value.arguments
        while isinstance(head, Choice) and self.context:
            chosen = head.choose(head.value.eval(self.context))
            head, arguments = chosen.head, (*chosen.arguments, *arguments)
        given = [self.add(one) for one in arguments]
        extra = [] if isinstance(head, Choice) else [self.add(one) for one in head.extra_deps]
        key = (id(head), *(one.id for one in given))
        if key not in self.known:
            self.known[key] = self._vertex(head)
            source = self.known[key].id
            self.edges += [Edge(source, one.id, "argument") for one in given]
            self.edges += [Edge(source, one.id, "dependency") for one in extra]
            if isinstance(head, Choice):
                cases = [(self.add(impl), repr(case)) for case, impl in head.cases]
                self.edges += [Edge(source, one.id, "case", text) for one, text in cases]
                self.edges.append(Edge(source, self.add(head.default).id, "default", "default"))
        return self.known[key]

    def _vertex(self, head: Declaration | Choice) -> Vertex:
        kind: Kind = "if"
        if isinstance(head, Declaration):
            kind = "app" if head.entry else "device"
        vertex = Vertex(len(self.vertices), kind, head.name, head.position)
        self.vertices.append(vertex)
        return vertex

    def below(self, vertex: int) -> list[Edge]:
        """What a vertex needs or may choose, in order."""
        return [edge for edge in self.edges if edge.source == vertex]


def picture(config: Config, context: Context | None) -> tuple[Picture, list[Vertex]]:
    """The picture of `config`, and the vertices of its jobs."""
    made = Picture(context)
    return made, [made.add(job) for job in config.jobs]


def dot(name: str, shown: Picture) -> str:
    """A picture in Graphviz's language."""
    lines = [f"digraph {literal(name)} {{", "  node [fontname=sans];"]
    for one in shown.vertices:
        label = literal(f"{one.name}\n{one.position}")
        lines.append(f"  v{one.id} [shape={SHAPES[one.kind]}, label={label}];")
    for edge in shown.edges:
        label = f", label={literal(edge.case)}" if edge.case else ""
        style = STYLES[edge.role]
        lines.append(f"  v{edge.source} -> v{edge.target} [style={style}{label}];")
    return "\n".join([*lines, "}", ""])


def literal(text: str) -> str:
    """A string of Graphviz's language."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
