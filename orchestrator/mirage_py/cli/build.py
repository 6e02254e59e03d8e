"""`build`: everything that is needed, up to dist/NAME.TARGET."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from mirage_py import catalog
from mirage_py.cli.common import DryRun, Json, Offline, Sanitize, Settings, Target
from mirage_py.cli.keys import Keys, remember
from mirage_py.cli.stages import build_dir, planned, shown, write_graph
from mirage_py.cli.usage import whole_number
from mirage_py.support.console import log, step
from mirage_py.support.errors import MirageError

if TYPE_CHECKING:
    from mirage_py.cli.findings import Finding
    from mirage_py.graph.model import Graph
    from mirage_py.image.model import Image
    from mirage_py.lock import Lock
    from mirage_py.workspace.packages import Closure

Locked = Annotated[
    bool, typer.Option("--locked", help="Fail if the lock would change, or the toolchain differs.")
]
Stack = Annotated[
    int | None,
    typer.Option(metavar="BYTES", parser=whole_number(), help="Size of the interpreter's stack."),
]


class Solo5(StrEnum):
    """Whose boot code and API an image is linked with."""

    own = "own"
    system = "system"


WhichSolo5 = Annotated[
    Solo5,
    typer.Option("--solo5", help="Link with our boot code, or with an installed official Solo5's."),
]


def build(
    settings: Settings,
    *,
    target: Target = None,
    locked: Locked = False,
    offline: Offline = False,
    stack: Stack = None,
    solo5: WhichSolo5 = Solo5.own,
    sanitize: Sanitize = False,
    dry_run: DryRun = False,
    as_json: Json = False,
    keys: Keys = None,
) -> None:
    """Build the image of a project.

    The unikernel's own keys are options too, and are remembered: `mirage-py build --NAME=VALUE`.
    """
    system = solo5 is Solo5.system
    if dry_run:
        foretell(settings, target, locked=locked, system=system, sanitize=sanitize, keys=keys)
        return
    graph = planned(settings, target, stack=stack, system=system, sanitize=sanitize, keys=keys)
    image = built(graph, locked=locked, offline=offline)
    remember(graph.config.root, keys)
    name = image.workspace.lock.graph.target.name
    if as_json:
        paths = {"path": str(image.path), "debug": str(image.debug)}
        typer.echo(json.dumps(paths | {"size": image.size, "sha256": image.sha256}, indent=2))
    log.info("%s  %d bytes  sha256 %s", shown(image.path), image.size, image.sha256)
    if name in catalog.targets(catalog.share()):  # others are run by hypervisors alone
        log.info(
            "next: %s", next_line(image, shown(image.path) if system or sanitize else f"-t {name}")
        )


class WrongHost(MirageError):
    def __init__(self, finding: Finding) -> None:
        super().__init__(f"images cannot be built on {finding.found}", hint=finding.how)


def built(graph: Graph, *, locked: bool = False, offline: bool = False) -> Image:
    """The image, after the stages that lead to it: what is up to date is not made again."""
    from mirage_py.cli import findings
    from mirage_py.image.link import link
    from mirage_py.lock import settle
    from mirage_py.support.files import locked as locked_file
    from mirage_py.workspace.layout import lay_out, unpacked

    host = findings.system()
    if not host.there:
        raise WrongHost(host)
    if write_graph(graph):
        log.info("configured `%s` for %s", graph.config.name, graph.target.name)
    packages: list[Closure] = []

    def check(lock: Lock) -> None:
        packages.append(unpacked(lock, offline=offline))

    lock = settle(graph, locked=locked, offline=offline, check=check)
    with locked_file(build_dir(graph) / "lock"):
        with step(f"preparing `{graph.config.name}` for {graph.target.name}"):
            workspace = lay_out(lock, build_dir(graph), *packages, offline=offline)
        with step(f"linking `{graph.config.name}`"):
            return link(workspace)


def foretell(
    settings: Settings,
    target: str | None,
    *,
    locked: bool,
    system: bool,
    sanitize: bool,
    keys: list[str] | None,
) -> None:
    """Say what `build` would do."""
    from mirage_py.lock import NAME, settle
    from mirage_py.sources.cache import Cache
    from mirage_py.workspace.runtime import runtime_of

    graph = planned(settings, target, system=system, sanitize=sanitize, keys=keys)
    lock = settle(graph, locked=locked, write=False)
    if not (graph.config.root / NAME).exists():
        log.info("would write %s", NAME)
    runtime = runtime_of(lock, Cache.of_user())
    if not runtime.folder.is_dir():
        names = ", ".join(f"{one.name} {one.version}" for one in lock.sources)
        log.info("would build the runtime, from %s", names)
    log.info("would write %s", shown(build_dir(graph)))
    name = f"{graph.config.name}.{graph.target.name}"
    log.info("would link %s", shown(graph.config.root / "dist" / name))


def next_line(image: Image, which: str) -> str:
    """The command that runs the image, with a place for each device that it needs."""
    values = {"block": "FILE", "net": "INTERFACE"}
    manifest = image.workspace.lock.graph.manifest
    devices = "".join(f" --{one.kind}:{one.name}={values[one.kind]}" for one in manifest)
    return f"mirage-py run {which}{devices}"
