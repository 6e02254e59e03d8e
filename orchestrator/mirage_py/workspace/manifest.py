"""The manifest of an image: which devices its tender must attach, as C that declares the note.

The format is targets/include/mft_abi.h's; the C uses its macros, so the layout is stated once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mirage_py.support.errors import MirageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mirage_py.graph.model import Attachment

NAME = re.compile(r"[A-Za-z0-9]{1,67}")
MAX_DEVICES = 63
TYPES = {"block": "MFT_DEV_BLOCK_BASIC", "net": "MFT_DEV_NET_BASIC"}


class BadManifest(MirageError):
    """A device that the manifest's format cannot hold."""


def manifest_source(attachments: Sequence[Attachment]) -> str:
    """The C source that declares these devices; to be compiled with targets/include in the include
    path and linked into the image. Raises BadManifest."""
    check(attachments)
    entries = len(attachments) + 1
    rows = [
        '{ .name = "", .type = MFT_RESERVED_FIRST }',
        *(f'{{ .name = "{item.name}", .type = {TYPES[item.kind]} }}' for item in attachments),
    ]
    return "\n".join(
        [
            "/* Written by mirage-py. */",
            f"#define MFT_ENTRIES {entries}",
            '#include "mft_abi.h"',
            "",
            "MFT1_NOTE_DECLARE_BEGIN",
            "{",
            f"    .version = MFT_VERSION, .entries = {entries},",
            "    .e = {",
            *(f"        {row}," for row in rows),
            "    }",
            "}",
            "MFT1_NOTE_DECLARE_END",
            "",
        ]
    )


def check(attachments: Sequence[Attachment]) -> None:
    """Raise BadManifest for what mft_abi.h or a tender's command line has no room for."""
    if len(attachments) > MAX_DEVICES:
        raise BadManifest(
            f"{len(attachments)} devices are declared, and an image can have {MAX_DEVICES}",
            position=attachments[MAX_DEVICES].position,
        )
    seen: dict[str, Attachment] = {}
    for item in attachments:
        if not NAME.fullmatch(item.name):
            raise BadManifest(
                f"the device name `{item.name}` cannot be used",
                position=item.position,
                hint="a device name is 1 to 67 letters (a to z) and digits, nothing else",
            )
        if item.kind not in TYPES:
            raise BadManifest(
                f"no tender attaches a device of kind `{item.kind}`", position=item.position
            )
        if item.name in seen:
            raise BadManifest(
                f"the device name `{item.name}` is used twice; first at {seen[item.name].position}",
                position=item.position,
            )
        seen[item.name] = item
