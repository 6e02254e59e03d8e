"""The command line, and the one place where errors are printed and exit statuses chosen."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from mirage_py.cli import (
    add,
    build,
    cache,
    clean,
    configure,
    describe,
    disk,
    doctor,
    inspect,
    lock,
    manifest,
    new,
    pull,
    query,
    run,
    test,
    toolchain,
    watch,
)
from mirage_py.cli.common import Colored, Directory, File, Quiet, Verbose, messages, verb
from mirage_py.cli.keys import KeysCommand
from mirage_py.cli.usage import Misused, UsageError, is_help
from mirage_py.support.console import TRACE, log, paint
from mirage_py.support.errors import FULL, MirageError, Mistakes
from mirage_py.support.near import near
from mirage_py.support.parse import deep_walks
from mirage_py.support.terminate import STATUS, Terminated, terminable
from mirage_py.support.version import version

INTERRUPTED = 130


class UnknownVerb(MirageError):
    exit_code = 2

    def __init__(self, name: str, meant: str | None) -> None:
        hint = f"did you mean `{meant}`?" if meant else "`mirage-py --help` lists the verbs"
        super().__init__(f"there is no verb `{name}`", hint=hint)


class Verbs(TyperGroup):
    """The verbs; a mistyped one gets the nearest offered."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        known = not args or args[0].startswith("-") or args[0] in self.commands
        if not known and not ctx.resilient_parsing:  # which is how completion asks
            messages(ctx.params)
            raise UnknownVerb(args[0], near(args[0], self.commands))
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=Verbs,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mirage-py {version()}")
        raise typer.Exit


@app.callback()
def common(
    ctx: typer.Context,
    *,
    directory: Directory = None,
    file: File = None,
    verbose: Verbose = 0,
    quiet: Quiet = False,
    color: Colored = None,
    _: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Build and run Python unikernels: one small bootable image from config.py and unikernel.py."""
    ctx.obj = {
        "directory": directory,
        "file": file,
        "verbose": verbose,
        "quiet": quiet,
        "color": color,
    }


# The order of `--help`: that of a project's life.
verb(app, new.new)
verb(app, configure.configure, cls=KeysCommand)
verb(app, describe.describe, cls=KeysCommand)
verb(app, query.query, cls=KeysCommand)
verb(app, add.add)
verb(app, add.remove)
verb(app, add.tree)
verb(app, lock.lock, cls=KeysCommand)
verb(app, pull.pull)
verb(app, build.build, cls=KeysCommand)
verb(app, run.run, cls=run.RunCommand)
verb(app, test.test, cls=test.TestCommand)
verb(app, watch.watch, cls=run.RunCommand)
verb(app, clean.clean)
verb(app, inspect.inspect)
verb(app, manifest.manifest)
verb(app, toolchain.toolchain)
verb(app, doctor.doctor)
app.add_typer(disk.app, name="disk")
app.add_typer(cache.app, name="cache")


def main(argv: list[str] | None = None) -> int:
    """Run the command line `argv` and return its exit status."""
    try:
        folder = Path.cwd()
    except FileNotFoundError:
        show("error: the folder that this is run in does not exist any more")
        return 1
    deep_walks()
    try:
        with terminable():
            return int(app(argv, prog_name="mirage-py", standalone_mode=False) or 0)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except (UsageError, MirageError, OSError, typer.Abort) as error:
        return told(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Terminated:
        return STATUS
    finally:
        os.chdir(folder)


def told(error: Exception) -> int:
    """Say what is wrong, and return the exit status that this has."""
    if isinstance(error, UsageError):
        if is_help(error):
            error.show()
            return Misused.exit_code
        error = Misused(error)
    if isinstance(error, MirageError):
        show(error.render())
        if log.isEnabledFor(TRACE):
            for one in error.mistakes if isinstance(error, Mistakes) else [error]:
                traceback.print_exception(one)
        return error.exit_code
    if isinstance(error, OSError):
        path = error.filename2 or error.filename
        where = f": {path}" if path else ""
        hint = "\n\nhint: free some space there, and try again" if error.errno in FULL else ""
        show(f"error: {error.strerror or error}{where}{hint}")
    return 1


def show(text: str) -> None:
    """Print a rendered error on standard error."""
    for line in text.splitlines():
        word, _, rest = line.partition(": ")
        known = word in {"error", "hint"}
        sys.stderr.write(
            f"{paint(word + ':', word, sys.stderr)} {rest}\n" if known else f"{line}\n"
        )
