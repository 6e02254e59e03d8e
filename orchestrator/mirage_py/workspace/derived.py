"""What is derived of the text of a module alone: many builds ask it of the same modules, and the
cache keeps the answers.

An answer stands under a hash of the text, of the code that derives it, and of the Python that runs
that. It begins with the hash of the rest: one that is damaged, or half-written, is made again.
"""

from __future__ import annotations

import functools
import hashlib
import json
import sys
from contextlib import suppress
from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mirage_py import graph, lower
from mirage_py.graph.facts import Asked, Facts, asked, facts
from mirage_py.graph.imports import Import
from mirage_py.sources.cache import Cache
from mirage_py.support import parse
from mirage_py.support.files import sha256_tree, write_atomically
from mirage_py.support.parse import source_text

if TYPE_CHECKING:
    from collections.abc import Callable

FACTS, LOWERED = "facts", "lowered"
"""Shelves of the cache."""
CODE = (Path(graph.__file__).parent, Path(lower.__file__).parent, Path(parse.__file__))
"""What derives."""


@functools.cache
def rules() -> str:
    """A hash of the code that derives, and of the Python that runs it."""
    return f"{sha256_tree(CODE)} {sys.version}"


def derived(shelf: str, told: str, text: str, make: Callable[[], Any]) -> Any:
    """What `make` makes of a text, plain values that JSON can say: made once, and found in the
    cache from then on. `told` is what else it depends on."""
    named = f"{rules()} {told}\n{text}".encode(errors="surrogatepass")
    cache = Cache.of_user()
    kept = cache.entry(shelf, hashlib.sha256(named).hexdigest())
    with suppress(OSError, ValueError):
        hashed, _, content = kept.read_bytes().partition(b"\n")
        if hashlib.sha256(content).hexdigest().encode() == hashed:
            cache.used(kept)
            return json.loads(content)
    made = make()
    content = json.dumps(made, separators=(",", ":")).encode()
    with suppress(OSError):  # without a cache, it is made again
        write_atomically(kept, hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
    return made


def rewritten(
    source: str, *, package: bool, annotated: bool = False, documents: bool = False
) -> str | None:
    """What `lower` makes of a module's text. Raises SyntaxError."""
    made: str | None = derived(
        LOWERED,
        f"lower {package} {annotated} {documents}",
        source,
        lambda: lower.lower(source, package=package, annotated=annotated, documents=documents),
    )
    return made


def facts_of(path: Path, package: str) -> Facts:
    """The facts of the module at `path`, whose relative imports start from `package`."""
    text = source_text(path)
    return known_facts(
        derived(FACTS, f"facts {package}", text, lambda: plain_facts(facts(text, package)))
    )


def plain_facts(found: Facts) -> dict[str, Any]:
    """Facts as JSON says them."""
    return {one.name: plain(getattr(found, one.name)) for one in fields(found)}


def plain(value: Any) -> Any:
    """A field of theirs."""
    match value:
        case dict():
            return {key: sorted(one) for key, one in sorted(value.items())}
        case frozenset():
            return sorted(value)
        case _:
            return value


def known_facts(kept: dict[str, Any]) -> Facts:
    """Facts again, of what was kept of them."""
    return Facts(
        imports=tuple(kept["imports"]),
        mentions=frozenset(kept["mentions"]),
        lazy={name: frozenset(one) for name, one in kept["lazy"].items()},
        defined=frozenset(kept["defined"]),
        assigned=frozenset(kept["assigned"]),
        taken={name: frozenset(one) for name, one in kept["taken"].items()},
        native=None if kept["native"] is None else frozenset(kept["native"]),
        keywords=frozenset(kept["keywords"]),
    )


def asked_of(text: str, package: str) -> Asked:
    """What a module of a package asks of others. Raises SyntaxError and ValueError."""
    kept = derived(FACTS, f"asked {package}", text, lambda: astuple(asked(text, package)))
    imports, attributes, reads_files, annotations, docs, compiles = kept
    return Asked(
        known_imports(imports),
        known_imports(attributes),
        reads_files,
        annotations,
        docs,
        tuple((name, line, shown) for name, line, shown in compiles),
    )


def known_imports(kept: list[Any]) -> tuple[tuple[Import, str], ...]:
    """Imports again, each with its line."""
    names = [one.name for one in fields(Import)]
    return tuple((Import(**dict(zip(names, one, strict=True))), line) for one, line in kept)
