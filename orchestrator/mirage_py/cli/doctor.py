"""`doctor`: what a build needs, what of it is on this machine, and how to get the rest."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from mirage_py.cli.common import Json, Settings
from mirage_py.support.console import paint

if TYPE_CHECKING:
    from mirage_py.cli.findings import Finding


def doctor(settings: Settings, as_json: Json = False) -> int:
    """Show what is there, what is missing, and how to get it. Fails if a build is not possible."""
    from mirage_py.cli.findings import findings

    found = findings()
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], indent=2))
    else:
        for one in found:
            typer.echo(line(one))
            if not one.there:
                typer.echo(f"    {one.how}")
    return 0 if all(one.there for one in found if one.required) else 1


def line(finding: Finding) -> str:
    """One finding, on one line."""
    import sys

    if finding.there:
        mark = "ok"
    elif finding.required:
        mark = paint("missing", "error", sys.stdout) + ":"
    else:
        mark = "absent:"
    return f"{mark:<8} {finding.name}, {finding.use}" + (
        f": {finding.found}" if finding.there else ""
    )
