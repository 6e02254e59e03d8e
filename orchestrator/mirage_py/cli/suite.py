"""The project of the image that `test` runs: the project's tests, and what calls them."""

from __future__ import annotations

import ast
import json
import shutil
from typing import TYPE_CHECKING, Any

from mirage_py.cli.asserts import explained
from mirage_py.cli.collect import CONFTEST
from mirage_py.support.files import write_if_changed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
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
    _suite.run([
{tests}
    ], {wait}, {only}, {stop}, {marks})
"""
PYTEST = """\
# Written by `mirage-py test`: what pytest is inside an image.
from _marks import *
"""
SOURCES = "tests"
"""The folder of the tests."""
SUFFIXES = ".py", ".pyx", ".pxd"


def write(
    folder: Path,
    graph: Graph,
    found: Collection,
    tests: Sequence[Test],
    only: Sequence[str],
    *,
    stop: bool,
) -> None:
    """Write the project of the tests' image: with the packages of the project, as they are locked.
    `only` are single cases of tests; with `stop`, the first failure ends the run."""
    root = graph.config.root
    folder.mkdir(parents=True, exist_ok=True)
    share_lock(root, folder)
    config = CONFIG.format(
        packages=", ".join(call(one, root) for one in graph.packages),
        arguments=", ".join(map(spelled, own_arguments(graph))),
        folders=json.dumps([str(root), SOURCES]),
        sources=json.dumps([str(one.path) for one in graph.c_sources]),
        libraries=json.dumps([one.name for one in graph.c_libraries]),
        stack=graph.config.stack,
        features=json.dumps(list(graph.config.features)),
    )
    waits = copy(root / SOURCES, folder / SOURCES)
    stems = dict.fromkeys(one.path.stem for one in tests)
    seen = {stem: [one for one in found.fixtures if one.stem in (CONFTEST, stem)] for stem in stems}
    modules = stems | dict.fromkeys(one.stem for several in seen.values() for one in several)
    runner = RUNNER.format(
        imports="\n".join(["import asyncio"] * waits + ["import _cases"] * found.marked),
        wait="asyncio.run" if waits else "None",
        loaders="\n\n".join(map(loader, modules)),
        fixtures="\n".join(table(stem, several) for stem, several in seen.items()),
        tests="\n".join(
            f"        ({one.id!r}, load_{one.path.stem}, {one.owner!r}, {one.name!r}, "
            f"{one.wants!r}, fixtures_{one.path.stem}),"
            for one in tests
        ),
        only=tuple(only),
        stop=stop,
        marks="_cases" if found.marked else None,
    )
    write_if_changed(folder / "config.py", config)
    write_if_changed(folder / "_tests.py", runner)
    if found.marked:
        write_if_changed(folder / "pytest.py", PYTEST)
    else:
        (folder / "pytest.py").unlink(missing_ok=True)


def share_lock(root: Path, folder: Path) -> None:
    """Begin with the project's lock, to which that of the tests adds what only they need: anew
    whenever the project's is another."""
    from mirage_py.lock import NAME

    lock, kept, begun = root / NAME, folder / NAME, folder / f"{NAME}.project"
    if not (kept.is_file() and begun.is_file() and begun.read_bytes() == lock.read_bytes()):
        shutil.copyfile(lock, kept)
        shutil.copyfile(lock, begun)


def copy(folder: Path, to: Path) -> bool:
    """The modules of a folder, where each `assert` explains itself. Whether one of them waits."""
    waits, kept = False, set()
    for path in (one for suffix in SUFFIXES for one in folder.rglob(f"*{suffix}")):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            tree = ast.parse(text)
            waits = waits or any(isinstance(one, ast.AsyncFunctionDef) for one in ast.walk(tree))
            text = explained(text, tree)
        copied = to / path.relative_to(folder)
        copied.parent.mkdir(parents=True, exist_ok=True)
        write_if_changed(copied, text)
        kept.add(copied)
    for old in set(to.rglob("*.*")) - kept:
        old.unlink()
    return waits


def loader(module: str) -> str:
    """A function that imports a test module, which may fail."""
    return f"def load_{module}():\n    import {module}\n\n    return {module}\n"


def table(stem: str, fixtures: Sequence[Fixture]) -> str:
    """The fixtures that the tests of a module find."""
    rows = "".join(
        f"    ({one.name!r}, load_{one.stem}, {one.owner!r}, {one.function!r}, {one.wants!r}, "
        f"{one.kind!r}),\n"
        for one in fixtures
    )
    return f"fixtures_{stem} = [\n{rows}]"


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
