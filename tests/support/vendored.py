"""Vendored sources, unpacked: C that drivers stand on."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from mirage_py import catalog, sources


@cache
def tree(name: str) -> Path:
    """A vendored source, or the tree that MIRAGE_PY_TEST_<NAME> names."""
    given = os.environ.get(f"MIRAGE_PY_TEST_{name.upper()}")
    if given:
        return Path(given)
    return sources.trees([catalog.vendored(catalog.share())[name]])[name]


def picohttpparser() -> Path:
    """The folder with picohttpparser.c and its header."""
    return tree("picohttpparser") / "src" / "gunicorn_h1c" / "picohttpparser"


def driver_headers() -> list[Path]:
    """The folders of what drivers include of vendored sources, and of our settings for them."""
    vendor = catalog.share() / "runtime_c" / "vendor"
    return [
        picohttpparser(),
        tree("lwip") / "src" / "include",
        vendor / "lwip" / "overlay",
        vendor / "mbedtls" / "overlay" / "include",
        tree("mbedtls") / "include",
        tree("micropython"),
    ]
