"""Reading the catalog's own TOML: each mistake names the file and the key path."""

from __future__ import annotations

import difflib
import tomllib
from typing import TYPE_CHECKING, Any, TypeVar

from mirage_py.support.errors import MirageError

if TYPE_CHECKING:
    from pathlib import Path


T = TypeVar("T")


class CatalogError(MirageError):
    """A catalog file that does not say what it must."""


def read(path: Path) -> Table:
    """The table in `path`. Raises CatalogError if it is not TOML."""
    try:
        return Table(tomllib.loads(path.read_text(encoding="utf-8")), path)
    except tomllib.TOMLDecodeError as error:
        raise CatalogError(f"{path} is not valid TOML: {error}") from None


class Table:
    """A TOML table that knows its file; every key must be taken, or it is a mistake."""

    def __init__(self, values: dict[str, Any], path: Path, prefix: str = "") -> None:
        self.values = dict(values)
        self.path = path
        self.prefix = prefix
        self.taken: list[str] = []

    def fail(self, key: str, what: str) -> CatalogError:
        return CatalogError(f"{self.path}: `{self.prefix}{key}` {what}")

    def take(self, key: str, kind: type[T], default: T | None = None) -> T:
        """The value of `key`, which must be a `kind`; required unless a default is given."""
        self.taken.append(key)
        if key not in self.values:
            if default is None:
                raise self.fail(key, "is missing")
            return default
        value = self.values.pop(key)
        if not isinstance(value, kind):
            raise self.fail(key, f"must be a {kind.__name__}, not {value!r}")
        return value

    def strings(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """The list of strings at `key`."""
        value = self.take(key, list, None if default is None else list(default))
        if not all(isinstance(item, str) for item in value):
            raise self.fail(key, "must be a list of strings")
        return tuple(value)

    def table(self, key: str, *, required: bool = True) -> Table:
        """The table at `key`; an empty one if it is absent and not required."""
        value = self.take(key, dict, None if required else {})
        return Table(value, self.path, f"{self.prefix}{key}.")

    def tables(self, key: str, *, required: bool = True) -> list[Table]:
        """The array of tables at `key`; none if it is absent and not required."""
        return [
            Table(value, self.path, f"{self.prefix}{key}[{number}].")
            for number, value in enumerate(self.take(key, list, None if required else []))
        ]

    def done(self) -> None:
        """Refuse keys that nobody asked for, with the nearest that somebody did."""
        for key in self.values:
            near = difflib.get_close_matches(key, self.taken, 1)
            raise self.fail(key, f"is not known{f'; did you mean `{near[0]}`?' if near else ''}")
