"""Names on the command line that are no keys: what each is instead, or may have meant."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mirage_py.dsl.argument import Argument
from mirage_py.dsl.config import Config
from mirage_py.graph.common_arguments import FIRST, IGNORED
from mirage_py.graph.errors.keys import BootArgument, OtherVerb, UnknownKey, UnusedKey
from mirage_py.graph.keys import Given, keys
from mirage_py.support.errors import MirageError
from mirage_py.support.near import near

Arguments = Mapping[str, Argument[Any]]
COMMON = (*FIRST, *IGNORED)


def by_name(arguments: Sequence[Argument[Any]]) -> dict[str, Argument[Any]]:
    """The boot arguments of an image, those that every image has included, by all their names."""
    every = (*COMMON, *arguments)
    return {name: one for one in every for name in (one.name, one.short) if name}


def unknown(config: Config, given: Given, arguments: Arguments) -> Iterator[MirageError]:
    """One mistake for each name in `given` that is no key; `arguments` are given at boot."""
    known = keys(config)
    unused = {one.name: one.position for one in config.keys}
    for name, texts in given.texts.items():
        if name in known:
            continue
        words = [word(name, one) for one in texts]
        verbs = other_verbs(name, given)
        if name in unused:
            yield UnusedKey(name, unused[name])
        elif name in arguments:
            one = arguments[name]
            yield BootArgument(name, words, None if one in COMMON else one.position)
        elif verbs:
            yield OtherVerb(name, verbs)
        else:
            close = near(name, [*known, *arguments, *given.options])
            at_boot = [word(close, one) for one in texts] if close in arguments else []
            yield UnknownKey(name, close, sorted(known), at_boot)


def word(name: str | None, text: str | None) -> str:
    """An option as it is typed; behind a short one of an image, `=` would be of the value."""
    between = "=" if str(name).startswith("--") else ""
    return shlex.quote(f"{name}" if text is None else f"{name}{between}{text}")


def other_verbs(name: str, given: Given) -> Sequence[str]:
    """The verbs that have the option `name`; of `--net:NAME=IF`, every `--net:` is one."""
    form = name.partition(":")[0] + ":" if ":" in name else name
    found = [one for one in given.reserved if one == form or one.startswith(form + "NAME")]
    return given.reserved[found[0]] if found else ()
