"""`configure`: check a project for a target, and write down what will be in the image."""

from __future__ import annotations

import typer

from mirage_py.cli.common import DryRun, Json, Settings, Target
from mirage_py.cli.keys import Keys, remember
from mirage_py.cli.stages import graph_file, graph_text, planned, shown, write_graph
from mirage_py.support.console import log


def configure(
    settings: Settings,
    target: Target = None,
    dry_run: DryRun = False,
    as_json: Json = False,
    keys: Keys = None,
) -> None:
    """Check config.py and unikernel.py for a target, and remember the keys that are given.

    The unikernel's own keys are options too: `mirage-py configure --NAME=VALUE`. They hold for all
    verbs that follow, in place of those that were remembered before.
    """
    graph = planned(settings, target, keys=keys, afresh=True)
    path = shown(graph_file(graph))
    if dry_run:
        log.info("would write %s", path)
    else:
        write_graph(graph)
        remember(graph.config.root, keys, afresh=True)
        log.info("configured `%s` for %s: %s", graph.config.name, graph.target.name, path)
        log.info("next: mirage-py build -t %s", graph.target.name)
    if as_json:
        typer.echo(graph_text(graph), nl=False)
