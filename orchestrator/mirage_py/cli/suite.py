"""The project of the image that `test` runs: the project's tests, and what calls them."""

from __future__ import annotations

import ast
import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mirage_py.cli.asserts import explained
from mirage_py.cli.collect import SUITE, module_of
from mirage_py.cli.select import in_python
from mirage_py.cli.testfile import parsed
from mirage_py.support.files import write_if_changed
from mirage_py.support.parse import source_text, undeclared

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from mirage_py.cli.found import Collection, Fixture, Test
    from mirage_py.dsl.argument import Argument
    from mirage_py.dsl.package import Package
    from mirage_py.graph.model import Graph

CONFIG = """\
# Written by `mirage-py test`.
from mirage_py import *

app = main(
    "_tests.start",
    job,
    args=[{arguments}],
    packages=[{packages}],
    local_libs={folders},
    c_sources={sources},
    pkg_config={libraries},
)
register("tests", [app], stack={stack}, features={features})
"""

RUNNER = """\
# Written by `mirage-py test`.
import _asserts
import _suite
{imports}

{loaders}

{fixtures}


def start(*_):
{files}    _suite.run([
{tests}
    ], {wait}, {only}, {stop}, {marks}, {select}, {shown}, {left}, {deselected})
"""
FILES = """\
    _tmp.mount(mirage.kv.files, mirage.memory)
"""
PYTEST = """\
# Written by `mirage-py test`: what pytest is inside an image.
from _marks import *
"""
SOURCES = "tests"
"""The folder of the tests."""
OF_FILES = "import mirage.kv.files", "import mirage.memory", "import _tmp"
SUFFIXES = ".py", ".pyx", ".pxd"


def write(
    folder: Path,
    graph: Graph,
    found: Collection,
    tests: Sequence[Test],
    only: Sequence[str],
    select: str = "",
    *,
    stop: bool,
) -> Copied:
    """Write the project of the tests' image: with the packages of the project, as they are locked.
    `only` are single cases of tests, and `select` is an expression that chooses among cases; with
    `stop`, the first failure ends the run. What it has of the tests is returned."""
    root = graph.config.root
    folder.mkdir(parents=True, exist_ok=True)
    share_lock(root, folder)
    copied = copy(root / SOURCES, folder / SUITE)
    config = CONFIG.format(
        packages=", ".join(call(one, root) for one in graph.packages),
        arguments=", ".join(map(spelled, own_arguments(graph))),
        folders=json.dumps([str(root), *copied.folders]),
        sources=json.dumps([str(one.path) for one in graph.c_sources]),
        libraries=json.dumps([one.name for one in graph.c_libraries]),
        stack=graph.config.stack,
        features=json.dumps(list(graph.config.features)),
    )
    fixtures = {one.module: [f for f in found.fixtures if f.is_seen_by(one)] for one in tests}
    named = [*fixtures, *(one.module for several in fixtures.values() for one in several)]
    numbers = {name: n for n, name in enumerate(dict.fromkeys(named))}
    files = any(one.wants_files for one in found.fixtures) or any(one.wants_files for one in tests)
    imports = ["import asyncio"] * copied.waits + ["import _cases"] * found.marked
    runner = RUNNER.format(
        imports="\n".join([*imports, *(OF_FILES if files else ())]),
        wait="asyncio.run" if copied.waits else "None",
        loaders="\n\n".join(loader(numbers[one], one) for one in numbers),
        fixtures="\n".join(table(numbers, *one) for one in fixtures.items()),
        files=FILES if files else "",
        tests="\n".join(
            f"        ({one.id!r}, load_{numbers[one.module]}, {one.owner!r}, {one.name!r}, "
            f"{one.wants!r}, fixtures_{numbers[one.module]}),"
            for one in tests
        ),
        only=tuple(only),
        stop=stop,
        marks="_cases" if found.marked else None,
        select=in_python(select),
        shown=copied.shown,
        left=len(found.left),
        deselected=len(found.tests) - len(tests),
    )
    write_if_changed(folder / "config.py", config)
    write_if_changed(folder / "_tests.py", runner)
    if found.marked:
        write_if_changed(folder / "pytest.py", PYTEST)
    else:
        (folder / "pytest.py").unlink(missing_ok=True)
    return copied


