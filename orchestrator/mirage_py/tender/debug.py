"""Running an image under gdb."""

from __future__ import annotations

import shutil
from pathlib import Path

from mirage_py import catalog
from mirage_py.image import elf
from mirage_py.support.errors import MirageError, ToolMissing
from mirage_py.tender.command import Command, Request, command
from mirage_py.tender.errors import NoImage


class NoDebugging(MirageError):
    exit_code = 2

    def __init__(self, target: str, others: list[str]) -> None:
        names = " or ".join(f"`-t {name}`" for name in others)
        super().__init__(
            f"`--gdb` does not work with an image for `{target}`", hint=f"build with {names}"
        )


class NoSymbols(MirageError):
    """An image without the file of its symbols."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"there is no {path}", hint="`mirage-py build` leaves it beside the image")


def debugger(request: Request) -> Command:
    """The command that runs gdb on the image, ready to type `run`. Raises what is wrong with it."""
    if not request.image.is_file():
        raise NoImage(request.image)
    targets = catalog.targets(catalog.share())
    name = elf.read(request.image).target
    words = targets[name].gdb if name in targets else ()
    if not words:
        raise NoDebugging(name, [one.name for one in targets.values() if one.gdb])
    symbols = request.image.with_name(f"{request.image.name}.debug")
    if not symbols.is_file():
        raise NoSymbols(symbols)
    if shutil.which(words[0]) is None:
        raise ToolMissing(words[0], "to debug an image", f"apt install {words[0]}")
    chosen = command(request)
    filled = [word.format(symbols=symbols) for word in words]
    return Command((*filled, *chosen.argv), chosen.descriptors)
