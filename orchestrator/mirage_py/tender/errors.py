"""The mistakes that a command line of `run` can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirage_py.support.errors import MirageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SYNTAX = {
    "net": "--net:NAME=IF or --net:NAME=@FD",
    "net-mac": "--net-mac:NAME=MAC",
    "block": "--block:NAME=PATH",
    "block-sector-size": "--block-sector-size:NAME=BYTES",
}


class BadDeviceOption(MirageError):
    exit_code = 2

    def __init__(self, option: str, kind: str) -> None:
        super().__init__(f"`{option}` is not a device option", hint=f"write {SYNTAX[kind]}")


class BadDeviceValue(MirageError):
    exit_code = 2

    def __init__(self, option: str, what: str) -> None:
        super().__init__(f"`{option}`: {what}")


class GivenTwice(MirageError):
    exit_code = 2

    def __init__(self, option: str) -> None:
        super().__init__(f"`{option}` is given twice", hint="leave one of them out")


class NotDeclared(MirageError):
    """A device is attached that the image does not have."""

    def __init__(self, option: str, devices: Sequence[str], meant: str | None) -> None:
        has = f"its devices are {', '.join(f'`{name}`' for name in devices)}"
        super().__init__(
            f"`{option}` names a device that the image does not declare",
            hint=f"did you mean `{meant}`?" if meant else has if devices else "it declares none",
        )


class WrongKind(MirageError):
    def __init__(self, option: str, name: str, kind: str) -> None:
        super().__init__(
            f"`{option}`, and `{name}` is a {kind} device of the image",
            hint=f"write {SYNTAX[kind]}",
        )


class NotAttached(MirageError):
    """The image has a device that is not attached."""

    def __init__(self, name: str, kind: str) -> None:
        value = {"net": "IF", "block": "PATH"}.get(kind, "...")
        super().__init__(
            f"the image declares the {kind} device `{name}`, and it is not attached",
            hint=f"add `--{kind}:{name}={value}`",
        )


class CommandLineTooLong(MirageError):
    def __init__(self, length: int, most: int) -> None:
        super().__init__(
            f"the arguments take {length} bytes, and an image can be given at most {most}",
            hint="put what is long into a file: on a disk, or embedded with `crunch`",
        )


class WrongTarget(MirageError):
    def __init__(self, path: Path, found: str, wanted: str) -> None:
        super().__init__(
            f"{path} is an image for `{found}`, not for `{wanted}`", hint="leave out `-t`"
        )


class WrongArch(MirageError):
    """An image for another processor than those that its target has here."""

    def __init__(self, path: Path, found: str, target: str, arches: Sequence[str]) -> None:
        super().__init__(
            f"{path} is an image for {found}, and `{target}` runs here on {' or '.join(arches)}"
        )


class NoImage(MirageError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"there is no file {path}", hint="leave out IMAGE to build and run the project here"
        )


class NoTender(MirageError):
    def __init__(self, target: str, looked_for: Sequence[str], variable: str | None) -> None:
        names = " nor ".join(f"`{name}`" for name in looked_for)
        super().__init__(
            f"there is nothing to run an image for `{target}` with: neither {names} was found",
            hint="our tenders are part of an installed mirage-py: `pip install .` in a checkout; "
            "or name one with `--tender PATH`" + (f" or {variable}" if variable else ""),
        )


class NoMachine(MirageError):
    """The program that runs images of a target is not there."""

    def __init__(self, target: str, program: str, install: str, variable: str) -> None:
        super().__init__(
            f"an image for `{target}` is run by `{program}`, which was not found",
            hint=f"install it: `{install}`; or name it with `--tender PATH` or {variable}",
        )


class UnknownMachine(MirageError):
    exit_code = 2

    def __init__(self, target: str, given: str, kinds: Sequence[str]) -> None:
        known = " or ".join(f"`--machine={one}`" for one in kinds)
        super().__init__(
            f"an image for `{target}` runs on no machine `{given}`",
            hint=f"write {known}" if kinds else "leave out `--machine`: it has none to choose from",
        )


class NeedsNoTender(MirageError):
    exit_code = 2

    def __init__(self, image: Path) -> None:
        super().__init__(
            f"{image} is a program of this machine: no tender runs it",
            hint="leave out `--tender`",
        )


class NotExecutable(MirageError):
    """An image that is a program of this machine, and may not be run."""

    def __init__(self, image: Path) -> None:
        super().__init__(f"{image} is not executable", hint=f"`chmod +x {image}`")


class BadTender(MirageError):
    def __init__(self, path: str, who: str) -> None:
        super().__init__(
            f"{who} names `{path}`, which is not a program that can be run",
            hint="leave it out: a tender for each target is installed with mirage-py",
        )
