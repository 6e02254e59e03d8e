"""`test`: run the functions of a project's tests/ inside an image, and tell of them like pytest."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from mirage_py.cli.common import Memory, Offline, Settings, Target
from mirage_py.cli.keys import KEEP, read
from mirage_py.cli.run import Argument, behind
from mirage_py.cli.stages import build_dir, planned
from mirage_py.cli.suite import Test, write
from mirage_py.support.console import log
from mirage_py.support.errors import MirageError, Position

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mirage_py.graph.model import Graph

FAILED, NOTHING = 1, 5
"""pytest's exit statuses when a test failed, and when none was found."""
HELP, REFUSED = 63, 64
"""The image's, when it has told which boot arguments it takes, and when it was given others."""
HOST = frozenset({"mirage_py", "pytest", "unittest"})
"""What only tests import that are run by pytest, on the machine that builds."""


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


class Refused(MirageError):
    """Boot arguments that the image did not take, and has said why."""

    def __init__(self, needed: Sequence[str], position: Position | None) -> None:
        words = " ".join(f"{one}=VALUE" for one in needed) or "--NAME=VALUE"
        super().__init__(
            "the tests did not start: their image has said what is wrong with its boot arguments",
            position=position,
            hint=f"give them behind `--`: `mirage-py test -- {words}`",
        )


class TooLong(MirageError):
    """An image that did not end."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"the tests did not end within {seconds:g} s",
            hint="the test that is named last was running; `--timeout` gives them longer",
        )


class TestCommand(TyperCommand):
    """Takes the guest's arguments, behind `--`, out of the way of the parser."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        ours, guests = behind(args)
        return super().parse_args(ctx, [*ours, *guests])


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
    argument: Argument = None,
) -> int:
    """Run the project's tests inside an image: `mirage-py test [OPTIONS] [-- ARGS]`.

    ARGS are boot arguments of the image, as of `run`.

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
    kept = [f"{KEEP}={one}" for one in read(graph.config.root).get(KEEP, ())]
    inside = planned(Settings(folder / "config.py"), graph.target.name, keys=kept)
    image = built(inside, offline=offline)
    try:
        request = Request(image.path, graph.target.name, memory, arguments=argument or ())
        status = execute(request, timeout)
    except TimeoutError:
        raise TooLong(timeout or 0) from None
    if status == REFUSED:
        raise refused(inside, graph, argument or ())
    if status not in {0, FAILED, HELP}:
        raise Crashed(status)
    return status


def refused(inside: Graph, project: Graph, given: Sequence[str]) -> Refused:
    """What is said when the image of the tests took other boot arguments than `given`."""
    places = {one.name: one.position for one in project.arguments}
    missing = [
        one.name
        for one in inside.arguments
        if one.required and not any(word.partition("=")[0] == one.name for word in given)
    ]
    return Refused(missing, places.get(missing[0]) if missing else None)


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
