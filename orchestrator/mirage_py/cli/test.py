"""`test`: run the functions of a project's tests/ inside an image, and tell of them like pytest."""

from __future__ import annotations

import ast
import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from mirage_py.cli.common import Memory, Offline, Settings, Target
from mirage_py.cli.stages import build_dir, planned
from mirage_py.support.console import log
from mirage_py.support.errors import MirageError, Position

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mirage_py.dsl.package import Package
    from mirage_py.graph.model import Graph

FAILED, NOTHING = 1, 5
"""pytest's exit statuses when a test failed, and when none was found."""
HOST = frozenset({"mirage_py", "pytest", "unittest"})
"""What only tests import that are run by pytest, on the machine that builds."""

CONFIG = """\
# Written by `mirage-py test`.
from mirage_py import *

app = main(
    "_tests.start",
    job,
    packages=[{packages}],
    local_libs={folders},
    c_sources={sources},
    pkg_config={libraries},
)
register("tests", [app], stack={stack}, features={features})
"""

RUNNER = '''\
"""Written by `mirage-py test`."""

import sys
import time
{imports}

def start():
    begin, failed, passed = time.ticks_ms(), [], 0
    for name, load in tests():
        print(name, end=" ")
        try:
            outcome = load()()
            {awaited}
        except BaseException as error:
            print("FAILED")
            failed.append((name, error))
        else:
            print("PASSED")
            passed += 1
    if failed:
        print(line("FAILURES", "="))
    for name, error in failed:
        print(line(name, "_"))
        sys.print_exception(error)
    if failed:
        print(line("short test summary info", "="))
    for name, error in failed:
        print("FAILED %s - %s: %s" % (name, type(error).__name__, error))
    took = time.ticks_diff(time.ticks_ms(), begin) / 1000
    counted = ["%d failed" % len(failed)] if failed else []
    counted += ["%d passed" % passed] if passed or not failed else []
    print(line("%s in %.2fs" % (", ".join(counted), took), "="))
    sys.exit(1 if failed else 0)


def line(text, mark):
    left = (78 - len(text)) // 2
    return "%s %s %s" % (mark * left, text, mark * (78 - len(text) - left))


{loaders}

def tests():
    return [
{tests}
    ]
'''


class NoTests(MirageError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"there is no {folder}",
            hint="tests are functions `test_...` of files test_*.py in the folder tests/",
        )


class NotATest(MirageError):
    def __init__(self, why: str, position: Position) -> None:
        super().__init__(f"invalid Python: {why}", position=position)


class Crashed(MirageError):
    """An image that ended before its tests had."""

    def __init__(self, status: int) -> None:
        super().__init__(
            f"the image ended with status {status} before its tests did",
            hint="the test that is named last was running",
        )


