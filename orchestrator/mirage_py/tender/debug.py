"""Running an image under gdb."""

from __future__ import annotations

import shlex
import shutil
import socket
from dataclasses import dataclass, replace
from pathlib import Path

from mirage_py import catalog
from mirage_py.image import elf
from mirage_py.support import process
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


@dataclass(frozen=True)
class Debugging:
    """What debugs an image."""

    gdb: Command
    """The debugger, which talks with the user."""
    tender: Command | None
    """What runs the image and waits for the debugger; None if that runs the image itself."""


def debugging(request: Request) -> Debugging:
    """What debugs the image, from before its first instruction. Raises what is wrong with it."""
    if not request.image.is_file():
        raise NoImage(request.image)
    targets = catalog.targets(catalog.share())
    name = elf.read(request.image).target
    if name not in targets or not targets[name].gdb:
        raise NoDebugging(name, [one.name for one in targets.values() if one.gdb])
    target = targets[name]
    symbols = request.image.with_name(f"{request.image.name}.debug")
    if not symbols.is_file():
        raise NoSymbols(symbols)
    if shutil.which(target.gdb[0]) is None:
        raise ToolMissing(target.gdb[0], "to debug an image", f"apt install {target.gdb[0]}")
    port = free_port() if target.gdb_server else None
    chosen = command(replace(request, debug_port=port))
    filled = [word.format(symbols=symbols, port=port) for word in target.gdb]
    if port is not None:
        return Debugging(Command(tuple(filled), ()), chosen)
    return Debugging(Command((*filled, *chosen.argv), chosen.descriptors), None)


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as any_socket:
        any_socket.bind(("127.0.0.1", 0))
        return int(any_socket.getsockname()[1])


def debug(request: Request) -> int:
    """Debug the image; the debugger's exit status."""
    chosen = debugging(request)
    if chosen.tender is None:
        # The terminal, and Ctrl-C, are its own.
        process.become(chosen.gdb.argv, chosen.gdb.descriptors)
    return process.beside(chosen.tender.argv, chosen.tender.descriptors, chosen.gdb.argv)


def debug_lines(request: Request) -> list[str]:
    """The same as lines of shell."""
    chosen = debugging(request)
    server = [f"{shlex.join(chosen.tender.argv)} &"] if chosen.tender else []
    return [*server, shlex.join(chosen.gdb.argv)]
