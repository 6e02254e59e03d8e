"""`run`: run an image, built first if it is not given."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mirage_py.cli.at_boot import project_keys, refuse_keys, refuse_strangers
from mirage_py.cli.common import DryRun, Memory, Offline, Sanitize, Settings, Target
from mirage_py.cli.keys import Keys, KeysCommand, remember
from mirage_py.cli.stages import planned
from mirage_py.support.errors import MirageError
from mirage_py.support.near import near
from mirage_py.tender.options import FORMS, is_device_option

if TYPE_CHECKING:
    from collections.abc import Sequence


Argument = Annotated[list[str] | None, typer.Option("--argument", hidden=True)]
"""Boot arguments, behind `--`."""


class BuiltAlready(MirageError):
    """An option of `build` for an image that is given."""

    exit_code = 2

    def __init__(self, image: Path, option: str, close: str | None) -> None:
        meant = close if close != option else None
        super().__init__(
            f"`{option}` says how to build an image, and {image} is one",
            hint=f"leave it out; or did you mean `{meant}`?" if meant else "leave one of them out",
        )


class RunCommand(KeysCommand):
    """Takes the tenders' device options and, behind `--`, the guest's arguments out of the way of
    the parser: both become values of hidden options."""

    forms = FORMS

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        ours, guests = behind(args)
        devices = [f"--device={one}" for one in ours if is_device_option(one)]
        plain = [one for one in ours if not is_device_option(one)]
        return super().parse_args(ctx, [*plain, *devices, *guests])


def behind(args: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words before `--`, and those behind it, as values of a hidden option: the guest's."""
    end = args.index("--") if "--" in args else len(args)
    return list(args[:end]), [f"--argument={one}" for one in args[end + 1 :]]


def run(
    settings: Settings,
    *,
    image: Annotated[
        Path | None, typer.Argument(metavar="IMAGE", help="[default: build, and run dist/]")
    ] = None,
    target: Target = None,
    memory: Memory = None,
    tender: Annotated[
        str | None, typer.Option(metavar="PATH", help="The program that runs the image.")
    ] = None,
    machine: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The machine, for virtio: pc or q35.  [default: pc]"),
    ] = None,
    gdb: Annotated[bool, typer.Option("--gdb", help="Run the image under gdb.")] = False,
    sanitize: Sanitize = False,
    dry_run: DryRun = False,
    offline: Offline = False,
    keys: Keys = None,
    device: Annotated[list[str] | None, typer.Option("--device", hidden=True)] = None,
    argument: Argument = None,
) -> int:
    """Run an image: `mirage-py run [OPTIONS] [IMAGE] [-- ARGS]`.

    \b
    Devices, as the tenders take them:
      --net:NAME=IF|@FD            a network interface, or an open tap device
      --net-mac:NAME=MAC           its hardware address
      --block:NAME=PATH            a file
      --block-sector-size:NAME=N   its block size in bytes
    """
    from mirage_py.tender.command import Request, command
    from mirage_py.tender.debug import debug, debug_lines
    from mirage_py.tender.execute import execute

    if image is None:
        from mirage_py.cli.build import built

        graph = planned(settings, target, sanitize=sanitize, keys=keys)
        refuse_strangers(graph, argument or ())
        image = built(graph, offline=offline).path
        remember(graph.config.root, keys)
    elif sanitize or keys:
        option = "--sanitize" if sanitize else (keys or [""])[0].partition("=")[0]
        raise BuiltAlready(image, option, near(option, settings.options))
    elif argument:
        refuse_keys(project_keys(settings, image), argument)
    request = Request(
        image, target, memory, device or (), argument or (), tender, machine, shown=dry_run
    )
    if dry_run:
        lines = debug_lines(request) if gdb else [shlex.join(command(request).argv)]
        typer.echo("\n".join(lines))
        return 0
    return debug(request) if gdb else execute(request)
