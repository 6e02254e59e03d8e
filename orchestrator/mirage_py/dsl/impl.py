"""Implementations: devices as values, declared by `impl` and `main` and applied by call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, TypeVarTuple, overload

from mirage_py.dsl import errors
from mirage_py.dsl.argument import Argument
from mirage_py.dsl.package import Package
from mirage_py.dsl.session import here, report
from mirage_py.dsl.types import AnyType, FunctorType, Type
from mirage_py.support.errors import Position

T = TypeVar("T")
R = TypeVar("R")
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
P = TypeVarTuple("P")
Q = TypeVarTuple("Q")
Attached = tuple[Literal["net", "block"], str]


@dataclass(frozen=True, eq=False)
class Declaration:
    """What `impl` or `main` was told. Two declarations are two devices, whatever they say."""

    name: str
    type: AnyType
    position: Position
    connect: str | None = None
    entry: str | None = None
    """MODULE.FUNCTION of the user's, in place of `connect`."""
    imports: tuple[str, ...] = ()
    extra_deps: tuple[AnyImpl, ...] = ()
    bindings: tuple[str, ...] = ()
    vendored: tuple[str, ...] = ()
    packages: tuple[Package, ...] = ()
    runtime_args: tuple[Argument[Any], ...] = ()
    requires: tuple[str, ...] = ()
    attach: Attached | None = None
    embed: tuple[str, ...] = ()
    """Directories whose files the image holds, read-only."""


@dataclass(frozen=True, eq=False)
class Value:
    """A declaration and what it has been applied to so far."""

    declaration: Declaration
    arguments: tuple[AnyImpl, ...]
    position: Position
    """Where the user wrote it."""

    @property
    def name(self) -> str:
        return self.declaration.name

    @property
    def type(self) -> AnyType:
        """What it is now: the declared type without the parameters that were given."""
        whole = self.declaration.type
        if isinstance(whole, Type):
            return whole
        rest = whole.parameters[len(self.arguments) :]
        return FunctorType(rest, whole.result) if rest else whole.result

    def __str__(self) -> str:
        return f"`{self.name}`, a `{self.type}`"


class Impl(Value, Generic[T]):
    """A device of type `T`, which needs nothing more."""

    if not TYPE_CHECKING:  # mypy says it itself

        def __call__(self, *arguments: object) -> Impl[T]:
            """Refuse the arguments: there is nothing left to apply."""
            report(errors.SurplusArguments(self, len(arguments), 0, here()))
            return self


class Functor(Value, Generic[R, *P]):
    """A device that is still to be applied to others of the types `P`, and is then an `R`."""

    @overload
    def __call__(self: Functor[R, A], a: Impl[A], /) -> Impl[R]: ...
    @overload
    def __call__(self: Functor[R, A, B], a: Impl[A], b: Impl[B], /) -> Impl[R]: ...
    @overload
    def __call__(self: Functor[R, A, B, C], a: Impl[A], b: Impl[B], c: Impl[C], /) -> Impl[R]: ...
    @overload
    def __call__(
        self: Functor[R, A, B, C, D], a: Impl[A], b: Impl[B], c: Impl[C], d: Impl[D], /
    ) -> Impl[R]: ...
    @overload
    def __call__(self: Functor[R, A, B, *Q], a: Impl[A], /) -> Functor[R, B, *Q]: ...
    def __call__(self, *arguments: Any) -> Any:
        """Apply it to devices, in the order of its type; to fewer than it needs, if you like."""
        position = here()
        if not arguments:
            report(errors.NoArguments(self, position))
        wanted = self.declaration.type.parameters[len(self.arguments) :]  # type: ignore[union-attr]
        if len(arguments) > len(wanted):
            report(errors.SurplusArguments(self, len(arguments), len(wanted), position))
        for number, (parameter, argument) in enumerate(zip(wanted, arguments, strict=False), 1):
            if not isinstance(argument, Value) or argument.type != parameter:
                report(errors.WrongType(self, number, parameter, argument, position))
        given = (*self.arguments, *arguments[: len(wanted)])
        return value(self.declaration, given, position)


AnyImpl = Impl[Any] | Functor[Any, *tuple[Any, ...]]


def value(
    declaration: Declaration, arguments: tuple[AnyImpl, ...], position: Position
) -> Impl[Any] | Functor[Any, Any]:
    """The value of a declaration that is applied to `arguments`: an Impl if nothing is missing."""
    whole = declaration.type
    missing = isinstance(whole, FunctorType) and len(arguments) < len(whole.parameters)
    return (Functor if missing else Impl)(declaration, arguments, position)
