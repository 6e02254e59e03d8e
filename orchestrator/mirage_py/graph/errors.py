"""The mistakes that only show when a configuration is laid over a target and the user's modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirage_py.dsl.errors import count
from mirage_py.graph.names import provided_by
from mirage_py.support.errors import MirageError, Position

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mirage_py.dsl.package import Package


def meant(name: str | None) -> str | None:
    """The hint that offers a near match."""
    return f"did you mean `{name}`?" if name else None


def any_of(options: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *most, last = options
    return f"{', '.join(most)} or {last}" if most else last


class UnmetInterface(MirageError):
    def __init__(
        self, device: str, interface: str, target: str, able: Sequence[str], position: Position
    ) -> None:
        able_ones = any_of([f"`-t {name}`" for name in able]) if able else ""
        hint = f"build with {able_ones}" if able else "no target provides it yet"
        super().__init__(
            f"`{device}` needs `{interface}`, which target `{target}` does not provide",
            position=position,
            hint=hint,
        )


class InvalidDeviceName(MirageError):
    def __init__(self, name: object, most: int, position: Position) -> None:
        super().__init__(
            f"`{name}` cannot be the name of an attached device",
            position=position,
            hint=f"it has 1 to {most} letters and digits (a to z, A to Z, 0 to 9)",
        )


class DuplicateDeviceName(MirageError):
    def __init__(self, name: str, first: Position, position: Position) -> None:
        super().__init__(
            f"a second device is attached as `{name}`; the first is at {first}",
            position=position,
            hint="to use one device twice, keep its value in a variable",
        )


class TooManyDevices(MirageError):
    def __init__(self, number: int, most: int, position: Position) -> None:
        super().__init__(
            f"{number} devices are to be attached, and an image can have at most {most}",
            position=position,
        )


class NoDirectory(MirageError):
    def __init__(self, name: str, exists: bool, position: Position) -> None:
        why = "is not a directory" if exists else "does not exist"
        super().__init__(
            f"`{name}` is to be embedded, and {why}",
            position=position,
            hint="a directory is named relative to the folder of config.py",
        )


class NotApplied(MirageError):
    def __init__(self, value: object, user: str, position: Position) -> None:
        super().__init__(
            f"`{user}` depends on {value}, which is not yet applied to what it takes",
            position=position,
        )


class UnknownBinding(MirageError):
    def __init__(self, device: str, name: str, near: str | None, position: Position) -> None:
        super().__init__(
            f"`{device}` names the binding `{name}`, which does not exist",
            position=position,
            hint=meant(near),
        )


class NoModule(MirageError):
    def __init__(self, module: str, files: Sequence[str], position: Position) -> None:
        super().__init__(
            f"there is no module `{module}`: {any_of([f'`{file}`' for file in files])} is missing",
            position=position,
            hint="write the file, or name another entry point in `main`",
        )


class NoSubmodule(MirageError):
    def __init__(self, module: str, file: str, position: Position) -> None:
        super().__init__(f"there is no module `{module}`: `{file}` is missing", position=position)


class NoEntry(MirageError):
    def __init__(self, file: str, name: str, near: str | None, position: Position) -> None:
        super().__init__(
            f"`{file}` has no function `{name}`",
            position=position,
            hint=meant(near) or f"add `async def {name}(...):` to it, or name another in `main`",
        )


class NotAFunction(MirageError):
    def __init__(self, entry: str, what: str, position: Position) -> None:
        name = entry.rpartition(".")[2]
        super().__init__(
            f"the entry point `{entry}` is {what}, and must be a function",
            position=position,
            hint=f"write `def {name}(...):` or `async def {name}(...):`",
        )


class WrongArity(MirageError):
    """`start` does not take what the configuration gives it."""

    def __init__(
        self, name: str, takes: str, given: Sequence[str], user: Position, position: Position
    ) -> None:
        values = f": {', '.join(given)}" if given else ""
        super().__init__(
            f"`{name}` takes {takes}, and {user} gives it {count(len(given), 'value')}{values}",
            position=position,
        )


class DuplicateArgument(MirageError):
    def __init__(self, name: str, first: Position, position: Position) -> None:
        super().__init__(
            f"a second runtime argument is called `{name}`; the first is at {first}",
            position=position,
            hint="give one of them another name, or a `group`; to use one argument twice, keep its "
            "value in a variable",
        )


class ReservedArgument(MirageError):
    def __init__(self, name: str | None, position: Position) -> None:
        super().__init__(
            f"`{name}` is a boot argument that every image has",
            position=position,
            hint="give yours another name, or a `group`",
        )


class WrongValue(MirageError):
    def __init__(self, name: str, value: object, kind: str, position: Position) -> None:
        super().__init__(
            f"{value!r} is not a value that `{name}` takes",
            position=position,
            hint=f"its `type` is {kind}",
        )


class MisplacedArgument(MirageError):
    def __init__(self, position: Position) -> None:
        super().__init__(
            "`mirage.args.add` is called elsewhere than in an assignment at module level",
            position=position,
            hint='write `hello = mirage.args.add("--hello")` there, and `hello()` for its value',
        )


class NotALiteral(MirageError):
    def __init__(self, text: str, position: Position) -> None:
        super().__init__(
            f"`{text}` is not a literal, and boot arguments are read without running the module",
            position=position,
            hint="write the value itself",
        )


class WrongDeclaration(MirageError):
    def __init__(self, why: str, position: Position) -> None:
        super().__init__(
            f"`mirage.args.add` {why}",
            position=position,
            hint="it takes what `runtime_arg` takes",
        )


class DuplicateKey(MirageError):
    def __init__(self, name: str, first: Position, position: Position) -> None:
        super().__init__(
            f"a second key is called `{name}`, and differs from the first, at {first}",
            position=position,
            hint="give one of them another name, or a `group`",
        )


class BadKeyValue(MirageError):
    def __init__(
        self, name: str, texts: Sequence[str | None], why: str, position: Position
    ) -> None:
        given = " ".join(name if text is None else f"{name}={text}" for text in texts)
        super().__init__(f"`{given}`: the key {why}", position=position)


class MissingKey(MirageError):
    def __init__(self, name: str, docv: str, doc: str, position: Position) -> None:
        super().__init__(
            f"the key `{name}` must be given" + (f": {doc}" if doc else ""),
            position=position,
            hint=f"add `{name}={docv}`; it is remembered",
        )


class UnknownKey(MirageError):
    def __init__(self, name: str, close: str | None, known: Sequence[str]) -> None:
        keys = ", ".join(f"`{one}`" for one in known)
        hint = meant(close) or (f"its keys are {keys}" if known else "it has no keys")
        super().__init__(f"`{name}` is no option, and no key of this unikernel", hint=hint)


class BootArgument(MirageError):
    """A runtime argument that was given while the image is configured."""

    def __init__(self, name: str, text: str, position: Position) -> None:
        super().__init__(
            f"`{name}` is a boot argument: it is given when the image runs",
            position=position,
            hint=f"mirage-py run -- {name}{text}",
        )


class ValueFailed(MirageError):
    """A function of the user's that computes a configure-time value."""

    def __init__(self, text: str, error: Exception, position: Position) -> None:
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        super().__init__(f"computing `{text}` failed: {what}", position=position)


