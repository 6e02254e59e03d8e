"""From the command line of `run` to that of a tender."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mirage_py import catalog
from mirage_py.dsl.session import raise_all
from mirage_py.image import elf
from mirage_py.support.errors import MirageError
from mirage_py.tender import errors
from mirage_py.tender.check import check_devices
from mirage_py.tender.choose import choose
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


@dataclass(frozen=True)
class Command:
    """What runs the image."""

    argv: tuple[str, ...]
    descriptors: tuple[int, ...]
    """Open files that the tender is given by number."""


def command(request: Request) -> Command:
    """The tender's command line for `request`. Raises what is wrong with it, all at once."""
    if not request.image.is_file():
        raise errors.NoImage(request.image)
    image = elf.read(request.image)
    if request.target not in {None, image.target}:
        raise errors.WrongTarget(request.image, image.target, str(request.target))
    target = catalog.targets(catalog.share()).get(image.target)
    if target is None:
        raise elf.NotAnImage(request.image, f"nothing here runs images for `{image.target}`")
    mistakes: list[MirageError] = []
    options = parse(request.devices, mistakes)
    mistakes += check_devices({device.name: device.kind for device in image.devices}, options)
    if request.memory is not None and request.memory < target.min_memory:
        mistakes.append(errors.TooLittleMemory(request.memory, target.min_memory, target.name))
    raise_all(mistakes)
    memory = [] if request.memory is None else [f"--mem={request.memory}"]
    devices = [str(option) for option in options]
    numbers = [
        int(one.value[1:]) for one in options if one.kind == "net" and one.value.startswith("@")
    ]
    arguments = quote_all(request.arguments)
    tender = choose(target, request.tender)
    argv = (str(tender), *memory, *devices, "--", str(request.image), *arguments)
    return Command(argv, tuple(numbers))
