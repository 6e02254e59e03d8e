"""Editing config.py: packages in the calls of `main`, where the user would write them."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mirage_py.dsl.errors.editing import CannotEdit, NoSuchPackage
from mirage_py.support.errors import Position

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Edited:
    """The text of a config.py, which is edited as bytes: positions of syntax trees count those."""

    path: Path
    text: str

    def tree(self) -> ast.Module:
        """Its syntax. Raises InvalidConfig, as loading it does."""
        try:
            return ast.parse(self.text, self.path.name)
        except SyntaxError as error:
            where = Position(self.path.name, error.lineno or 1, (error.text or "").strip())
            raise CannotEdit(f"it is no Python: {error.msg}", where) from None

    def with_package(self, call: str, name: str, entry: str | None = None) -> Edited:
        """The same with `call`, a call of `package` for `name`, among the packages of `main`; in
        place of the one that is there. `entry` says which `main`, if there are several."""
        for found in self.packages(name):
            return self._replaced(found, call)
        main = self._main(entry)
        given = next((one.value for one in main.keywords if one.arg == "packages"), None)
        if given is None:
            last = max([*main.args, *(one.value for one in main.keywords)], key=_end, default=None)
            if last is None:
                raise CannotEdit("this `main` has no arguments", self._at(main))
            return self._inserted(self._offset(*_end(last)), f", packages=[{call}]")
        if not isinstance(given, ast.List):
            raise CannotEdit("`packages` is not written as a list here", self._at(given))
        if not given.elts:
            return self._replaced(given, f"[{call}]")
        before = ", " if given.lineno == given.end_lineno else ",\n" + " " * self._indent(given)
        return self._inserted(self._offset(*_end(given.elts[-1])), before + call)

    def without_package(self, name: str) -> Edited:
        """The same without the calls of `package` for `name`. Raises NoSuchPackage."""
        found = next(self.packages(name), None)
        if found is None:
            raise NoSuchPackage(name, self.path.name)
        data = self.text.encode()
        start, end = self._offset(found.lineno, found.col_offset), self._offset(*_end(found))
        behind = re.match(rb"\s*,[ \t]*(?:\n[ \t]*(?=[^\s\])]))?", data[end:])
        before = re.search(rb"(?:,\s*|\n[ \t]*)$", data[:start])
        # The comma behind goes with it; behind the last, the one before.
        last = re.match(rb"\s*,?\s*\]", data[end:])
        if last and before:
            start -= len(before[0])
        elif behind:
            end += len(behind[0])
        edited = Edited(self.path, (data[:start] + data[end:]).decode())
        return edited if next(edited.packages(name), None) is None else edited.without_package(name)

    def packages(self, name: str) -> Iterator[ast.Call]:
        """The calls of `package` for `name`."""
        for node in ast.walk(self.tree()):
            match node:
                case ast.Call(func=ast.Name("package"), args=[ast.Constant(str() as given), *_]):
                    if _normalized(given) == _normalized(name):
                        yield node
                case _:
                    pass

    def _main(self, entry: str | None) -> ast.Call:
        """The call of `main`, for `entry` if there are several."""
        calls = {
            node.args[0].value: node
            for node in ast.walk(self.tree())
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "main"
            and node.args
            and isinstance(node.args[0], ast.Constant)
        }
        if entry is None and len(calls) == 1:
            return next(iter(calls.values()))
        if entry in calls:
            return calls[entry]
        names = [one for one in calls if isinstance(one, str)]
        listed = ", ".join(f"`{one}`" for one in names)
        what = f"it has several entry points: {listed}" if len(calls) > 1 else "it has no `main`"
        raise CannotEdit(what, Position(self.path.name, 1))

    def _replaced(self, node: ast.expr, by: str) -> Edited:
        data = self.text.encode()
        start, end = self._offset(node.lineno, node.col_offset), self._offset(*_end(node))
        return Edited(self.path, (data[:start] + by.encode() + data[end:]).decode())

    def _inserted(self, offset: int, text: str) -> Edited:
        data = self.text.encode()
        return Edited(self.path, (data[:offset] + text.encode() + data[offset:]).decode())

    def _offset(self, line: int, column: int) -> int:
        lines = self.text.encode().splitlines(keepends=True)
        return sum(map(len, lines[: line - 1])) + column

    def _indent(self, given: ast.List) -> int:
        return given.elts[-1].col_offset

    def _at(self, node: ast.expr) -> Position:
        lines = self.text.splitlines()
        return Position(self.path.name, node.lineno, lines[node.lineno - 1].strip())


def _end(node: ast.expr) -> tuple[int, int]:
    return (node.end_lineno or 0, node.end_col_offset or 0)


def _normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
