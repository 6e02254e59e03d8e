"""What reading a module tells of it, whoever asks: all that the walk through the library
(graph/library.py) goes by, and of packages what they ask of others (workspace/packages.py).

A function of the text alone, so that what was read once need not be read again.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mirage_py.graph.at_run import asks_for_annotations, compiling, reads_docs, reads_files
from mirage_py.graph.attributes import attributes
from mirage_py.graph.bound import bound
from mirage_py.graph.imports import Import, imports
from mirage_py.graph.takes import takes
from mirage_py.graph.uses import MORE, keywords, uses
from mirage_py.support.parse import parse, source_text


@dataclass(frozen=True)
class Facts:
    """Of a module that an image holds."""

    imports: tuple[str, ...]
    """Every name that it may import: `from mirage import log` may mean `mirage.log`."""
    mentions: frozenset[str]
    """Every name of other modules' that it may speak of."""
    lazy: Mapping[str, frozenset[str]]
    """The modules beside it that it loads lazily, with the names that each is loaded for: those of
    its dictionary `_attrs`, as in MicroPython's asyncio."""
    defined: frozenset[str]
    """The functions and classes at its top."""
    assigned: frozenset[str]
    """The variables there."""
    taken: Mapping[str, frozenset[str]]
    """The names there that it has from each other module."""
    native: frozenset[str] | None
    """Names of the interpreter's that it defines anew, as its `_NATIVE` lists them, if it does."""
    keywords: frozenset[str]
    """What its functions take: `dumps(indent)`."""


@dataclass(frozen=True)
class Asked:
    """Of a module of a package: what it asks of others, each with the text of its line."""

    imports: tuple[tuple[Import, str], ...]
    attributes: tuple[tuple[Import, str], ...]
    """What it surely asks of modules while it is imported."""
    reads_files: bool
    """It reads files of its package."""
    annotations: bool
    """It asks functions for their annotations."""
    docs: bool
    """It reads the documentation of functions and classes."""
    compiles: tuple[tuple[str, int, str], ...]
    """Where it compiles code when it runs: the function that does, line and text."""


def facts_at(path: Path, package: str) -> Facts:
    """The facts of the module at `path`, whose relative imports start from `package`."""
    return facts(source_text(path), package)


def facts(text: str, package: str) -> Facts:
    """The facts of a module of that text. Raises SyntaxError."""
    tree = ast.parse(text)
    defined, assigned, taken = set[str](), set[str](), dict[str, frozenset[str]]()
    lazy: dict[str, set[str]] = {}
    native: frozenset[str] | None = None
    for statement in tree.body:
        match statement:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                defined.add(name)
            case ast.Assign(targets=[ast.Name("_NATIVE")], value=value):
                native = (native or frozenset()) | strings(value)
            case ast.ImportFrom(module=module):
                taken[module or ""] = taken.get(module or "", frozenset()) | bound(statement)
            case ast.Assign():
                assigned |= bound(statement)
            case _:
                pass
        match statement:
            case ast.Assign(targets=[ast.Name("_attrs")], value=ast.Dict(keys, values)):
                for key, where in zip(keys, values, strict=True):
                    for one in strings(where):
                        lazy.setdefault(one, set()).update(strings(key))
            case _:
                pass
    told = {f"{name}({one})" for name, it in takes(tree).items() for one in (*it.keywords, MORE)}
    return Facts(
        tuple(dict.fromkeys(names_in(tree, package))),
        frozenset(mentions(tree)),
        {where: frozenset(names) for where, names in lazy.items()},
        frozenset(defined),
        frozenset(assigned),
        taken,
        native,
        frozenset(told),
    )


def strings(node: ast.expr | None) -> set[str]:
    """The strings that are written there: one, or those of a list."""
    nodes = node.elts if isinstance(node, ast.List | ast.Tuple | ast.Set) else [node]
    values = [one.value for one in nodes if isinstance(one, ast.Constant)]
    return {one for one in values if isinstance(one, str)}


def asked(text: str, package: str) -> Asked:
    """What a module of a package of that text asks. Raises SyntaxError and ValueError."""
    tree, lines = parse(text), text.splitlines()

    def placed(found: Iterable[Import]) -> tuple[tuple[Import, str], ...]:
        return tuple(
            (one, lines[one.line - 1].strip() if one.line <= len(lines) else "") for one in found
        )

    return Asked(
        placed(imports(tree, package, modern=True)),
        placed(attributes(tree)),
        reads_files(text),
        asks_for_annotations(tree),
        reads_docs(tree),
        tuple((name, line, lines[line - 1].strip()) for name, line in compiling(tree)),
    )


def mentions(tree: ast.Module) -> set[str]:
    """Every name of other modules' that a module may speak of, as an attribute, an import or a
    string, and as a variable, if it takes all that a module has; and those that it asks of other
    modules, behind the names of these."""
    nodes = [node for part in tree.body if not lists_exports(part) for node in ast.walk(part)]
    names = uses(nodes) | keywords(nodes)
    variables: set[str] = set()
    for node in nodes:
        match node:
            case ast.Name(id=name):
                variables.add(name)
            case ast.Attribute(attr=name) | ast.alias(name=name):
                names.add(name)
            case ast.Constant(value=str() as name):
                names.add(name)
            case _:
                pass
    return names | variables if "*" in names else names


def lists_exports(statement: ast.stmt) -> bool:
    """Whether it says what a module offers: it asks for none of that."""
    match statement:
        case ast.Assign(targets=[ast.Name("__all__")]):
            return True
        case _:
            return False


def names_in(tree: ast.Module, package: str) -> list[str]:
    """Every name that a module of that tree may import."""
    return [name for one in imports(tree, package) for name in names_of(one)]


def names_of(one: Import) -> list[str]:
    """The modules that an import may mean."""
    return [one.module, f"{one.module}.{one.attribute}"] if one.attribute else [one.module]
