"""What all verbs share: the common options, before or after the verb, and how a verb is added."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from mirage_py import catalog
from mirage_py.cli.usage import whole_number
from mirage_py.support import console
from mirage_py.support.errors import MirageError


class Color(StrEnum):
    """When to write colour."""

    auto = "auto"
    always = "always"
    never = "never"


Directory = Annotated[
    Path | None, typer.Option("-C", "--directory", metavar="DIR", help="Work in DIR.")
]
File = Annotated[
    Path | None,
    typer.Option("-f", "--file", metavar="FILE", help="The configuration.  [default: config.py]"),
]
Verbose = Annotated[
    int,
    typer.Option(
        "-v", "--verbose", count=True, show_default=False, help="Show the commands that are run."
    ),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Show only warnings and errors.")]
Colored = Annotated[Color | None, typer.Option(help="When to write colour.")]


def target_names() -> list[str]:
    """The targets, for completion."""
    return sorted(catalog.targets(catalog.share()))


Target = Annotated[
    str | None,
    typer.Option(
        "-t",
        "--target",
        metavar="TARGET",
        help="What to build for.",
        autocompletion=target_names,
    ),
]
Memory = Annotated[
    int | None,
    typer.Option(
        "--mem", metavar="MB", parser=whole_number(1, 1 << 22), help="Memory of the guest."
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
Offline = Annotated[
    bool,
    typer.Option("--offline", help="Use no network: what is missing in the cache is an error."),
]
Sanitize = Annotated[
    bool,
    typer.Option(
        "--sanitize", help="With the compiler's address and undefined behaviour sanitizers."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Write JSON on standard output.")]


@dataclass(frozen=True)
class Settings:
    """The common options of one run."""

    file: Path
    """The config.py, absolute."""
    options: tuple[str, ...] = ()
    """The long options of the verb, which a mistyped one may have meant."""
    reserved: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The long options of all verbs that take keys, which no key can be called like, and which
    verbs have each."""

    @property
    def root(self) -> Path:
        """The unikernel's own folder."""
        return self.file.parent


class NoDirectory(MirageError):
    def __init__(self, directory: Path) -> None:
        super().__init__(
            f"there is no folder {directory}", hint="`-C DIR` names a folder to work in"
        )


COMMON: dict[str, Any] = {
    "directory": Directory,
    "file": File,
    "verbose": Verbose,
    "quiet": Quiet,
    "color": Colored,
}
DEFAULTS = {"directory": None, "file": None, "verbose": 0, "quiet": False, "color": None}


def settings(
    before: dict[str, Any],
    after: dict[str, Any],
    options: tuple[str, ...] = (),
    reserved: Mapping[str, tuple[str, ...]] | None = None,
) -> Settings:
    """Put the common options into effect; those after the verb win over those before it."""
    given: dict[str, Any] = {name: after[name] or before.get(name) for name in COMMON}
    messages(given)
    directory = given["directory"]
    if directory:
        if not directory.is_dir():
            raise NoDirectory(directory)
        os.chdir(directory)
    return Settings((given["file"] or Path("config.py")).absolute(), options, reserved or {})


def messages(given: dict[str, Any]) -> None:
    """Put those of the common options into effect that say how to show messages."""
    verbosity = -1 if given["quiet"] else given["verbose"]
    console.set_up(verbosity=verbosity, color=Color(given["color"] or Color.auto).value)


def long_options(command: Any) -> tuple[str, ...]:
    """What a verb takes: `--target`, `--no-eval`, `--block:NAME=PATH`."""
    names = (name for one in command.params for name in (*one.opts, *one.secondary_opts))
    own = tuple(name for name in names if name.startswith("--"))
    return (*own, *getattr(command, "forms", ()))


def reserved(ctx: Any) -> dict[str, tuple[str, ...]]:
    """The long options of all verbs that take keys, which such a verb would take for its own, and
    the verbs that have each."""
    found: dict[str, tuple[str, ...]] = {"--help": (), "--version": ()}
    for name, command in getattr(ctx.find_root().command, "commands", {}).items():
        for one in long_options(command) if getattr(command, "takes_keys", False) else ():
            found[one] = (*found.get(one, ()), name)
    return found


def verb(
    app: typer.Typer, function: Callable[..., Any], *, cls: type[TyperCommand] = TyperCommand
) -> None:
    """Add `function` to the command line: it is given Settings, then its own options."""
    whole = inspect.signature(function, eval_str=True)
    _, *own = whole.parameters.values()
    context = inspect.Parameter(
        "ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context
    )
    common = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=DEFAULTS[name], annotation=annotation
        )
        for name, annotation in COMMON.items()
    ]
    own = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]

    def command(ctx: typer.Context, **values: Any) -> None:
        after = {name: values.pop(name) for name in COMMON}
        told = settings(ctx.obj or {}, after, long_options(ctx.command), reserved(ctx))
        status = function(told, **values)
        if status:
            raise typer.Exit(status)

    parameters = [context, *own, *common]
    command.__signature__ = whole.replace(parameters=parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {one.name: one.annotation for one in parameters}
    command.__doc__ = function.__doc__
    app.command(function.__name__.strip("_"), cls=cls)(command)
