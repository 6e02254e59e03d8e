"""Origin `pypi`: an sdist or a wheel, from the indexes that pip asks: see pip_sdist.py."""

from __future__ import annotations

import importlib.util
import os
import sys
from typing import TYPE_CHECKING

from mirage_py.sources import pip_sdist
from mirage_py.sources.request import Fetched
from mirage_py.support import process
from mirage_py.support.errors import ToolFailed

if TYPE_CHECKING:
    from mirage_py.sources.request import Request

PASSED_ON = ("PIP_", "XDG_CONFIG_", "REQUESTS_CA_BUNDLE", "NETRC")
"""What pip's settings may come from; its configuration files it finds itself."""


def fetch(request: Request) -> Fetched:
    """The file, as its index has it; nothing of it is run. Raises OriginFailed."""
    where = f"{request['file']} through pip"
    if importlib.util.find_spec("pip") is None:
        how = "add it with `python -m ensurepip`, or `pip install` into this environment"
        raise request.failed(where, "this Python has no pip", how)
    patience = request.patience
    path = request.archive
    argv = [
        sys.executable,
        "-P",  # or our url.py, path.py, … would stand in the way of others of these names
        pip_sdist.__file__,
        "-vv",  # else pip does not say why an index gave nothing
        f"--timeout={max(1, int(patience.stall))}",
        f"--retries={patience.tries - 1}",
        request["name"],
        request["file"],
        str(path),
        str(request.max_bytes),
    ]
    try:
        process.run(argv, env=settings(), timeout=patience.total)
    except ToolFailed as error:
        failure = request.tool_failed(where, error)
        failure.hint = "see `pip config list` for the indexes that are asked, and the pinned file"
        raise failure from None
    return Fetched(path, where)


def settings() -> dict[str, str]:
    """The part of the environment that pip reads its settings from."""
    return {name: value for name, value in os.environ.items() if name.startswith(PASSED_ON)}