def share_lock(root: Path, folder: Path) -> None:
    """Begin with the project's lock, to which that of the tests adds what only they need: anew
    whenever the project's is another."""
    from mirage_py.lock import NAME

    lock, kept, begun = root / NAME, folder / NAME, folder / f"{NAME}.project"
    if not (kept.is_file() and begun.is_file() and begun.read_bytes() == lock.read_bytes()):
        shutil.copyfile(lock, kept)
        shutil.copyfile(lock, begun)


@dataclass(frozen=True)
class Copied:
    """The modules of a project's tests, copied."""

    waits: bool
    """One of them has coroutines."""
    folders: tuple[str, ...]
    """Those that modules are imported from."""
    shown: dict[str, str]
    """By the name that the image has for a file, the name that the project has."""
    origins: dict[str, str]
    """The same by the path from the project of the tests' image."""


def copy(folder: Path, to: Path) -> Copied:
    """Copy the modules of a folder; in the copies, each `assert` explains itself."""
    waits, origins, shown, folders = False, {}, {}, {to.name: None}
    for path in sorted(one for suffix in SUFFIXES for one in folder.rglob(f"*{suffix}")):
        inside = path.relative_to(folder)
        copied = to / inside
        if path.suffix == ".py":
            text = source_text(path)
            tree = parsed(path, f"{folder.name}/{inside}")
            waits = waits or any(isinstance(one, ast.AsyncFunctionDef) for one in ast.walk(tree))
            text = undeclared(explained(text, tree))
            module = module_of(path, folder)
            package = "/__init__" if path.stem == "__init__" else ""
            shown[f"{module.replace('.', '/')}{package}.py"] = f"{folder.name}/{inside}"
            if "." not in module and not package:
                copied = copied.with_name(f"{module}.py")
                folders[f"{to.name}/{inside.parent}".removesuffix("/.")] = None
            copied.parent.mkdir(parents=True, exist_ok=True)
            write_if_changed(copied, text)
        else:
            copied.parent.mkdir(parents=True, exist_ok=True)
            write_if_changed(copied, path.read_text(encoding="utf-8"))
        origins[copied.relative_to(to.parent).as_posix()] = f"{folder.name}/{inside}"
    for old in [one for one in to.rglob("*") if one.is_file()]:
        if old.relative_to(to.parent).as_posix() not in origins:
            old.unlink()
    return Copied(waits, tuple(folders), shown, origins)


def loader(number: int, module: str) -> str:
    """A function that imports a test module, which may fail."""
    return f"def load_{number}():\n    import {module} as found\n\n    return found\n"


def table(numbers: Mapping[str, int], module: str, fixtures: Sequence[Fixture]) -> str:
    """The fixtures that the tests of a module find."""
    rows = "".join(
        f"    ({one.name!r}, load_{numbers[one.module]}, {one.owner!r}, {one.function!r}, "
        f"{one.wants!r}, {one.kind!r}),\n"
        for one in fixtures
    )
    return f"fixtures_{numbers[module]} = [\n{rows}]"


def own_arguments(graph: Graph) -> Iterator[Argument[Any]]:
    """The boot arguments that config.py declares for the project's own code, each once."""
    from mirage_py.graph.plan import declared

    found = (arg for one in declared(graph.config) if one.entry for arg in one.runtime_args)
    yield from dict.fromkeys(found)


def spelled(argument: Argument[Any]) -> str:
    """The call of `runtime_arg` that says the same. A test may do without what an image needs."""
    told = {
        "type": argument.kind,
        "doc": argument.doc,
        "docv": argument.docv,
        "choices": list(argument.choices),
        "default": argument.default,
        "repeated": argument.repeated,
    }
    words = [repr(argument.name), repr(argument.short)]
    words += [f"{key}={value!r}" for key, value in told.items() if value not in (None, [], "")]
    return f"runtime_arg({', '.join(words)})"


def call(package: Package, root: Path) -> str:
    """The call of `package` that says the same elsewhere."""
    told = {
        "extras": list(package.extras),
        "libs": list(package.libs),
        "natives": list(package.natives),
    }
    named = {"min": package.min, "max": package.max, "pin_version": package.pin_version}
    pin = package.pin
    if package.source and not package.source.startswith("git+"):
        pin = str(root / package.source)
    every = {**told, **named, "pin": pin, "scope": package.scope}
    words = [json.dumps(package.name)]
    words += [f"{key}={json.dumps(value)}" for key, value in every.items() if value]
    return f"package({', '.join(words)})"
