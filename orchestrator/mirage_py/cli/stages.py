"""The five stages as verbs go through them, and what they say on the way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from mirage_py import catalog
from mirage_py.support.errors import MirageError, together
from mirage_py.support.near import near

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mirage_py.catalog import Target
    from mirage_py.cli.common import Settings
    from mirage_py.graph.errors.modules import UnknownGuestModule
    from mirage_py.graph.model import Graph

DEFAULT_TARGET = "unix"


class UnknownTarget(MirageError):
    def __init__(self, name: str, known: list[str]) -> None:
        close = near(name, known)
        hint = f"did you mean `{close}`?" if close else f"targets are {listed(known)}"
        super().__init__(f"there is no target `{name}`", hint=hint)


class TargetRequired(MirageError):
    def __init__(self, known: list[str]) -> None:
        super().__init__(
            "which target?", hint=f"name one: {' or '.join(f'`-t {name}`' for name in known)}"
        )


def listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def target_of(name: str | None, *, system: bool = False, sanitize: bool = False) -> Target:
    """The target that `-t` names: ours, or as an installed official Solo5 has it, or sanitized."""
    known = catalog.targets(catalog.share())
    if name is None and DEFAULT_TARGET not in known:
        raise TargetRequired(sorted(known))
    wanted = name or DEFAULT_TARGET
    if system:
        target = catalog.system_target(wanted, known)
    elif wanted not in known:
        raise UnknownTarget(wanted, sorted(known))
    else:
        target = known[wanted]
    return catalog.sanitized_target(target, known) if sanitize else target


def planned(
    settings: Settings,
    target: str | None,
    *,
    stack: int | None = None,
    system: bool = False,
    sanitize: bool = False,
    keys: Sequence[str] | None = None,
    afresh: bool = False,
    unanswered: list[UnknownGuestModule] | None = None,
    source: str | None = None,
) -> Graph:
    """The first two stages: the graph of the configuration on the target, with the keys that the
    words `keys` choose, and those that are remembered unless it is to be made `afresh`. Imports
    that nothing answers go to `unanswered`, if that is given, and are no mistakes. `source` is what
    config.py is to say, if that is not what it says."""
    from mirage_py import dsl, graph
    from mirage_py.cli.keys import given

    mistakes: list[MirageError] = []
    # What is wrong with the project comes first: without one, no target is right.
    config = dsl.load(settings.file, mistakes, source)
    try:
        config = config if stack is None else config.with_stack(stack)
    except MirageError as mistake:
        mistakes.append(mistake)
    try:
        chosen = target_of(target, system=system, sanitize=sanitize)
    except MirageError as mistake:
        raise together([*mistakes, mistake]) from None
    return graph.plan(
        config,
        chosen,
        given(settings, config, keys, afresh=afresh),
        mistakes=mistakes,
        unanswered=unanswered,
    )


def graph_text(graph: Graph) -> str:
    """The graph as JSON."""
    from mirage_py.graph import to_json

    return json.dumps(to_json(graph), indent=2) + "\n"


def write_graph(graph: Graph) -> bool:
    """Write down what will be in the image; false if it is written already."""
    from mirage_py.support.files import write_if_changed

    return write_if_changed(graph_file(graph), graph_text(graph))


def graph_file(graph: Graph) -> Path:
    return build_dir(graph) / "graph.json"


def build_dir(graph: Graph) -> Path:
    """_build/TARGET of the unikernel, or _build/TARGET-sanitize."""
    target = graph.target
    name = f"{target.name}-sanitize" if target.sanitized else target.name
    return graph.config.root / "_build" / name


def shown(path: Path) -> str:
    """A path as messages show it: relative to here if it is below."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
