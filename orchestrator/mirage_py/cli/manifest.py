"""`manifest`: the devices of a C program, from Solo5's manifest.json to C that declares them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mirage_py.cli.common import Settings
from mirage_py.support.errors import MirageError


class NoManifest(MirageError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"there is no file {path}",
            hint="`mirage-py manifest --help` shows what a manifest.json holds",
        )


def manifest(
    settings: Settings,
    source: Annotated[Path, typer.Argument(metavar="FILE.json")],
    output: Annotated[
        Path | None,
        typer.Option("-o", metavar="FILE.c", help="Where to write.  [default: standard output]"),
    ] = None,
) -> None:
    """Write the C that declares the devices of a manifest.json.

    \b
    {"type": "solo5.manifest", "version": 1,
     "devices": [{"name": "service", "type": "NET_BASIC"},
                 {"name": "storage", "type": "BLOCK_BASIC"}]}
    """
    from mirage_py.support.files import write_if_changed
    from mirage_py.workspace.manifest import manifest_source
    from mirage_py.workspace.manifest_json import read_manifest

    if not source.is_file():
        raise NoManifest(source)
    text = manifest_source(read_manifest(source))
    if output:
        write_if_changed(output, text)
    else:
        typer.echo(text, nl=False)
