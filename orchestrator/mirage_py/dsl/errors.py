"""The mistakes that a config.py can hold, each with its wording."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mirage_py.support.errors import MirageError, Position

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

EXAMPLE = '`register("hello", [main("unikernel.start", job)])`'


def shown(value: object) -> str:
    """A value of a config.py as messages name it."""
    from mirage_py.dsl.impl import Applied  # noqa: PLC0415 - impl imports this module

    return str(value) if isinstance(value, Applied) else f"`{value!r}`"


class NoConfig(MirageError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"there is no `{path.name}` in {path.parent}",
            hint="go to a project, name one with `-C DIR` or `-f FILE`, or make one with "
            "`mirage-py new NAME`",
        )


class Unreadable(MirageError):
    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"`{path}` cannot be read: {why}")


class InvalidSyntax(MirageError):
    def __init__(self, why: str, position: Position) -> None:
        super().__init__(f"invalid Python: {why}", position=position)


class Raised(MirageError):
    """An exception of the user's own code."""

    def __init__(self, exception: BaseException, position: Position, near: str | None) -> None:
        what = type(exception).__name__
        # An ImportError ends with the path of the module, which nobody asked for.
        said = re.sub(r" \(/.*\)$", "", str(exception))
        text = f"{what}: {said}" if said else what
        hint = f"did you mean `{near}`?" if near else None
        super().__init__(f"running `{position.file}` failed: {text}", position=position, hint=hint)


class Exited(MirageError):
    def __init__(self, position: Position) -> None:
        super().__init__(
            f"`{position.file}` ends the program it is read by",
            position=position,
            hint="raise an exception to say that something is wrong",
        )


class NotRegistered(MirageError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"`{path.name}` registers no unikernel",
            position=Position(path.name, 1),
            hint=f"end it with a line like {EXAMPLE}",
        )


class RegisteredTwice(MirageError):
    def __init__(self, first: Position, position: Position) -> None:
        super().__init__(
            f"a second `register`; the first is at {first}",
            position=position,
            hint="one config.py describes one unikernel: give the jobs of both to one `register`",
        )


class InvalidGuard(MirageError):
    def __init__(self, bounds: str, position: Position) -> None:
        super().__init__(
            f"`{bounds}` is not a range of versions",
            position=position,
            hint="a version guard looks like `# mirage-py >= 0.3, < 1`",
        )


class WrongVersion(MirageError):
    def __init__(self, file: str, bounds: str, ours: str, position: Position) -> None:
        super().__init__(
            f"`{file}` needs mirage-py {bounds}, and this is {ours}",
            position=position,
            hint=f"pip install 'mirage-py{bounds.replace(' ', '')}'",
        )


class InvalidName(MirageError):
    def __init__(self, name: object, position: Position) -> None:
        super().__init__(
            f"`{name}` cannot be the name of a unikernel",
            position=position,
            hint="it is a file name of at most 64 letters, digits, `.`, `_` and `-`, and begins "
            "with a letter or digit",
        )


class InvalidStack(MirageError):
    def __init__(self, stack: object, least: int, most: int, position: Position | None) -> None:
        super().__init__(
            f"`stack={stack!r}` is not a size of a stack",
            position=position,
            hint=f"it is a number of bytes, a multiple of 16 between {least} and {most}",
        )


class UnknownFeature(MirageError):
    def __init__(self, feature: object, known: tuple[str, ...], position: Position) -> None:
        super().__init__(
            f"`{feature}` is not a feature of the interpreter",
            position=position,
            hint=f"those are {', '.join(f'`{name}`' for name in known)}",
        )


class InvalidEntry(MirageError):
    def __init__(self, entry: object, position: Position) -> None:
        super().__init__(
            f"`{entry}` does not name a function of a module",
            position=position,
            hint="an entry point is MODULE.FUNCTION, as in `unikernel.start`",
        )


class InvalidBound(MirageError):
    def __init__(self, package: str, keyword: str, bound: object, position: Position) -> None:
        super().__init__(
            f"`{keyword}={bound!r}` of package `{package}` is not a version",
            position=position,
            hint=f'a bound is a version alone, as in `{keyword}="2.0"`',
        )


class InvalidOption(MirageError):
    def __init__(self, name: object, position: Position) -> None:
        super().__init__(
            f"`{name}` cannot be the name of an option",
            position=position,
            hint="a name is lower case words joined by `-`, as in `--log-level`, and a short one a "
            "single letter, as in `-l`",
        )


