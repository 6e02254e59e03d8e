"""`configure`: check a project for a target, and write down what will be in the image."""

from __future__ import annotations

import typer

from mirage_py.cli.common import DryRun, Json, Settings, Target
from mirage_py.cli.stages import graph_file, graph_text, planned, shown, write_graph
from mirage_py.support.console import log


def configure(
    settings: Settings,
    target: Target = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Check config.py and unikernel.py for a target."""
    graph = planned(settings, target)
    path = shown(graph_file(graph))
    if dry_run:
        log.info("would write %s", path)
    else:
        write_graph(graph)
        log.info("configured `%s` for %s: %s", graph.config.name, graph.target.name, path)
        log.info("next: mirage-py build -t %s", graph.target.name)
    if as_json:
        typer.echo(graph_text(graph), nl=False)
