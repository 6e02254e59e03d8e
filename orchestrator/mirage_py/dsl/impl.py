"""Implementations: devices as values, declared by `impl` and `main` and applied by call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, TypeVarTuple, overload

from mirage_py.dsl.argument import Argument
from mirage_py.dsl.connect import NOTHING, Connector
from mirage_py.dsl.errors.devices import NoArguments, SurplusArguments, WrongType
from mirage_py.dsl.files import Content, Info
from mirage_py.dsl.key import Key
from mirage_py.dsl.package import Package
from mirage_py.dsl.session import here, report
from mirage_py.dsl.types import AnyType, FunctorType, Type
from mirage_py.dsl.value import Value, lift, pure
from mirage_py.support.errors import Position

T = TypeVar("T")
R = TypeVar("R")
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
E = TypeVar("E")
F = TypeVar("F")
P = TypeVarTuple("P")
Q = TypeVarTuple("Q")
Attached = tuple[Literal["net", "block"], str | Value[str]]


@dataclass(frozen=True, eq=False)
class Declaration:
    """What `impl` or `main` was told. Two declarations are two devices, whatever they say."""

    name: str
    type: AnyType
    position: Position
    connect: Connector = NOTHING
    entry: str | None = None
    """MODULE.FUNCTION of the user's, in place of `connect`."""
    imports: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    lazy: bool = False
    extra_deps: tuple[AnyImpl, ...] = ()
    keys: tuple[Key[Any], ...] = ()
    bindings: tuple[str, ...] = ()
    packages: Value[Sequence[Package]] = field(default_factory=lambda: pure(()))
    local_libs: tuple[str, ...] = ()
    c_sources: tuple[str, ...] = ()
    pkg_config: tuple[str, ...] = ()
    install: Value[Mapping[str, str]] = field(default_factory=lambda: pure({}))
    files: Value[Mapping[str, Content]] = field(default_factory=lambda: pure({}))
    configure: Callable[[Info], None] | None = None
    meson: Value[str] = field(default_factory=lambda: pure(""))
    runtime_args: tuple[Argument[Any], ...] = ()
    requires: tuple[str, ...] = ()
    attach: Attached | None = None
    features: tuple[str, ...] = ()
    """Parts of the interpreter that its guest code needs, as those of `register`."""
    embed: tuple[str, ...] = ()
    """Directories whose files the image holds, read-only."""
    sound: bool = True
    """Nothing was wrong with it when it was declared. What was is said; what follows is not."""

    @property
    def values(self) -> Iterator[Value[Any]]:
        """What of it is known only when the image is configured."""
        yield from (*self.keys, *self.connect.keys)
        yield from (self.packages, self.install, self.files, self.meson)
        if self.attach:
            yield lift(self.attach[1])


@dataclass(frozen=True, eq=False)
class Choice:
    """What `if_impl` or `match_impl` was told: implementations, of which a value chooses one."""

    value: Value[Any]
    cases: tuple[tuple[Any, AnyImpl], ...]
    """What the value may be, and what is chosen then."""
    default: AnyImpl
    position: Position
    by_truth: bool = False
    """It is one of `if_impl`."""
    sound: bool = True
    """As of a declaration."""
    doc: str = ""
    """The rule, for `describe`."""

    @property
    def name(self) -> str:
        return f"if {self.value.text}"

    @property
    def type(self) -> AnyType:
        return self.default.type

    @property
    def branches(self) -> tuple[AnyImpl, ...]:
        """All that may be chosen."""
        return (*(impl for _, impl in self.cases), self.default)

    def choose(self, value: object) -> AnyImpl:
        """What is chosen if the value is `value`."""
        return next((impl for case, impl in self.cases if case == value), self.default)


@dataclass(frozen=True, eq=False, repr=False)
class Applied:
    """A declaration, or a choice, and what it has been applied to so far."""

    head: Declaration | Choice
    arguments: tuple[AnyImpl, ...]
    position: Position
    """Where the user wrote it."""

    @property
    def name(self) -> str:
        return self.head.name

    @property
    def type(self) -> AnyType:
        """What it is now: the declared type without the parameters that were given."""
        whole = self.head.type
        if isinstance(whole, Type):
            return whole
        rest = whole.parameters[len(self.arguments) :]
        return FunctorType(rest, whole.result) if rest else whole.result

    def __str__(self) -> str:
        return f"`{self.name}`, a `{self.type}`"

    def __repr__(self) -> str:
        return f"<{self.name}: {self.type}>"


class Impl(Applied, Generic[T]):
    """A device of type `T`, which needs nothing more."""

    if not TYPE_CHECKING:  # mypy says it itself

        def __call__(self, *arguments: object) -> Impl[T]:
            """Refuse the arguments: there is nothing left to apply."""
            report(SurplusArguments(self, len(arguments), 0, here()))
            return self


class Functor(Applied, Generic[R, *P]):
    """A device that is still to be applied to others of the types `P`, and is then an `R`."""

    if TYPE_CHECKING:

        @property
        def type(self) -> FunctorType[R, *P]: ...

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
    def __call__(
        self: Functor[R, A, B, C, D, E],
        a: Impl[A],
        b: Impl[B],
        c: Impl[C],
        d: Impl[D],
        e: Impl[E],
        /,
    ) -> Impl[R]: ...
    @overload
    def __call__(
        self: Functor[R, A, B, C, D, E, F],
        a: Impl[A],
        b: Impl[B],
        c: Impl[C],
        d: Impl[D],
        e: Impl[E],
        f: Impl[F],
        /,
    ) -> Impl[R]: ...
    @overload
    def __call__(self: Functor[R, A, B, *Q], a: Impl[A], /) -> Functor[R, B, *Q]: ...
    @overload
    def __call__(self: Functor[R, A, B, C, *Q], a: Impl[A], b: Impl[B], /) -> Functor[R, C, *Q]: ...
    def __call__(self, *arguments: Any) -> Any:
        """Apply it to devices, in the order of its type; to fewer than it needs, if you like."""
        position = here()
        wanted = self.type.parameters
        if not arguments:
            report(NoArguments(self, wanted, position))
        if len(arguments) > len(wanted):
            report(SurplusArguments(self, len(arguments), len(wanted), position))
        given = list(self.arguments)
        for number, (parameter, argument) in enumerate(zip(wanted, arguments, strict=False), 1):
            right = isinstance(argument, Impl) and argument.type == parameter
            if not right and not (isinstance(argument, Applied) and not argument.head.sound):
                report(WrongType(self, number, parameter, argument, position))
            given.append(argument if right else stand_in(repr(argument), parameter, position))
        return applied(self.head, tuple(given), position)


AnyImpl = Impl[Any] | Functor[Any, *tuple[Any, ...]]


def applied(
    head: Declaration | Choice, arguments: tuple[AnyImpl, ...], position: Position
) -> Impl[Any] | Functor[Any, Any]:
    """What `head` is when it is applied to `arguments`: an Impl if nothing is missing."""
    whole = head.type
    missing = isinstance(whole, FunctorType) and len(arguments) < len(whole.parameters)
    return (Functor if missing else Impl)(head, arguments, position)


def stand_in(name: str, ty: AnyType, position: Position) -> Impl[Any]:
    """A device in place of one that is not known, so that the rest can be looked at."""
    return Impl(Declaration(name, ty, position, sound=False), (), position)


def dep(impl: AnyImpl) -> AnyImpl:
    """`impl` as a dependency that is no parameter: for `extra_deps`, `deps`."""
    return impl
