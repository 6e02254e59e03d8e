"""`test`: run the functions of a project's tests/ inside an image, and tell of them like pytest."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from mirage_py.cli.collect import NOTHING, collected
from mirage_py.cli.common import Memory, Offline, Settings, Target
from mirage_py.cli.keys import KEEP, read
from mirage_py.cli.run import Argument, behind
from mirage_py.cli.select import CASE, USAGE, chosen
from mirage_py.cli.stages import build_dir, planned
from mirage_py.cli.suite import write
from mirage_py.cli.usage import Misused, UsageError
from mirage_py.support.console import log
from mirage_py.support.errors import MirageError, Mistakes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mirage_py.graph.model import Graph
    from mirage_py.support.errors import Position

FAILED = 1
"""pytest's exit status when a test failed."""
INTERRUPTED = 2
"""That when a file of tests could not be read."""
HELP, REFUSED = 63, 64
"""The image's, when it has told which boot arguments it takes, and when it was given others."""


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
        try:
            return super().parse_args(ctx, [*ours, *guests])
        except UsageError as error:
            misused = Misused(error)
            misused.exit_code = USAGE
            raise misused from None


def test(
    settings: Settings,
    *,
    named: Annotated[
        list[str] | None, typer.Argument(metavar="TESTS", help="[default: all of tests/]")
    ] = None,
    select: Annotated[
        str | None,
        typer.Option("-k", metavar="WORDS", help='Only tests whose names have it: "a and not b".'),
    ] = None,
    stop: Annotated[
        bool, typer.Option("-x", "--exitfirst", help="Stop after the first failure.")
    ] = False,
    target: Target = None,
    memory: Memory = None,
    timeout: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", help="End the image after so long, which is a failure."),
    ] = None,
    offline: Offline = False,
    argument: Argument = None,
) -> int:
    """Run the project's tests inside an image: `mirage-py test [OPTIONS] [TESTS] [-- ARGS]`.

    Tests are the functions `test_...` of tests/test_*.py, and the methods of classes `Test...` and
    of unittest's.
    TESTS are files, and tests as they are told of: `tests/test_a.py::test_b`.
    ARGS are boot arguments of the image, as of `run`.

    Of pytest, an image has `fixture`, `mark`, `raises`, `approx`, `skip` and a few more; tests that
    ask for others, or import mirage_py, are named and left to pytest itself.
    """
    from mirage_py.cli.build import built
    from mirage_py.lock import settle
    from mirage_py.tender.command import Request
    from mirage_py.tender.execute import execute

    graph = planned(settings, target)
    found = collected(settings.root / "tests", files="vfs" in graph.config.features)
    for one in found.left:
        log.log(logging.INFO if found.tests else logging.WARNING, "%s", one)
    tests = chosen(found, named or [], select or "")
    items = "item" if len(found.tests) == 1 else "items"
    left = len(found.tests) - len(tests)
    also = f" / {left} deselected / {len(tests)} selected" if left else ""
    log.info("collected %d %s%s", len(found.tests), items, also)
    if not tests:
        log.warning(
            "no tests ran: inside an image run functions `test_...` of test_*.py below tests/, and "
            "methods of classes `Test...`"
        )
        return NOTHING
    settle(graph, offline=offline)
    folder = build_dir(graph) / "tests"
    only = [one.removeprefix("./") for one in named or () if CASE in one]
    copied = write(folder, graph, found, tests, only, select or "", stop=stop)
    kept = [f"{KEEP}={one}" for one in read(graph.config.root).get(KEEP, ())]
    with of_tests(copied.origins):
        inside = planned(Settings(folder / "config.py"), graph.target.name, keys=kept)
        image = built(inside, offline=offline)
    try:
        request = Request(image.path, graph.target.name, memory, arguments=argument or ())
        status = execute(request, timeout)
    except TimeoutError:
        raise TooLong(timeout or 0) from None
    if status == REFUSED:
        raise refused(inside, graph, argument or ())
    if status not in {0, FAILED, INTERRUPTED, NOTHING, HELP}:
        raise Crashed(status)
    return status


@contextmanager
def of_tests(origins: Mapping[str, str]) -> Iterator[None]:
    """Errors name the project's tests and not their copies, whose names are those of `origins`;
    they end the command as errors of collection end pytest."""
    try:
        yield
    except MirageError as error:
        for one in error.mistakes if isinstance(error, Mistakes) else [error]:
            if one.position and one.position.file in origins:
                one.position = replace(one.position, file=origins[one.position.file])
                error.exit_code = INTERRUPTED
        raise


def refused(inside: Graph, project: Graph, given: Sequence[str]) -> Refused:
    """What is said when the image of the tests took other boot arguments than `given`."""
    places = {one.name: one.position for one in project.arguments}
    missing = [
        one.name
        for one in inside.arguments
        if one.required and not any(word.partition("=")[0] == one.name for word in given)
    ]
    return Refused(missing, places.get(missing[0]) if missing else None)
