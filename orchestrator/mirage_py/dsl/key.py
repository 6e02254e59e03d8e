"""Keys: configure-time choices, which decide what code is linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar, overload

from mirage_py.dsl.argument import NAME
from mirage_py.dsl.errors.options import (
    DefaultNoChoice,
    InvalidOption,
    RequiredWithDefault,
    UnknownKind,
    WrongDefault,
)
from mirage_py.dsl.session import here, report
from mirage_py.dsl.value import Value
from mirage_py.support.errors import Position

T = TypeVar("T", str, int, float, bool)
TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class BadText(ValueError):
    """A text that is no value of a key; the message says what one looks like."""


@dataclass(frozen=True, eq=False, repr=False)
class Key(Value[T]):
    """A choice that is made by `mirage-py configure --NAME=VALUE`, and remembered."""

    name: str = ""
    """With its dashes, and with its group: `--net`, `--data-block`."""
    kind: type = str
    default: Any = None
    flag: bool = False
    required: bool = False
    repeated: bool = False
    choices: tuple[Any, ...] = ()
    doc: str = ""
    docv: str = "VAL"
    position: Position = field(default=Position("", 0))

    @property
    def declaration(self) -> tuple[object, ...]:
        """All that is said of it: two keys of one name must agree in this."""
        return (self.kind, self.default, self.flag, self.required, self.repeated, self.choices)

    def read(self, texts: Sequence[str | None]) -> Any:
        """The value that was given: one text for each time that the key was; None where the option
        stood alone. Raises BadText."""
        if self.repeated:
            return [self._one(text) for text in texts]
        if len(texts) > 1:
            raise BadText("is given more than once")
        return self._one(texts[0])

    def _one(self, text: str | None) -> Any:
        if text is None:
            if self.kind is bool:
                return True
            raise BadText(f"needs a value, as in `{self.name}={self._example()}`")
        value = self._converted(text)
        if self.choices and value not in self.choices:
            raise BadText(f"is one of {', '.join(f'`{one}`' for one in self.choices)}")
        return value

    def _converted(self, text: str) -> Any:
        if self.kind is bool:
            if text.lower() not in TRUTH:
                raise BadText("is `true` or `false`")
            return TRUTH[text.lower()]
        try:
            return self.kind(text)
        except ValueError:
            what = "a whole number" if self.kind is int else "a number"
            raise BadText(f"is {what}") from None

    def _example(self) -> str:
        return str(self.choices[0]) if self.choices else self.docv


def is_a(default: object, kind: type[Any]) -> bool:
    """Whether `default` is a value of `kind`, or none at all."""
    if default is None or (kind is float and type(default) is int):
        return True
    return type(default) is kind


@overload
def key(
    name: str,
    *,
    type: type[T],
    default: T,
    doc: str = ...,
    docv: str | None = ...,
    group: str | None = ...,
    choices: Sequence[T] = ...,
) -> Key[T]: ...
@overload
def key(
    name: str,
    *,
    default: str,
    doc: str = ...,
    docv: str | None = ...,
    group: str | None = ...,
    choices: Sequence[str] = ...,
) -> Key[str]: ...
@overload
def key(
    name: str, *, flag: Literal[True], doc: str = ..., group: str | None = ...
) -> Key[bool]: ...
@overload
def key(
    name: str,
    *,
    required: Literal[True],
    type: type[T] = ...,
    doc: str = ...,
    docv: str | None = ...,
    group: str | None = ...,
    choices: Sequence[T] = ...,
) -> Key[T]: ...
@overload
def key(
    name: str,
    *,
    repeated: Literal[True],
    type: type[Any] = ...,
    default: Sequence[Any] = ...,
    doc: str = ...,
    docv: str | None = ...,
    group: str | None = ...,
    choices: Sequence[Any] = ...,
) -> Key[Any]: ...
@overload
def key(
    name: str,
    *,
    type: type[Any] = ...,
    doc: str = ...,
    docv: str | None = ...,
    group: str | None = ...,
    choices: Sequence[Any] = ...,
) -> Key[Any]: ...
def key(
    name: str,
    *,
    type: type[Any] = str,  # noqa: A002
    default: Any = None,
    doc: str = "",
    docv: str | None = None,
    group: str | None = None,
    choices: Sequence[Any] = (),
    flag: bool = False,
    required: bool = False,
    repeated: bool = False,
) -> Key[Any]:
    """The configure-time choice `--NAME=VALUE`; `--GROUP-NAME` in a group.

    Its value is a `type` (str, int, float or bool), one of `choices` if there are some. A `flag`
    is true when it is given; a `required` key must be given; a `repeated` one may be given several
    times, and is a list. Without a default, a key that is not given is None.
    """
    position = here()
    plain = name if name.startswith("--") else f"--{name}"
    if not NAME.fullmatch(plain):
        report(InvalidOption(name, position))
    if type not in {str, int, float, bool}:
        report(UnknownKind(plain, type, ("str", "int", "float", "bool"), position))
        type = str  # noqa: A001
    if required and default is not None:
        report(RequiredWithDefault(plain, position))
    if not repeated and not flag and not is_a(default, type):
        report(WrongDefault(plain, default, type.__name__, position))
    if choices and default is not None and default not in choices and not repeated:
        report(DefaultNoChoice(plain, default, tuple(choices), position))
    whole = f"--{group}-{plain[2:]}" if group else plain
    if flag:
        type, default = bool, False  # noqa: A001
    if repeated:
        default = list(default or [])
    made = Key[Any](
        text=whole,
        compute=lambda at: at.keys[whole],
        name=whole,
        kind=type,
        default=default,
        flag=flag,
        required=required,
        repeated=repeated,
        choices=tuple(choices),
        doc=doc,
        docv=docv or "VAL",
        position=position,
    )
    object.__setattr__(made, "keys", (made,))  # a key is the value that it is made from
    return made
