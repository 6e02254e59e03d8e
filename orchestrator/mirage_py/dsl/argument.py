"""Runtime arguments: boot-time options of the built image, given on the tender's command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar, get_args, overload

from mirage_py.dsl.keywords import known_keywords
from mirage_py.dsl.option import Kind, Option, kind_of, whole_name
from mirage_py.dsl.session import here, report
from mirage_py.dsl.shapes import items
from mirage_py.support.errors import Position

T = TypeVar("T")
KINDS: tuple[Kind, ...] = get_args(Kind)
"""A port is an int in the guest; addresses and prefixes (10.0.0.2/24) are strings. They are checked
at boot."""


@dataclass(frozen=True, repr=False)
class Argument(Generic[T]):
    """A boot-time option, as config.py or unikernel.py declares it."""

    name: str
    """With its dashes, and with its group: `--port`, `--management-ipv4`."""
    short: str | None
    """`-p`."""
    kind: Kind
    default: Any
    """A literal of the kind, a list of such if `repeated`; None means absent."""
    doc: str
    docv: str
    """What stands for the value in `--help`: `PORT`."""
    section: str
    """The heading of `--help` that it stands under."""
    choices: tuple[Any, ...]
    """The only values that it takes; any of the kind, if there are none."""
    required: bool
    repeated: bool
    """It may be given several times, and is a list."""
    position: Position

    def __repr__(self) -> str:
        return self.name


@overload
def runtime_arg(
    name: str,
    short: str | None = ...,
    *,
    type: type[T],
    default: T,
    doc: str = ...,
    docv: str | None = ...,
    section: str = ...,
    group: str | None = ...,
    choices: Sequence[T] = ...,
) -> Argument[T]: ...
@overload
def runtime_arg(
    name: str,
    short: str | None = ...,
    *,
    type: type[T] | Kind = ...,
    doc: str = ...,
    docv: str | None = ...,
    section: str = ...,
    group: str | None = ...,
    choices: Sequence[T] = ...,
    required: bool = ...,
) -> Argument[Any]: ...
@overload
def runtime_arg(
    name: str,
    short: str | None = ...,
    *,
    type: Literal["port"],
    default: int,
    doc: str = ...,
    docv: str | None = ...,
    section: str = ...,
    group: str | None = ...,
    choices: Sequence[int] = ...,
) -> Argument[int]: ...
@overload
def runtime_arg(
    name: str,
    short: str | None = ...,
    *,
    type: Kind = ...,
    default: str,
    doc: str = ...,
    docv: str | None = ...,
    section: str = ...,
    group: str | None = ...,
    choices: Sequence[str] = ...,
) -> Argument[str]: ...
@overload
def runtime_arg(
    name: str,
    short: str | None = ...,
    *,
    repeated: Literal[True],
    type: type[T] | Kind = ...,
    default: Sequence[T] = ...,
    doc: str = ...,
    docv: str | None = ...,
    section: str = ...,
    group: str | None = ...,
    choices: Sequence[T] = ...,
) -> Argument[Any]: ...
@known_keywords
def runtime_arg(
    name: str,
    short: str | None = None,
    *,
    type: type[Any] | Kind = str,
    default: Any = None,
    doc: str = "",
    docv: str | None = None,
    section: str = "OPTIONS",
    group: str | None = None,
    choices: Sequence[Any] = (),
    required: bool = False,
    repeated: bool = False,
) -> Argument[Any]:
    """The boot-time option `--NAME=VALUE` of the image; `--GROUP-NAME` in a group.

    `type` is str, int, float or bool, or the name of a kind that is checked at boot and a string in
    the guest: "ip", "ipv4", "ipv6" (addresses), "prefix" (10.0.0.2/24, fd00::2/64), "ipv4_prefix",
    "ipv6_prefix"; "port" is an int from 1 to 65535. A bool may be given without a value, which
    means true. Without a default it is None when it is absent; when it is `required`, an image that
    is not given it does not start; when it is `repeated`, it may be given several times and is a
    list.
    """
    position = here()
    option = Option(
        name=whole_name(name, group),
        kind=kind_of(type),
        default=default,
        choices=items("choices", choices, object, "values", position),
        required=required,
        repeated=repeated,
        position=position,
        short=short,
    )
    for mistake in option.mistakes(KINDS):
        report(mistake)
    return Argument(
        name=option.name,
        short=short,
        kind=option.kind,
        default=list(option.defaults) if repeated else default,
        doc=doc,
        docv=docv or "VAL",
        section=section,
        choices=option.choices,
        required=required,
        repeated=repeated,
        position=position,
    )
