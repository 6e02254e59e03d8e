"""`lock`: pin every input of a build in mirage-py.lock."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from mirage_py.cli.common import DryRun, Json, Settings, Target
from mirage_py.cli.keys import Keys
from mirage_py.cli.stages import planned, shown
from mirage_py.support.console import log
from mirage_py.support.errors import MirageError


class NamesAlone(MirageError):
    exit_code = 2

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            "names say what to upgrade, and --upgrade is not given",
            hint=f"`mirage-py lock --upgrade {' '.join(names)}`; without names, all that is "
            "missing is locked",
        )


def lock(
    settings: Settings,
    *,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="With --upgrade: only these; default all."),
    ] = None,
    upgrade: Annotated[
        bool, typer.Option("--upgrade", help="Take what is new, in place of what is locked.")
    ] = False,
    target: Target = None,
    dry_run: DryRun = False,
    as_json: Json = False,
    keys: Keys = None,
) -> None:
    """Write mirage-py.lock; what is locked stays, unless --upgrade is given."""
    from mirage_py.lock import EVERYTHING, NAME, settle
    from mirage_py.workspace.layout import unpacked

    if names and not upgrade:
        raise NamesAlone(names)
    chosen = (names or EVERYTHING) if upgrade else ()
    graph = planned(settings, target, keys=keys)
    settled = settle(graph, upgrade=chosen, write=not dry_run, check=unpacked)
    if as_json:
        whole = {
            "sources": [
                {
                    "name": one.name,
                    "version": one.version,
                    "licence": one.licence,
                    "origins": [
                        {"kind": origin.kind, **origin.where, "sha256": origin.sha256}
                        for origin in one.origins
                    ],
                }
                for one in settled.sources
            ],
            "packages": [
                {
                    "name": one.name,
                    "version": one.version,
                    "licence": one.licence,
                    "requires": list(one.requires),
                    "origin": {"kind": one.origins[0].kind, **one.origins[0].where}
                    | {"sha256": one.origins[0].sha256},
                }
                for one in settled.packages
            ],
            "toolchain": asdict(settled.toolchain),
        }
        typer.echo(json.dumps(whole, indent=2))
    state = "not written" if dry_run else "up to date"
    log.info("%s is %s", shown(settings.root / NAME), state)
