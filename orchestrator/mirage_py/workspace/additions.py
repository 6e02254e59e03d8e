"""What devices add to an image's project: generated files, and what their actions leave."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mirage_py.graph.model import Module
from mirage_py.support.errors import MirageError, Position
from mirage_py.support.files import write_if_changed
from mirage_py.workspace.quote import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from mirage_py.dsl.files import Info
    from mirage_py.graph.model import Addition, Graph


class AdditionFailed(MirageError):
    """A function of a device's, which makes a file or does something before the build."""

    def __init__(self, what: str, error: Exception, position: Position) -> None:
        text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        super().__init__(f"{what} failed: {text}", position=position)


class BadFile(MirageError):
    def __init__(self, name: str, why: str, position: Position) -> None:
        super().__init__(
            f"`{name}` cannot be a file of the workspace: {why}",
            position=position,
            hint="a file of a device has a name below the workspace, and holds text or bytes",
        )


def write_additions(graph: Graph, info: Info) -> None:
    """Run the actions of devices, and write their files into the workspace, `info.folder`. Raises
    AdditionFailed and BadFile."""
    for one in graph.additions:
        for name in (*one.files, *one.install):
            check_name(name, one.position)
        if one.action:
            call(one.action, info, "the action of this device", one.position)
        for name, content in one.files.items():
            made = content
            if callable(content):
                made = call(content, info, f"making `{name}`", one.position)
            write(info.folder, name, made, one.position)


def call(function: Callable[[Info], Any], info: Info, what: str, position: Position) -> Any:
    """What a device's function gives."""
    try:
        return function(info)
    except MirageError as error:
        error.position = error.position or position
        raise
    except Exception as error:
        raise AdditionFailed(what, error, position) from error


def write(folder: Path, name: str, content: object, position: Position) -> None:
    """Write a file of a device's."""
    if not isinstance(content, str | bytes):
        raise BadFile(name, f"it is given {content!r}", position)
    write_if_changed(folder / name, content)


def check_name(name: str, position: Position) -> None:
    """Raise BadFile for a name that leads out of the folder that it is for."""
    path = Path(name)
    if path.is_absolute() or ".." in path.parts or not path.name:
        raise BadFile(name, "its name leads out of it", position)


def modules(additions: tuple[Addition, ...], folder: Path) -> tuple[Module, ...]:
    """The Python modules among the files: `table.py` is imported as `table`."""
    return tuple(
        Module(name.removesuffix(".py").replace("/", "."), folder / name)
        for one in additions
        for name in one.files
        if name.endswith(".py")
    )


def sources(additions: tuple[Addition, ...]) -> str:
    """The C sources among the files, and the fragments of meson.build, which may add to them."""
    names = [name for one in additions for name in one.files if name.endswith((".c", ".S"))]
    lines = [f"sources = [{', '.join(quoted(name) for name in names)}]"]
    return "\n".join([*lines, *(one.meson.strip() for one in additions if one.meson)])
