"""From the command line of `run` to that of a tender."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mirage_py import catalog
from mirage_py.catalog.targets import Machine, Target
from mirage_py.image import elf
from mirage_py.support.errors import MirageError, raise_all
from mirage_py.tender import errors
from mirage_py.tender.check import check_devices
from mirage_py.tender.choose import choose, choose_debug
from mirage_py.tender.machine import machine_words
from mirage_py.tender.needs import check_kvm, check_memory
from mirage_py.tender.options import parse
from mirage_py.tender.quote import quote_all


@dataclass(frozen=True)
class Request:
    """What the user asked `run` for."""

    image: Path
    target: str | None = None
    memory: int | None = None
    devices: Sequence[str] = ()
    """As written: `--block:storage=disk.img`."""
    arguments: Sequence[str] = ()
    tender: str | None = None
    machine: str | None = None
    """Which of the machines that the target has: `q35`."""
    debug_port: int | None = None
    """Where a tender for debugging waits for the debugger."""
    shown: bool = False
    """Whether the command is only to be shown: maybe for a machine that has what this one lacks."""


@dataclass(frozen=True)
class Command:
    """What runs the image."""

    argv: tuple[str, ...]
    descriptors: tuple[int, ...]
    """Open files that the tender is given by number."""
    machine: Machine | None = None
    """If it is one: the image's exit status is then in `status`, not the program's own."""
    status: Path | None = None


def command(request: Request, folder: Path | None = None) -> Command:
    """The tender's command line for `request`; what it needs beside goes to `folder`, if it is not
    only to be shown. Raises what is wrong with it, all at once."""
    if not request.image.is_file():
        raise errors.NoImage(request.image)
    image = elf.read(request.image)
    if request.target not in {None, image.target}:
        raise errors.WrongTarget(request.image, image.target, str(request.target))
    target = catalog.targets(catalog.share()).get(image.target)
    if target is None:
        raise elf.NotAnImage(request.image, f"nothing here runs images for `{image.target}`")
    if image.arch not in target.arches:
        raise errors.WrongArch(request.image, image.arch, target.name, target.arches)
    mistakes: list[MirageError] = []
    options = parse(request.devices, mistakes)
    mistakes += check_devices({device.name: device.kind for device in image.devices}, options)
    mistakes += check_memory(image, target, request.memory)
    mistakes += [] if request.shown else check_kvm(target)
    mistakes += check_machine(target, request.machine)
    raise_all(mistakes)
    numbers = tuple(
        int(one.value[1:]) for one in options if one.kind == "net" and one.value.startswith("@")
    )
    arguments = quote_all(request.arguments)
    program, *own = tender_words(request, target)
    if target.machine is None:
        memory = [] if request.memory is None else [f"--mem={request.memory}"]
        devices = [str(option) for option in options]
        image_word = [] if target.runs_itself else [str(request.image)]
        return Command((program, *own, *memory, *devices, "--", *image_word, *arguments), numbers)
    status = folder / "status" if folder else None
    values = {
        "machine": request.machine or target.machine.kinds[0],
        "image": str(without_spaces(request.image, folder) if folder else request.image),
        "memory": str(request.memory or target.machine.memory),
        "arguments": " ".join(arguments),
        "status": str(status or os.devnull),
    }
    names = [device.name for device in image.devices]
    words = machine_words(target.machine, names, options, values)
    return Command((program, *words), numbers, target.machine, status)


def check_machine(target: Target, given: str | None) -> Iterator[MirageError]:
    """Whether the target has the machine that was asked for."""
    kinds = target.machine.kinds if target.machine else ()
    if given is not None and given not in kinds:
        yield errors.UnknownMachine(target.name, given, kinds)


def tender_words(request: Request, target: Target) -> list[str]:
    """The tender, and options of its own. Raises what is wrong with it."""
    if target.runs_itself:
        return [itself(request)]
    if request.debug_port is None:
        return [str(choose(target, request.tender))]
    waiting = [word.format(port=request.debug_port) for word in target.gdb_server]
    return [str(choose_debug(target, request.tender)), *waiting]


def itself(request: Request) -> str:
    """An image as a program. Raises what is wrong with that."""
    image = request.image
    if request.tender:
        raise errors.NeedsNoTender(image)
    if not os.access(image, os.X_OK):
        raise errors.NotExecutable(image)
    # With a slash, or it would be looked for on PATH.
    return str(image) if image.parent.parts else f"./{image}"


def without_spaces(image: Path, folder: Path) -> Path:
    """Another path to `image` if its own has spaces: machines put the path before the arguments,
    where the first space ends it."""
    if not any(character.isspace() for character in str(image)):
        return image
    link = folder / "image"
    link.symlink_to(image.absolute())
    return link
