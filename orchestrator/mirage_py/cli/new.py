"""`new`: a project that builds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mirage_py.cli.common import DryRun, Settings
from mirage_py.dsl.config import NAME
from mirage_py.support.console import log
from mirage_py.support.errors import MirageError

FILES = {
    "config.py": """\
from mirage_py import *

app = main("unikernel.start", job)
register("{name}", [app])
""",
    "unikernel.py": """\
import asyncio

from mirage import log


def greeting(number: int) -> str:
    return f"hello {number}"


async def start() -> None:
    for number in range(1, 5):
        log.info(greeting(number))
        await asyncio.sleep(1)
""",
    "tests/test_greeting.py": '''\
"""Run inside an image by `mirage-py test`, and on this machine by `python -m pytest`."""

import unikernel


def test_greeting() -> None:
    assert unikernel.greeting(3) == "hello 3"
''',
    "tests/test_config.py": '''\
"""Run on this machine, by `python -m pytest`."""

from pathlib import Path

from mirage_py.dsl import load

CONFIG = Path(__file__).parents[1] / "config.py"


def test_config_loads() -> None:
    assert load(CONFIG).name == "{name}"
''',
    "tests/test_unikernel.py": '''\
"""`guest` is what the unikernel runs on here; its clocks move at once, so waiting takes no time."""

import pytest
import unikernel

from mirage_py.shim.guest import Guest


def test_it_says_hello(guest: Guest, capsys: pytest.CaptureFixture[str]) -> None:
    guest.run(unikernel.start())
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "2026-01-01T00:00:01-00:00: [INFO] [application] hello 2"
    assert len(lines) == 4
''',
    ".gitignore": "_build/\ndist/\n",
}


class Exists(MirageError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} exists, and nothing is overwritten", hint="choose another name")


class BadName(MirageError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"`{name}` cannot be the name of a unikernel",
            hint="it has at most 64 letters, digits, `.`, `_` and `-`, and begins with a letter or "
            "digit",
        )


def new(
    settings: Settings,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="Folder to make; its last part is the unikernel's name."
        ),
    ],
    dry_run: DryRun = False,
) -> None:
    """Make a project: config.py, unikernel.py and their tests."""
    from mirage_py.support.files import write_atomically

    folder = Path(name)
    if not NAME.fullmatch(folder.name):
        raise BadName(folder.name)
    if folder.exists():
        raise Exists(folder)
    for file, text in FILES.items():
        if not dry_run:
            write_atomically(folder / file, text.replace("{name}", folder.name))
        log.info("%s %s", "would write" if dry_run else "wrote", folder / file)
    if not dry_run:
        log.info("next: cd %s && mirage-py run", name)
