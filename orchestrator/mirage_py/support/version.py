"""This program's own version: of the installed distribution, or of the checkout it is run from."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3] / "pyproject.toml"


@cache
def version() -> str:
    """The version of mirage-py, as in `0.1.0`."""
    if CHECKOUT.is_file():
        return str(tomllib.loads(CHECKOUT.read_text(encoding="utf-8"))["project"]["version"])
    return metadata.version("mirage-py")
