"""The user's modules, and what they import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirage_py.dsl.errors.words import meant
from mirage_py.graph.errors.words import any_of
from mirage_py.graph.names import of_cpython
from mirage_py.support.errors import MirageError, Position

if TYPE_CHECKING:
    from collections.abc import Sequence


class NoModule(MirageError):
    def __init__(self, module: str, files: Sequence[str], position: Position) -> None:
        super().__init__(
            f"there is no module `{module}`: {any_of([f'`{file}`' for file in files])} is missing",
            position=position,
            hint="write the file, or name another entry point in `main`",
        )


class NoSubmodule(MirageError):
    def __init__(self, module: str, file: str, position: Position) -> None:
        super().__init__(
            f"there is no module `{module}`: `{file}` is missing",
            position=position,
            hint="write the file, or correct the import",
        )


class NoName(MirageError):
    def __init__(self, module: str, name: str, near: str | None, position: Position) -> None:
        page = "unikernel" if module.partition(".")[0] == "mirage" else "packages"
        super().__init__(
            f"the guest's module `{module}` has no `{name}`",
            position=position,
            hint=meant(near) or f"docs/{page}.md tells what the guest's modules have",
        )


class InvalidModule(MirageError):
    def __init__(self, why: str, position: Position) -> None:
        super().__init__(f"invalid Python: {why}", position=position)


class ModuleClash(MirageError):
    def __init__(self, file: str, name: str, position: Position) -> None:
        super().__init__(
            f"`{file}` has the name of the guest's own module `{name}`",
            position=position,
            hint="give the file another name",
        )


class StartClash(MirageError):
    def __init__(self, file: str, name: str, position: Position) -> None:
        super().__init__(
            f"`{file}` is called `{name}`, a name that the start code of images has for its own",
            position=position,
            hint="give the file another name",
        )


class SecondModule(MirageError):
    def __init__(self, name: str, first: str, second: str, position: Position) -> None:
        super().__init__(
            f"two are the module `{name}`: {first} and {second}",
            position=position,
            hint="an image holds one module of a name: rename or remove one of them",
        )


class HostModule(MirageError):
    def __init__(self, name: str, position: Position) -> None:
        super().__init__(
            f"`{name}` belongs to the build, and cannot be imported inside the image",
            position=position,
            hint="the guest's own package is `mirage`, as in `from mirage import log`",
        )


class UnknownGuestModule(MirageError):
    def __init__(self, name: str, near: str | None, position: Position) -> None:
        self.name = name
        top = name.partition(".")[0]
        elsewhere = (
            f"put it beside unikernel.py, or name the package that has it in config.py: "
            f'`main(..., packages=[package("{top}")])`'
        )
        if top == "mirage":
            hint = meant(near) or "what `mirage` has is all in the guest"
        else:
            hint = f"{meant(near)} Otherwise {elsewhere}" if near else elsewhere
        super().__init__(
            f"there is no module `{name}`, neither here nor in the guest",
            position=position,
            hint=of_cpython(top) or hint,
        )


class FeatureMissing(MirageError):
    def __init__(self, name: str, feature: str, position: Position) -> None:
        rest = "; without it, `os` has what needs no files: `os.path`, `os.environ`"
        super().__init__(
            f"the guest has `{name}` only with the feature `{feature}`",
            position=position,
            hint=f'add `features=["{feature}"]` to `register` in config.py'
            + (rest if name == "os" else ""),
        )


class EscapingImport(MirageError):
    def __init__(self, text: str, position: Position) -> None:
        super().__init__(
            f"the relative import `{text}` leaves the package it stands in",
            position=position,
            hint="write fewer dots, or the whole name of the module",
        )
