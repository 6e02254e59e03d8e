"""Keys: configure-time choices, which decide what code is linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar, overload

from mirage_py.dsl.keywords import known_keywords
from mirage_py.dsl.option import CLASSES, Option, fits, kind_of, whole_name
from mirage_py.dsl.session import declare, here, report
from mirage_py.dsl.shapes import items
from mirage_py.dsl.value import Value
from mirage_py.support.errors import Position

T = TypeVar("T", str, int, float, bool)
TYPES = {name: kind for kind, name in CLASSES.items()}
"""What values of a key are, by the kind's name."""
EXAMPLES = {int: "10", float: "0.5"}
"""Values of a kind, for hints."""
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
    sound: bool = True
    """Nothing was wrong with it when it was declared."""

    @property
    def declaration(self) -> tuple[object, ...]:
        """All that is said of it: two keys of one name must agree in this."""
        return (self.kind, self.default, self.flag, self.required, self.repeated, self.choices)

    def takes(self, value: object) -> bool:
        """Whether it may ever be `value`."""
        if self.repeated:
            return isinstance(value, list)
        if self.choices:
            return value in self.choices
        return value is None or fits(CLASSES[self.kind], value)

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
            raise BadText("needs a value")
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

    @property
    def example(self) -> str:
        """How it may be given."""
        if self.kind is bool:
            return self.name
        value = self.choices[0] if self.choices else EXAMPLES.get(self.kind, self.docv)
        return f"{self.name}={value}"


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
@known_keywords
def key(
    name: str,
    *,
    type: type[Any] = str,
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
    option = Option(
        name=whole_name(name, group),
        kind="bool" if flag else kind_of(type),
        default=default,
        choices=items("choices", choices, object, "values", position),
        required=required,
        repeated=repeated,
        position=position,
    )
    mistakes = list(option.mistakes(tuple(TYPES)))
    for mistake in mistakes:
        report(mistake)
    made = Key[Any](
        text=option.name,
        compute=lambda at: at.keys[option.name],
        name=option.name,
        kind=TYPES[option.kind] if option.kind in list(TYPES) else str,
        default=False if flag else list(option.defaults) if repeated else default,
        flag=flag,
        required=required,
        repeated=repeated,
        choices=option.choices,
        doc=doc,
        docv=docv or "VAL",
        position=option.position,
        sound=not mistakes,
    )
    object.__setattr__(made, "keys", (made,))  # a key is the value that it is made from
    declare(made)
    return made
