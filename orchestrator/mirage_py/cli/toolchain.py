"""`toolchain`: what builds C programs for a target, registered with pkg-config."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from mirage_py.cli.common import Json, Settings, Target

if TYPE_CHECKING:
    from pathlib import Path

    from mirage_py.workspace.kit import Kit


def toolchain(
    settings: Settings,
    *,
    target: Target = None,
    path_only: Annotated[
        bool,
        typer.Option("--pkg-config-path", help="Only the folder to put into PKG_CONFIG_PATH."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Show the Meson cross file and the flags that build C programs for a target.

    \b
    A program written for solo5.h is compiled and linked with
      export PKG_CONFIG_PATH=$(mirage-py toolchain -t hvt --pkg-config-path)
      mirage-py manifest manifest.json -o manifest.c
      cc main.c manifest.c $(pkg-config --cflags --libs mirage-py-hvt) -o main.hvt
    """
    from mirage_py.cli.stages import target_of
    from mirage_py.sources.cache import Cache
    from mirage_py.support.console import step
    from mirage_py.workspace.kit import kit_of

    wanted = target_of(target)
    with step(f"compiling the boot code of {wanted.name}"):
        kit = kit_of(wanted, Cache.of_user())
    if path_only:
        typer.echo(str(kit.folder))
    elif as_json:
        typer.echo(json.dumps(described(kit), indent=2))
    else:
        for line in lines(kit):
            typer.echo(line)


def pkgconf() -> Path:
    """The pkg-config that came with us; the host may have none."""
    import pkgconf as package

    return package.get_executable()


def described(kit: Kit) -> dict[str, object]:
    """The kit as plain values."""
    from mirage_py.lock import compiler_command

    return {
        "target": kit.target.name,
        "arch": kit.arch,
        "package": kit.package,
        "pkg_config_path": str(kit.folder),
        "pkg_config": str(pkgconf()),
        "compiler": compiler_command(),
        "c_args": kit.compile_flags(),
        "link_args": kit.link_flags(),
        "cross_file": kit.cross_file(pkgconf()),
    }


def lines(kit: Kit) -> Iterator[str]:
    """A cross file, with the flags in comments."""
    yield f"# PKG_CONFIG_PATH={kit.folder}"
    yield f"# {kit.package}, compile: {shlex.join(kit.compile_flags())}"
    yield f"# {kit.package}, link: {shlex.join(kit.link_flags())}"
    yield from kit.cross_file(pkgconf()).splitlines()