class PinConflict(MirageError):
    def __init__(self, first: Package, second: Package) -> None:
        super().__init__(
            f"package `{second.name}` is pinned to `{second.pin}`, and to `{first.pin}` at "
            f"{first.position}",
            position=second.position,
            hint="one of the pins has to go",
        )


class BoundConflict(MirageError):
    def __init__(self, first: Package, second: Package) -> None:
        super().__init__(
            f"no version of package `{second.name}` is what both ask for: {bounds(second)} here, "
            f"{bounds(first)} at {first.position}",
            position=second.position,
            hint="widen one of them, or pin the package",
        )


def bounds(package: Package) -> str:
    """What a package's bounds say."""
    least = [f"at least {package.min}"] if package.min else []
    most = [f"before {package.max}"] if package.max else []
    return " and ".join(least + most) or "any version"


class ExcludedModule(MirageError):
    def __init__(self, module: str, device: str, user: Position, position: Position) -> None:
        super().__init__(
            f"`{module}` is imported, and {user} leaves it out by `{device}`",
            position=position,
            hint=f"remove the import, or `{device}`",
        )


class NoFolder(MirageError):
    def __init__(self, device: str, folder: str, position: Position) -> None:
        super().__init__(
            f"`{device}` takes modules from the folder `{folder}`, which does not exist",
            position=position,
            hint="`local_libs` are folders, relative to config.py",
        )


class FileClash(MirageError):
    def __init__(self, name: str, first: Position, position: Position) -> None:
        super().__init__(
            f"a second file of the workspace is called `{name}`; the first is made at {first}",
            position=position,
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


class NativeInPackage(MirageError):
    def __init__(self, file: str, position: Position) -> None:
        super().__init__(
            f"the native module `{file}` stands in a package",
            position=position,
            hint="put it beside unikernel.py, and import it by its own name",
        )


class NoCSource(MirageError):
    def __init__(self, device: str, file: str, position: Position) -> None:
        super().__init__(
            f"`{device}` is compiled with `{file}`, which does not exist",
            position=position,
            hint="`c_sources` are files, relative to config.py",
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
        super().__init__(
            f"there is no module `{name}`, neither here nor in the guest",
            position=position,
            hint=provided_by(name.partition(".")[0])
            or meant(near)
            or f"put it beside unikernel.py, or name the package that has it in config.py: "
            f'`main(..., packages=[package("{name.partition(".")[0]}")])`',
        )


class FeatureMissing(MirageError):
    def __init__(self, name: str, feature: str, position: Position) -> None:
        super().__init__(
            f"the guest has `{name}` only with the feature `{feature}`",
            position=position,
            hint=f'add `features=["{feature}"]` to `register` in config.py',
        )


class EscapingImport(MirageError):
    def __init__(self, text: str, position: Position) -> None:
        super().__init__(
            f"the relative import `{text}` leaves the package it stands in", position=position
        )
