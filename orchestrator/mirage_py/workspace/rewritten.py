"""Modules of packages and of the library as MicroPython reads them: many images hold the same, and
the cache keeps what was made of each."""

from __future__ import annotations

import functools
import hashlib
import sys
from contextlib import suppress
from pathlib import Path

from mirage_py import lower
from mirage_py.sources.cache import Cache
from mirage_py.support.files import sha256_tree, write_atomically

SHELF = "lowered"


@functools.cache
def rules() -> str:
    """A hash of the code that rewrites, and of the Python that runs it."""
    return f"{sha256_tree([Path(lower.__file__).parent])} {sys.version}"


def rewritten(source: str, *, package: bool) -> str | None:
    """What `lower` makes of a module's text. Raises SyntaxError."""
    told = f"{rules()} {package}\n{source}".encode(errors="surrogatepass")
    cache = Cache.of_user()
    kept = cache.entry(SHELF, hashlib.sha256(told).hexdigest())
    with suppress(OSError, UnicodeDecodeError):
        text = kept.read_text(encoding="utf-8")
        cache.used(kept)
        return text or None
    made = lower.lower(source, package=package)
    with suppress(OSError, UnicodeEncodeError):  # without a cache, it is made again
        write_atomically(kept, made or "")
    return made
