"""`cache`: the user-wide cache of sources and built runtimes."""

from __future__ import annotations

from typing import Annotated

import typer

from mirage_py.cli.common import DryRun, Settings, verb
from mirage_py.support.console import log

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Show or prune the cache.")


def dir_(settings: Settings) -> None:
    """Show where the cache lies."""
    from mirage_py.sources import cache_dir

    typer.echo(str(cache_dir()))


def prune(
    settings: Settings,
    days: Annotated[
        float, typer.Option(min=0, help="Remove what was not used for so many days; 0 is all.")
    ] = 30,
    dry_run: DryRun = False,
) -> None:
    """Remove what nobody used for a while."""
    from mirage_py import sources

    removed = sources.prune(unused_days=days, dry_run=dry_run)
    for entry in removed:
        log.info("%s %s", "would remove" if dry_run else "removed", entry.path)
    size = sum(entry.size for entry in removed) / 1e6
    log.info("%d entries, %.1f MB", len(removed), size)


verb(app, dir_)
verb(app, prune)