class UnknownKind(MirageError):
    def __init__(self, name: str, kind: object, known: tuple[str, ...], position: Position) -> None:
        given = getattr(kind, "__name__", repr(kind))
        super().__init__(
            f"`{name}` cannot be of type `{given}`",
            position=position,
            hint=f"types are {', '.join(f'`{one}`' for one in known)}",
        )


class RequiredWithDefault(MirageError):
    def __init__(self, name: str, position: Position) -> None:
        super().__init__(
            f"`{name}` is required, and has a default that is never used",
            position=position,
            hint="leave out `required` or `default`",
        )


class NotAnArgument(MirageError):
    def __init__(self, name: str, value: object, position: Position) -> None:
        super().__init__(
            f"`{name}` takes runtime arguments, and it is given {shown(value)}",
            position=position,
            hint="they are made by `runtime_arg`",
        )


class NotAType(MirageError):
    def __init__(self, rule: str, value: object, position: Position) -> None:
        super().__init__(
            f"{rule}, and {shown(value)} is none",
            position=position,
            hint="types are made by `typ` and joined by `>>`; `block` and `job` are some",
        )


class FunctorParameter(MirageError):
    def __init__(self, parameter: str, result: str, position: Position) -> None:
        super().__init__(
            f"`{parameter}` is a type with parameters, and cannot be a parameter itself "
            f"of `({parameter}) >> {result}`",
            position=position,
            hint="take what it makes as the parameter, and apply it before you pass it; "
            "or write the whole chain in one expression without parentheses",
        )


class WrongType(MirageError):
    def __init__(
        self, functor: object, number: int, wanted: object, found: object, position: Position
    ) -> None:
        super().__init__(
            f"argument {number} of {shown(functor)}, must be a `{wanted}`, and it is given "
            f"{shown(found)}",
            position=position,
        )


class SurplusArguments(MirageError):
    def __init__(self, functor: object, given: int, wanted: int, position: Position) -> None:
        super().__init__(
            f"{shown(functor)}, takes {count(wanted, 'argument')} and is given {given}",
            position=position,
        )


class NoArguments(MirageError):
    def __init__(self, functor: object, position: Position) -> None:
        super().__init__(
            f"{shown(functor)}, is applied to nothing",
            position=position,
            hint="pass the devices it takes, in the order of its type",
        )


class NotAList(MirageError):
    def __init__(self, value: object, position: Position) -> None:
        super().__init__(
            f"`register` takes a list of jobs, and it is given {shown(value)}",
            position=position,
            hint='put it in a list, as in `register("hello", [app])`',
        )


class NotAJob(MirageError):
    def __init__(self, value: object, position: Position) -> None:
        from mirage_py.dsl.impl import Functor  # noqa: PLC0415 - impl imports this module

        hint = None
        if isinstance(value, Functor):
            hint = f"apply it to what it takes: `{str(value.type).rpartition(' >> ')[0]}`"
        super().__init__(
            f"`register` takes jobs, and it is given {shown(value)}", position=position, hint=hint
        )


class ConnectIsNoFunction(MirageError):
    """A `connect` that ignores the values of its device."""

    def __init__(
        self, name: str, connect: object, values: Sequence[str], position: Position
    ) -> None:
        text = getattr(connect, "text", connect)
        names = ", ".join("abcdefghijklmnopqrstuvwxyz"[: len(values)])
        shown = ", ".join(f"{{{one}}}" for one in names.split(", "))
        super().__init__(
            f"`{name}` is given {count(len(values), 'value')}, {listed(values)}, and its `connect` "
            f"is the text `{text}`, which names none",
            position=position,
            hint="make it a function of their names, as in "
            f'`connect=lambda {names}: f"kv.connect({shown})"`',
        )


class ConnectTakes(MirageError):
    def __init__(
        self, name: str, parameters: str, values: Sequence[str], position: Position
    ) -> None:
        told = f": {listed(values)}" if values else ""
        super().__init__(
            f"`connect` of `{name}` takes `{parameters}`, and is given "
            f"{count(len(values), 'name')}{told}",
            position=position,
            hint="the arguments of its type come first, then `extra_deps`, then `runtime_args`",
        )


class NotConnect(MirageError):
    def __init__(self, name: str, value: object, position: Position) -> None:
        super().__init__(
            f"`connect` of `{name}` is {shown(value)}, and no code",
            position=position,
            hint="it is an expression of the guest's, a text or what `code` makes, or a function "
            "that makes one",
        )


class UnknownKeyword(MirageError):
    def __init__(
        self, function: str, name: str, known: tuple[str, ...], position: Position
    ) -> None:
        from mirage_py.dsl.near import near  # noqa: PLC0415 - only when it is needed

        close = near(name, known)
        hint = f"did you mean `{close}`?" if close else f"it takes {', '.join(known)}"
        super().__init__(f"`{function}` takes no `{name}`", position=position, hint=hint)