class TooLong(MirageError):
    """An image that did not end."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"the tests did not end within {seconds:g} s",
            hint="the test that is named last was running; `--timeout` gives them longer",
        )


@dataclass(frozen=True)
class Test:
    """A test function, or the method of a test class."""

    module: str
    path: str
    """`test_join` or `TestPaths.test_join`."""
    is_async: bool

    @property
    def id(self) -> str:
        """As pytest names it."""
        return f"tests/{self.module}.py::{self.path.replace('.', '::')}"

    @property
    def value(self) -> str:
        """The expression for it."""
        return f"{self.module}.{self.path.replace('.', '().')}"


def test(
    settings: Settings,
    *,
    select: Annotated[
        str | None, typer.Option("-k", metavar="TEXT", help="Only tests whose names have TEXT.")
    ] = None,
    target: Target = None,
    memory: Memory = None,
    timeout: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", help="End the image after so long, which is a failure."),
    ] = None,
    offline: Offline = False,
) -> int:
    """Run the project's tests inside an image.

    Tests that import pytest, or take fixtures, are for pytest itself and left to it.
    """
    from mirage_py.cli.build import built
    from mirage_py.tender.command import Request
    from mirage_py.tender.execute import execute

    graph = planned(settings, target)
    found = [one for one in collected(settings.root / "tests") if (select or "") in one.id]
    log.info("collected %d %s", len(found), "item" if len(found) == 1 else "items")
    if not found:
        log.warning(
            "no tests ran: inside an image run functions `test_...` of tests/test_*.py that take "
            "no fixtures, in files that import nothing of pytest's"
        )
        return NOTHING
    folder = build_dir(graph) / "tests"
    write(folder, graph, found)
    inside = planned(Settings(folder / "config.py"), graph.target.name)
    image = built(inside, offline=offline)
    try:
        status = execute(Request(image.path, graph.target.name, memory), timeout)
    except TimeoutError:
        raise TooLong(timeout or 0) from None
    if status not in {0, FAILED}:
        raise Crashed(status)
    return status


def collected(folder: Path) -> Iterator[Test]:
    """The tests of files in `folder` that can be run inside an image. Raises NoTests."""
    if not folder.is_dir():
        raise NoTests(folder)
    for path in sorted(folder.glob("test_*.py")):
        name = f"tests/{path.name}"
        try:
            tree = ast.parse(path.read_text(encoding="utf-8"), name)
        except SyntaxError as error:
            where = Position(name, error.lineno or 1, (error.text or "").strip())
            raise NotATest(error.msg, where) from None
        functions = list(tests_of(path.stem, tree))
        if imported(tree) & HOST or any(wants for _, wants in functions):
            log.info("%s is for pytest: `python -m pytest %s`", name, name)
            continue
        yield from (one for one, _ in functions)


def tests_of(module: str, tree: ast.Module) -> Iterator[tuple[Test, bool]]:
    """The tests of a module, and whether each wants fixtures."""
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                if name.startswith("test"):
                    yield Test(module, name, is_async(node)), bool(node.args.args)
            case ast.ClassDef(name=name) if name.startswith("Test"):
                for one in node.body:
                    match one:
                        case ast.FunctionDef(name=inner) | ast.AsyncFunctionDef(name=inner):
                            if inner.startswith("test"):
                                wants = len(one.args.args) > 1
                                yield Test(module, f"{name}.{inner}", is_async(one)), wants
                        case _:
                            pass
            case _:
                pass


def is_async(node: ast.AST) -> bool:
    return isinstance(node, ast.AsyncFunctionDef)


def imported(tree: ast.Module) -> set[str]:
    """The top-level modules that a module imports."""
    names = set()
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                names |= {alias.name.partition(".")[0] for alias in aliases}
            case ast.ImportFrom(module=str(name)):
                names.add(name.partition(".")[0])
            case _:
                pass
    return names


def write(folder: Path, graph: Graph, found: list[Test]) -> None:
    """Write the project of the tests' image: with the packages of the project, as they are
    locked."""
    from mirage_py.lock import NAME
    from mirage_py.support.files import write_if_changed

    root = graph.config.root
    folder.mkdir(parents=True, exist_ok=True)
    lock = root / NAME
    if lock.is_file() and not (folder / NAME).is_file():
        shutil.copyfile(lock, folder / NAME)
    config = CONFIG.format(
        packages=", ".join(call(one, root) for one in graph.packages),
        folders=json.dumps([str(root), str(root / "tests")]),
        sources=json.dumps([str(one.path) for one in graph.c_sources]),
        libraries=json.dumps([one.name for one in graph.c_libraries]),
        stack=graph.config.stack,
        features=json.dumps(list(graph.config.features)),
    )
    waits = any(one.is_async for one in found)
    runner = RUNNER.format(
        imports="import asyncio\n" if waits else "",
        awaited='if hasattr(outcome, "send"):\n                asyncio.run(outcome)'
        if waits
        else "",
        loaders="\n\n".join(
            f"def load_{number}():\n    import {one.module}\n\n    return {one.value}\n"
            for number, one in enumerate(found)
        ),
        tests="\n".join(
            f"        ({json.dumps(one.id)}, load_{number})," for number, one in enumerate(found)
        ),
    )
    write_if_changed(folder / "config.py", config)
    write_if_changed(folder / "_tests.py", runner)


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
