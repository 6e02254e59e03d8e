"""Modules as MicroPython reads them: one that has to be rewritten stands in `lowered/`."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mirage_py import catalog
from mirage_py.graph.at_run import ASK_FOR_ANNOTATIONS
from mirage_py.graph.library import OWN
from mirage_py.graph.model import Module
from mirage_py.graph.uses import imported_as, uses
from mirage_py.lower import HELPER, lower
from mirage_py.lower.names import SYS
from mirage_py.lower.printer import source_line
from mirage_py.support.files import write_if_changed
from mirage_py.support.parse import is_utf8, source_text
from mirage_py.workspace.derived import rewritten
from mirage_py.workspace.read_arguments import asked_of_others, read_arguments

FOLDER = "lowered"
ASK_FOR_DOCUMENTATION = (".__doc__", '"__doc__"', "getdoc(")
REDIRECTING = ("redirect_stderr", "redirect_stdout")
ORIGINS = "origins.json"


@dataclass
class Lowered:
    """The rewritten modules of a workspace."""

    workspace: Path
    rows: Mapping[str, int]
    """Where boot arguments stand in the image's table, by name."""
    compiles: bool = False
    """The image compiles code, which may ask modules for any name."""
    documented: bool = False
    """Whether what the project decorates keeps its documentation."""
    annotated: frozenset[str] = frozenset()
    """The modules of packages whose functions keep their annotations."""
    documents: frozenset[str] = frozenset()
    """The modules of packages that read documentation: they keep theirs, and the project does."""
    asked: bool = False
    """Whether a package asks functions for their annotations: those of the project's keep them."""
    origins: dict[str, str] = field(default_factory=dict)
    """By the name of each file in `lowered/`, the module that it was made of."""
    modern: bool = False
    """Some of them use what MicroPython has not."""

    def users(self, modules: Sequence[Module]) -> list[Module]:
        """The modules of the project, of which the build has read what boot arguments they
        declare."""
        texts = {module: source_text(module.path) for module in modules}
        asked = {one: asked_of_others([ast.parse(texts[one])]) for one in modules}
        more_sys = any(asks_more_of_sys(ast.parse(text)) for text in texts.values())
        annotated = self.asked or any(
            name in text for text in texts.values() for name in ASK_FOR_ANNOTATIONS
        )
        documents = bool(self.documents) or any(
            name in text for text in texts.values() for name in ASK_FOR_DOCUMENTATION
        )
        found = []
        for module in modules:
            used = {name for one in modules if one != module for name in asked[one]}
            used |= {"*"} if self.compiles else set()
            read = read_arguments(texts[module], self.rows, used)
            lowered = lower(
                read or texts[module],
                documented=self.documented, documents=documents,
                annotated=annotated, more_sys=more_sys, contexts=True,
            )  # fmt: skip
            found.append(self._made(module, read, lowered))
        return found

    def package(self, module: Module) -> Module:
        """A module of a package, which is told of CPython's version."""
        annotated = module.name in self.annotated
        documents = module.name in self.documents
        text = source_text(module.path)
        made = rewritten(text, package=True, annotated=annotated, documents=documents)
        return self._made(module, None, made)

    def library(self, module: Module) -> Module:
        """A module that comes with us: those of the bindings and MicroPython's are left alone."""
        if module.name.partition(".")[0] in OWN | {HELPER}:
            return module
        ours = module.path.is_relative_to(catalog.share() / "library")
        return self._made(module, None, rewritten(source_text(module.path), package=not ours))

    def imports(self) -> set[str]:
        """What the rewritten modules import more than they did."""
        return {HELPER, "_sys"} if self.modern else set()

    def done(self) -> None:
        """Say of what they were made, for messages about them."""
        if self.origins:
            text = json.dumps(self.origins, indent=1, sort_keys=True)
            write_if_changed(self.workspace / FOLDER / ORIGINS, text + "\n")

    def _made(self, module: Module, read: str | None, lowered: str | None) -> Module:
        """The module with what was made of it in its place: `read` is it without its boot
        arguments, and `lowered` as MicroPython reads it, where they differ."""
        self.modern = self.modern or lowered is not None
        text = lowered or read
        if text is None and not is_utf8(module.path):
            text = source_text(module.path)
        return module if text is None else self.shortened(module, text)

    def shortened(self, module: Module, text: str) -> Module:
        """The module with that text in place of its own."""
        name = module.name.replace(".", "/")
        name += "/__init__.py" if module.path.name == "__init__.py" else ".py"
        made = self.workspace / FOLDER / name
        made.parent.mkdir(parents=True, exist_ok=True)
        write_if_changed(made, text)
        self.origins[name] = str(module.path)
        return Module(module.name, made)


def asks_more_of_sys(tree: ast.Module) -> bool:
    """Whether a module asks for what the interpreter's `sys` has not, or sets its attributes, by
    itself or by `redirect_stdout`. Then each of the project's has CPython's: they share it."""
    nodes = [*ast.walk(tree)]
    modules = imported_as(nodes)
    asked = {f"sys.{name}" for name in SYS} | {f"contextlib.{name}" for name in REDIRECTING}
    return not asked.isdisjoint(uses(nodes)) or any(
        isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and "sys" in modules.get(node.value.id, ())
        for node in nodes
    )


def origin(path: Path, line: int, workspace: Path) -> tuple[Path, int]:
    """The module, and its line, that a line of a file of a workspace was made of; of any other file
    the same."""
    folder = workspace / FOLDER
    if not path.is_relative_to(folder):
        return path, line
    origins = json.loads((folder / ORIGINS).read_text(encoding="utf-8"))
    made_of = origins.get(path.relative_to(folder).as_posix())
    return (Path(made_of), source_line(source_text(path), line)) if made_of else (path, line)
