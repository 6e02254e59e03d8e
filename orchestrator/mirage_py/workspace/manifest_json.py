"""Solo5's manifest.json, in which C programs declare their devices: read with the line of each
thing, so that a mistake names it.

    {"type": "solo5.manifest", "version": 1, "devices": [{"name": "service", "type": "NET_BASIC"}]}
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mirage_py.graph.model import Attachment
from mirage_py.support.errors import Position
from mirage_py.workspace.manifest import TYPES, BadManifest

FORMAT, VERSION = "solo5.manifest", 1
KINDS = {type_.removeprefix("MFT_DEV_"): kind for kind, type_ in TYPES.items()}
"""What a device's type is called there, and here."""


class BadFile(BadManifest):
    """A file that is not of this form."""

    def __init__(
        self, message: str, *, position: Position | None = None, hint: str | None = None
    ) -> None:
        form = "`mirage-py manifest --help` shows what a manifest.json holds"
        super().__init__(message, position=position, hint=hint or form)


# The tokens of a text that is known to be JSON.
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+')
NAMES = {
    dict: "an object", list: "a list", str: "a string", int: "an integer", float: "a number",
    bool: "a truth value", type(None): "null",
}  # fmt: skip


Token = tuple[str, Position]


@dataclass(frozen=True)
class Value:
    """A value of the file and the line it begins on. What objects and lists hold are Values."""

    kind: type
    content: Any
    """Of an object the list of its members: a name may stand there twice."""
    position: Position

    def expect(self, kind: type, what: str) -> Any:
        """The content, which must be of that type. Raises BadManifest."""
        if self.kind is not kind:
            raise BadFile(
                f"{what} is {NAMES[self.kind]}, not {NAMES[kind]}", position=self.position
            )
        return self.content

    def table(self, what: str, keys: tuple[str, ...]) -> Mapping[str, Value]:
        """The members of an object that has just these keys. Raises BadManifest."""
        members: dict[str, Value] = {}
        for key, value in self.expect(dict, what):
            if key not in keys:
                near = difflib.get_close_matches(key, keys, 1)
                hint = f"did you mean `{near[0]}`?" if near else f"it has {listed(keys)}"
                raise BadFile(
                    f"{what} has the unknown key `{key}`", position=value.position, hint=hint
                )
            if key in members:
                raise BadFile(f"{what} has `{key}` twice", position=value.position)
            members[key] = value
        for key in keys:
            if key not in members:
                raise BadFile(f"{what} has no `{key}`", position=self.position)
        return members


def listed(names: tuple[str, ...]) -> str:
    """Names in a sentence."""
    return ", ".join(f"`{name}`" for name in names)


def read_manifest(path: Path) -> list[Attachment]:
    """The devices that a manifest.json declares, in its order. Raises BadManifest, and OSError.

    What is wrong with a device as such is found by `manifest_source`.
    """
    root = parse(path).table("the manifest", ("type", "version", "devices"))
    if root["type"].expect(str, "`type`") != FORMAT:
        raise BadFile(f'`type` is not "{FORMAT}"', position=root["type"].position)
    version = root["version"].expect(int, "`version`")
    if version != VERSION:
        raise BadFile(
            f"`version` is {version}, and {VERSION} is what there is",
            position=root["version"].position,
        )
    return [device(one) for one in root["devices"].expect(list, "`devices`")]


def device(value: Value) -> Attachment:
    """One of `devices`."""
    members = value.table("a device", ("name", "type"))
    name = members["name"].expect(str, "a device's `name`")
    type_ = members["type"].expect(str, "a device's `type`")
    if type_ not in KINDS:
        raise BadFile(
            f"the device `{name}` is of the unknown type `{type_}`",
            position=members["type"].position,
            hint=f"types are {listed(tuple(KINDS))}",
        )
    return Attachment(name, KINDS[type_], members["name"].position)


def parse(path: Path) -> Value:
    """The value in a JSON file."""
    try:
        text = path.read_text(encoding="utf-8")
        json.loads(text)
    except UnicodeDecodeError as error:
        raise BadFile(f"{path} is not UTF-8: {error.reason}") from None
    except json.JSONDecodeError as error:
        place = position(path, error.doc, error.pos)
        raise BadFile(f"{path} is not JSON: {error.msg}", position=place) from None
    except RecursionError:
        raise BadFile(f"{path} is nested too deeply") from None
    found = tokens(path, text)
    return value(next(found), found)


def position(path: Path, text: str, offset: int) -> Position:
    """The line of a character."""
    line = text.count("\n", 0, offset) + 1
    lines = text.split("\n")
    return Position(str(path), line, lines[line - 1].strip())


def tokens(path: Path, text: str) -> Iterator[Token]:
    """The tokens of a text that is JSON, each with its line."""
    for number, line in enumerate(text.split("\n"), 1):
        for found in TOKEN.finditer(line):  # no token has more lines than one
            yield found[0], Position(str(path), number, line.strip())


def value(first: Token, rest: Iterator[Token]) -> Value:
    """The value that begins with the token `first`."""
    word, place = first
    if word == "[":
        return Value(list, [value(one, rest) for one in items(rest, "]")], place)
    if word == "{":
        return Value(dict, [member(one, rest) for one in items(rest, "}")], place)
    content = json.loads(word)
    return Value(type(content), content, place)


def items(rest: Iterator[Token], end: str) -> Iterator[Token]:
    """The first token of each item of a list or object; who asks for the next has taken the others
    of the one before."""
    for word, place in rest:
        if word == end:
            return
        if word != ",":
            yield word, place


def member(first: Token, rest: Iterator[Token]) -> tuple[str, Value]:
    """The member of an object that begins with the token `first`."""
    next(rest)  # the colon
    return json.loads(first[0]), value(next(rest), rest)
