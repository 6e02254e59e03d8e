"""The manifest: the devices that the tender must attach, under the names that the user gave."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mirage_py.dsl.config import Config
from mirage_py.graph.devices import Node
from mirage_py.graph.errors.devices import DuplicateDeviceName, InvalidDeviceName, TooManyDevices
from mirage_py.graph.model import Attachment
from mirage_py.support.errors import MirageError

# Both limits are Solo5's (mft_abi.h): the manifest's first entry is reserved.
MOST_DEVICES = 63
LONGEST_NAME = 67
NAME = re.compile(rf"[A-Za-z0-9]{{1,{LONGEST_NAME}}}")


def manifest(
    nodes: Iterable[Node], config: Config, mistakes: list[MirageError]
) -> tuple[Attachment, ...]:
    """The entries for the devices `nodes`, in their order; what is wrong is added to `mistakes`."""
    entries: dict[str, Attachment] = {}
    for node in nodes:
        if node.settled.attach is None:
            continue
        kind, name = node.settled.attach
        position = node.declaration.position
        if not NAME.fullmatch(name):
            mistakes.append(InvalidDeviceName(name, LONGEST_NAME, position))
        if name in entries:
            mistakes.append(DuplicateDeviceName(name, entries[name].position, position))
        else:
            entries[name] = Attachment(name, kind, position)
    if len(entries) > MOST_DEVICES:
        mistakes.append(TooManyDevices(len(entries), MOST_DEVICES, config.position))
    return tuple(entries.values())
