"""The keys of a configuration, and what is chosen for each on the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mirage_py.dsl.config import Config
from mirage_py.dsl.impl import AnyImpl, Choice, Declaration
from mirage_py.dsl.key import BadText, Key
from mirage_py.dsl.near import near
from mirage_py.graph.errors.keys import (
    BadKeyValue,
    BootArgument,
    DuplicateKey,
    MissingKey,
    UnknownKey,
)
from mirage_py.graph.model import Chosen
from mirage_py.support.errors import MirageError, Position

Texts = Mapping[str, Sequence[str | None]]
"""What was given for each `--NAME`: a text each time, None where it stood alone."""


@dataclass(frozen=True)
class Given:
    """The keys of a command line, and those that were remembered."""

    texts: Texts = field(default_factory=dict)
    options: tuple[str, ...] = ()
    """What else the command line could have meant by a name that is none."""


def heads(config: Config) -> Iterator[Declaration | Choice]:
    """Every declaration and choice that `config` leads to, whatever the keys choose, each once."""
    seen: set[int] = set()
    waiting: list[AnyImpl] = [*reversed(config.jobs), *reversed(config.init)]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        further = one.head.branches if isinstance(one.head, Choice) else one.head.extra_deps
        waiting += reversed((*one.arguments, *further))
        if id(one.head) not in seen:
            yield one.head
        seen |= {id(one), id(one.head)}


def keys(config: Config, mistakes: list[MirageError]) -> dict[str, Key[Any]]:
    """The keys of `config` by name. Two that say the same are one; others are a mistake."""
    found: dict[str, Key[Any]] = {}
    for head in heads(config):
        values = [head.value] if isinstance(head, Choice) else head.values
        for one in (key for value in values for key in value.keys):
            first = found.setdefault(one.name, one)
            if first.declaration != one.declaration:
                mistakes.append(DuplicateKey(one.name, first.position, one.position))
    return found


def choose(
    known: Mapping[str, Key[Any]], given: Texts, mistakes: list[MirageError]
) -> dict[str, Any]:
    """The value of each key: what was given, else its default. Names that are none are left to
    `unknown`."""
    values = {}
    for name, one in known.items():
        values[name] = one.default
        if name in given:
            try:
                values[name] = one.read(given[name])
            except BadText as error:
                mistakes.append(BadKeyValue(name, given[name], str(error), one.position))
        elif one.required:
            mistakes.append(MissingKey(name, one.docv, one.doc, one.position))
    return values


def chosen(
    known: Mapping[str, Key[Any]], values: Mapping[str, Any], given: Texts
) -> tuple[Chosen, ...]:
    """The keys and their values, in the order of their names."""
    return tuple(
        Chosen(name, values[name], name not in given, known[name].doc, known[name].position)
        for name in sorted(known)
    )


def unknown(
    known: Mapping[str, Key[Any]], given: Given, arguments: Mapping[str, Position]
) -> Iterator[MirageError]:
    """One mistake for each name in `given` that is no key; `arguments` are given at boot."""
    for name, texts in given.texts.items():
        if name in known:
            continue
        if name in arguments:
            text = next((f"={one}" for one in texts if one is not None), "")
            yield BootArgument(name, text, arguments[name])
        else:
            close = near(name, [*known, *arguments, *given.options])
            yield UnknownKey(name, close, sorted(known))
