"""The keys of a configuration, and what is chosen for each on the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mirage_py.dsl.config import Config
from mirage_py.dsl.impl import AnyImpl, Choice, Declaration
from mirage_py.dsl.key import BadText, Key
from mirage_py.graph.errors.keys import (
    BadKeyValue,
    DuplicateKey,
    KeyIsOption,
    MissingKey,
)
from mirage_py.graph.model import Chosen
from mirage_py.support.errors import MirageError
from mirage_py.support.near import near

Texts = Mapping[str, Sequence[str | None]]
"""What was given for each `--NAME`: a text each time, None where it stood alone."""


@dataclass(frozen=True)
class Given:
    """The keys of a command line, and those that were remembered."""

    texts: Texts = field(default_factory=dict)
    remembered: frozenset[str] = frozenset()
    """Those of them that were remembered, and not given now."""
    options: tuple[str, ...] = ()
    """What else the command line could have meant by a name that is none."""
    reserved: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Names that no key can have, and the verbs that take them for an option of theirs."""
    keep: tuple[str, ...] = ()
    """Modules that the image holds though nothing imports them by name: `thing.plugin`, or
    `thing.*` for all below `thing`."""


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


def keys(config: Config) -> dict[str, Key[Any]]:
    """The keys that anything in `config` looks at, by name; of several of one name the first."""
    found: dict[str, Key[Any]] = {}
    for one in every_key(config):
        found.setdefault(one.name, one)
    return found


def every_key(config: Config) -> Iterator[Key[Any]]:
    """The keys of all devices and choices of `config`."""
    for head in heads(config):
        values = [head.value] if isinstance(head, Choice) else head.values
        yield from (key for value in values for key in value.keys)


def choose(config: Config, given: Given, mistakes: list[MirageError]) -> dict[str, Any]:
    """The value of each key: what was given, else its default. One whose value is in doubt is left
    out, and why is added to `mistakes`; names that are no keys are left to `unknown`."""
    known, values = keys(config), {}
    every = (*every_key(config), *config.keys)  # those that nothing looks at are declared, too
    wrong = {one.name for one in every if not one.sound}
    firsts: dict[str, Key[Any]] = {}
    for one in every:
        first = firsts.setdefault(one.name, one)
        if one.declaration != first.declaration and one.name not in wrong:
            mistakes.append(DuplicateKey(one.name, first.position, one.position))
            wrong.add(one.name)
    for one in {one.name: one for one in (*config.keys, *known.values())}.values():
        if one.name in given.reserved:
            mistakes.append(KeyIsOption(one.name, one.position))
            wrong.add(one.name)
    for name, one in known.items():
        if name in wrong:
            continue
        if name in given.texts:
            try:
                values[name] = one.read(given.texts[name])
            except BadText as error:
                mistakes.append(wrong_value(one, given, str(error)))
        elif one.required:
            mistakes.append(MissingKey(name, one.docv, one.doc, one.position))
        else:
            values[name] = one.default
    return values


def wrong_value(key: Key[Any], given: Given, why: str) -> BadKeyValue:
    """The mistake that what was given for `key` is."""
    texts = given.texts[key.name]
    typed = next((text for text in texts if text not in key.choices), None)
    close = near(typed, map(str, key.choices)) if typed else None
    return BadKeyValue(
        key.name,
        texts,
        why,
        key.position,
        example=f"{key.name}={close}" if close else key.example,
        remembered=key.name in given.remembered,
    )


def chosen(config: Config, values: Mapping[str, Any], given: Texts) -> tuple[Chosen, ...]:
    """The keys and their values, in the order of their names."""
    known = keys(config)
    return tuple(
        Chosen(name, values[name], name not in given, known[name].doc, known[name].position)
        for name in sorted(known)
    )
