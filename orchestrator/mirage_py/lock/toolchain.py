"""The toolchain: which compiler and linker this machine builds with."""

from __future__ import annotations

import os
import shlex
import shutil
from dataclasses import fields
from pathlib import Path

from mirage_py.lock.errors import BadCompiler
from mirage_py.lock.model import Toolchain
from mirage_py.support import process
from mirage_py.support.errors import ToolMissing

OVERRIDE = "MIRAGE_PY_CC"
USUAL = ("cc", "gcc")
HOW = f"`apt-get install gcc`, or name a C compiler with {OVERRIDE}"


def compiler_command() -> list[str]:
    """The C compiler's command: MIRAGE_PY_CC (arguments may follow the name), else cc, else gcc.

    Raises ToolMissing and BadCompiler."""
    given = os.environ.get(OVERRIDE, "")
    try:
        chosen = shlex.split(given)
    except ValueError as error:
        raise BadCompiler(given, str(error).lower()) from None
    command = chosen or next(([name] for name in USUAL if shutil.which(name)), [USUAL[-1]])
    if shutil.which(command[0]) is None:
        raise ToolMissing(command[0], "to compile the guest", HOW)
    return command


def toolchain() -> Toolchain:
    """What the compiler, and the linker that it uses, say of themselves. Raises ToolMissing and
    BadCompiler."""
    compiler = compiler_command()
    linker = process.run([*compiler, "-print-prog-name=ld"]).strip()
    if not linker or linker.startswith("-"):
        raise BadCompiler(shlex.join(compiler), "asked for its linker, it names none")
    return Toolchain(
        compiler=version(compiler, called="gcc"),
        linker=version([linker], called="ld"),
    )


def version(command: list[str], called: str) -> str:
    """The first line of what `command --version` says."""
    said = process.run([*command, "--version"], needed_for="to build images", how=HOW)
    line = said.splitlines()[0] if said.strip() else "unknown"
    # gcc begins with the name it was called by: cc, x86_64-linux-gnu-gcc-12.
    own = f"{Path(command[0]).name} ("
    return line.replace(own, f"{called} (", 1) if line.startswith(own) else line


def differences(
    locked: Toolchain, here: Toolchain, one: str = "locked", other: str = "here"
) -> list[str]:
    """What differs, in words that name both."""
    return [
        f"{field.name}: {one} {old!r}, {other} {new!r}"
        for field in fields(Toolchain)
        for old, new in [(getattr(locked, field.name), getattr(here, field.name))]
        if old != new
    ]
