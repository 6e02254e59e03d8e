"""`inspect`: what an image is, read back from its file."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mirage_py.cli.common import Json, Settings
from mirage_py.support.errors import MirageError

if TYPE_CHECKING:
    from mirage_py.image.elf import Contents

MOST_INFORMATION = 4 << 20
"""Bytes: licence texts are a hundredth of that, and a few bytes can unpack to any number."""


class NoFile(MirageError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"there is no file {path}", hint="`mirage-py build` leaves images in dist/"
        )


def inspect(
    settings: Settings,
    image: Annotated[Path, typer.Argument(metavar="IMAGE")],
    licences: Annotated[
        bool, typer.Option("--licences", help="Show the licence texts of all that is linked.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show target, devices, memory, sizes and licences of an image."""
    from mirage_py.image import elf

    if not image.is_file():
        raise NoFile(image)
    contents = elf.read(image)
    about = information(image)
    if as_json:
        size = image.stat().st_size
        whole = {"path": str(image), "size": size, **asdict(contents), **about}
        typer.echo(json.dumps(whole, indent=2))
        return
    for line in texts(about) if licences else lines(image, contents, about):
        typer.echo(line)


def information(image: Path) -> dict[str, Any]:
    """What the build wrote into the image beside what is loaded; empty if there is nothing."""
    from mirage_py.image import elf
    from mirage_py.image.link import INFO_SECTION

    packed = elf.section(image, INFO_SECTION)
    if packed is None:
        return {}
    try:
        return checked(json.loads(unpacked(packed)))
    except (zlib.error, ValueError, TypeError, RecursionError) as error:
        raise elf.NotAnImage(image, f"its section {INFO_SECTION} is damaged ({error})") from None


def unpacked(packed: bytes) -> bytes:
    """What was compressed. Raises ValueError if it is not all there, or absurdly much."""
    stream = zlib.decompressobj()
    data = stream.decompress(packed, MOST_INFORMATION)
    if not stream.eof:
        raise ValueError("it does not end" if stream.unconsumed_tail else "it is cut off")
    return data


def checked(about: Any) -> dict[str, Any]:
    """`about` if it is what the build writes. Raises TypeError."""
    if not isinstance(about, dict):
        raise TypeError("it is not a table")
    sources = about.get("sources", [])
    fits = {
        "archives": is_table(about.get("archives", {}), int),
        "toolchain": is_table(about.get("toolchain", {}), str),
        "sources": isinstance(sources, list) and all(is_source(one) for one in sources),
    }
    for key, it_fits in fits.items():
        if not it_fits:
            raise TypeError(f"`{key}` is not what a build writes")
    return about


def is_table(value: Any, kind: type) -> bool:
    return isinstance(value, dict) and all(isinstance(one, kind) for one in value.values())


def is_source(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    words, texts = [value.get(key) for key in ("name", "version", "licence")], value.get("texts")
    return isinstance(texts, list) and all(isinstance(one, str) for one in (*words, *texts))


def lines(image: Path, contents: Contents, about: dict[str, Any]) -> Iterator[str]:
    """The image for a person to read, a line at a time."""
    yield f"Image     {image}, {image.stat().st_size} bytes"
    yield f"Target    {contents.target}, ABI version {contents.abi_version}"
    yield f"Entry     {contents.entry:#x}"
    yield from table(
        "Manifest", [f"{one.kind:<6} {one.name}" for one in contents.devices], empty="no devices"
    )
    yield from table(
        "Segments",
        [
            f"{one.permissions}  {one.address:#010x}  {one.size:>9} bytes in memory, "
            f"{one.file_size} in the file"
            for one in contents.segments
        ],
    )
    yield from table(
        "Sections", [f"{one.name:<24} {one.size:>9} bytes" for one in contents.sections]
    )
    sizes = about.get("archives", {})
    yield from table("Archives", [f"{name:<24} {size:>9} bytes" for name, size in sizes.items()])
    sources = about.get("sources", [])
    yield from table(
        "Sources", [f"{one['name']} {one['version']}, {one['licence']}" for one in sources]
    )
    yield from table("Toolchain", list(about.get("toolchain", {}).values()))
    if sources:
        yield "Licences  `mirage-py inspect --licences` shows their texts"


def table(title: str, rows: list[str], *, empty: str = "not recorded") -> Iterator[str]:
    """A title, and below it the rows."""
    yield title if rows else f"{title:<9} {empty}"
    yield from (f"  {row}" for row in rows)


def texts(about: dict[str, Any]) -> Iterator[str]:
    """The licence texts of what is linked."""
    for source in about.get("sources", []):
        yield f"{source['name']} {source['version']} ({source['licence']})"
        yield from ("", *source["texts"], "")
