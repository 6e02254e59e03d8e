"""Declarations of boot arguments, which the build has read: what the interpreter is given."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from mirage_py.graph.model import Module
from mirage_py.workspace.lowered import Lowered
from mirage_py.workspace.read_arguments import MARK, asked_of_others, read_arguments

ROWS = {"--port": 4, "--left-net": 5}
PORT, NET = (f"({(MARK + str(row)).encode()!r})" for row in ROWS.values())
CASES = {
    "a name": (
        'from mirage import args\nport = args.add("--port")\n',
        f"(None)\nport = {PORT}\n",
    ),
    "beside other names": (
        "from mirage import args as boot, log\nx: object = boot.add('port', type=int)\n",
        f"from mirage import (log)\nx: object = {PORT}\n",
    ),
    "a module": (
        'import os, mirage.args as a\nport = a.add("--port"); net = a.add("net", group="left")',
        f"import os\nport = {PORT}; net = {NET}",
    ),
    "the whole name": (
        'import mirage.args\nport = mirage.args.add("--port")  # ä\n',
        f"(None)\nport = {PORT}  # ä\n",
    ),
    "a function": (
        'from mirage.args import add\nö = "ä"; port = add("--port")\n',
        f'(None)\nö = "ä"; port = {PORT}\n',
    ),
    "used elsewhere": (
        'from mirage import args\nport = args.add("--port")\nname = args.name\n',
        f"from mirage import args\nport = {PORT}\nname = args.name\n",
    ),
    "another name of a package that is used": (
        'import mirage.args\nimport mirage.log\nport = mirage.args.add("--port")\nmirage.log.info',
        f"import mirage.args\nimport mirage.log\nport = {PORT}\nmirage.log.info",
    ),
    "asked for by others": (
        'from mirage import args as shared\nport = shared.add("--port")\n',
        f"from mirage import args as shared\nport = {PORT}\n",
    ),
    "several lines": (
        'from mirage import (\n  args,\n  log,\n)\nport = args.add(\n  "--port",\n)  # p\nlog\n',
        f"from mirage import (log\n\n\n)\nport = {PORT[:-1]}\n\n)  # p\nlog\n",
    ),
    "continued lines": (
        'import os, \\\n  mirage.args\nport = mirage.args.add("--port")\n\x0c\nos\n',
        f"import os \\\n\nport = {PORT}\n\x0c\nos\n",
    ),
    "no name": ("from mirage import args\nargs.add('--port')\n", f"(None)\n{PORT}\n"),
}


@pytest.mark.parametrize(("source", "read"), CASES.values(), ids=CASES)
def test_what_is_read(source: str, read: str) -> None:
    assert read_arguments(source, ROWS, {"shared"}) == read
    assert source.count("\n") == read.count("\n")
    last = [ast.parse(text).body[-1].lineno for text in (source, read)]
    assert last[0] == last[1]


def test_where_none_are() -> None:
    for source in ("", "from mirage import args\nargs.get('--port')\n", "add('--port')\n"):
        assert read_arguments(source, ROWS, ()) is None


def test_all_is_asked_for() -> None:
    source = 'from mirage import args\nport = args.add("--port")\n'
    for other in ("from unikernel import *", "from unikernel import args", "unikernel.args"):
        used = asked_of_others([ast.parse(other)])
        assert str(read_arguments(source, ROWS, used)).startswith("from mirage import args\n")


def test_an_image_that_compiles_keeps_all_names(tmp_path: Path) -> None:
    """What it compiles may ask for any."""
    path = tmp_path / "unikernel.py"
    path.write_text('from mirage import args\nport = args.add("--port")\n')
    for compiles in (True, False):
        lowered = Lowered(tmp_path / str(compiles), ROWS, compiles=compiles)
        [module] = lowered.users([Module("unikernel", path)])
        assert ("import args" in module.path.read_text()) is compiles
        assert not lowered.imports()