class NotALiteral(MirageError):
    def __init__(self, template: str, value: object, position: Position) -> None:
        super().__init__(
            f"`code({template!r}, ...)` is given {shown(value)}, which has no literal",
            position=position,
            hint="numbers, strings, lists of them and the like have literals; names that `connect` "
            "is given, and keys, are given to `code` by themselves",
        )


class WrongTemplate(MirageError):
    def __init__(self, template: str, error: Exception, position: Position) -> None:
        why = f"{error} is not given" if isinstance(error, KeyError) else str(error)
        super().__init__(
            f"`code({template!r}, ...)` cannot be filled in: {why}",
            position=position,
            hint="each `{}` and `{name}` stands for a value behind it; `{{` is a brace",
        )


class InvalidConnect(MirageError):
    def __init__(self, name: str, connect: str, why: str, position: Position) -> None:
        super().__init__(
            f"`connect` of `{name}` is no expression of Python: {why}: `{connect}`",
            position=position,
        )


class NotADevice(MirageError):
    def __init__(self, name: str, value: object, position: Position) -> None:
        super().__init__(
            f"`{name}` takes devices, and it is given {shown(value)}",
            position=position,
            hint="devices are made by `impl` and `main`, and by functions like `block_of_file`",
        )


class NotAValue(MirageError):
    def __init__(self, name: str, value: object, position: Position) -> None:
        super().__init__(
            f"`{name}` chooses by a value that is known at configure time, and it is given "
            f"{shown(value)}",
            position=position,
            hint="such values are keys, `is_unix`, `provides(...)` and what `.map` makes of them; "
            "a runtime argument is known at boot only",
        )


class BranchTypes(MirageError):
    def __init__(self, name: str, one: object, other: object, position: Position) -> None:
        super().__init__(
            f"`{name}` chooses between devices of one type, and it is given {shown(one)}, and "
            f"{shown(other)}",
            position=position,
        )


class WrongDefault(MirageError):
    def __init__(self, name: str, default: object, kind: str, position: Position) -> None:
        super().__init__(
            f"the default of `{name}` is `{default!r}`, and its type is `{kind}`",
            position=position,
        )


class DefaultNoChoice(MirageError):
    def __init__(
        self, name: str, default: object, choices: tuple[object, ...], position: Position
    ) -> None:
        super().__init__(
            f"the default of `{name}` is `{default}`, which is none of its choices",
            position=position,
            hint=f"choices are {', '.join(f'`{one}`' for one in choices)}",
        )


class InvalidPackage(MirageError):
    def __init__(self, name: object, position: Position) -> None:
        super().__init__(
            f"`{name}` cannot be the name of a package",
            position=position,
            hint="a name has letters, digits, `.`, `_` and `-`; versions are given by `min` and "
            "`max`",
        )


class LibsTwice(MirageError):
    def __init__(self, package: str, position: Position) -> None:
        super().__init__(
            f"package `{package}` has both `libs` and `sublibs`",
            position=position,
            hint="`libs` names modules in full, `sublibs` below the package: one is enough",
        )


class PinVersionAlone(MirageError):
    def __init__(self, package: str, position: Position) -> None:
        super().__init__(
            f"package `{package}` has a `pin_version` and no `pin`",
            position=position,
            hint="`pin` says where it is taken from; for a version of the index, use `min` and "
            "`max`",
        )


class UnknownScope(MirageError):
    def __init__(self, package: str, scope: object, position: Position) -> None:
        super().__init__(
            f"package `{package}` cannot have the scope `{scope}`",
            position=position,
            hint='a scope is "guest", in the image, or "host", on the machine that builds it',
        )


class EmptyRange(MirageError):
    def __init__(self, package: str, least: str, most: str, position: Position) -> None:
        super().__init__(
            f"no version of package `{package}` is at least {least} and before {most}",
            position=position,
        )


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def count(number: int, what: str) -> str:
    """`no argument`, `1 argument`, `2 arguments`."""
    return f"{number or 'no'} {what}{'s' if number > 1 else ''}"


class CannotEdit(MirageError):
    """A config.py that `add` and `remove` do not understand."""

    def __init__(self, why: str, position: Position) -> None:
        super().__init__(
            f"{position.file} cannot be edited: {why}",
            position=position,
            hint='write `packages=[package("NAME")]` in the call of `main` by hand; with several, '
            "`--main ENTRY` says which",
        )


class NoSuchPackage(MirageError):
    """A package to remove that is not there."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(
            f"{file} names no package `{name}`", hint="`mirage-py tree` shows what there is"
        )
