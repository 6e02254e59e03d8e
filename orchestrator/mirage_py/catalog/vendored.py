"""Vendored sources: one folder each under runtime_c/vendor/, described by its vendor.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from mirage_py.catalog import toml

if TYPE_CHECKING:
    from collections.abc import Mapping

SHA256 = re.compile(r"[0-9a-f]{64}")
WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+~_:!-]*")
WORDS = frozenset({"file", "name", "source", "suite", "version"})
"""What of an origin is a `WORD`: it stands in addresses and command lines, and is no path."""


@dataclass(frozen=True)
class Origin:
    """One place a source can come from. What `where` must hold depends on the kind:

    debian  suite, source, version, file
    pypi    name, version, file (an sdist or a wheel)
    url     url
    git     url, commit
    path    path (relative to the file that says it); of a package, `metadata` if it is known: the
            sha256 of what pip is told of it

    `sha256` is that of the archive; for git and path, which have none, of the tree.
    """

    kind: str
    sha256: str
    where: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


KINDS = {
    "debian": ("suite", "source", "version", "file"),
    "pypi": ("name", "version", "file"),
    "url": ("url",),
    "git": ("url", "commit"),
    "path": ("path",),
}
OPTIONAL = {"path": ("metadata",)}


@dataclass(frozen=True)
class LibraryPackage:
    """A Python package of a vendored source that images can import."""

    name: str
    """As imported: `asyncio`."""
    folder: str
    """In the tree."""
    files: tuple[str, ...]
    natives: tuple[str, ...] = ()
    """What of it the interpreter's module of that name has."""


@dataclass(frozen=True)
class Vendored:
    """A pinned third-party source tree that is compiled into images."""

    name: str
    folder: Path
    version: str
    licence: str
    """SPDX expression."""
    licence_files: tuple[str, ...]
    """Files of the tree whose texts an image must carry."""
    why: str
    origins: tuple[Origin, ...]
    """Tried in order."""
    keep: tuple[str, ...]
    """Folders and files of the tree that are unpacked; all of it if empty."""
    max_bytes: int
    """The unpacked size that the archive may not exceed."""
    library: tuple[LibraryPackage, ...]

    @property
    def is_python(self) -> bool:
        """Whether it is Python modules alone, which images take one by one: no runtime is made of
        it, and what imports none of them does not need it."""
        return not (self.folder / "overlay").is_dir()

    @property
    def patches(self) -> tuple[Path, ...]:
        """Our patches, in the order of their names."""
        return tuple(sorted((self.folder / "patches").glob("*.patch")))


def vendored(root: Path) -> dict[str, Vendored]:
    """Every vendored source of `root` by name."""
    found = sorted((root / "runtime_c" / "vendor").glob("*/vendor.toml"))
    return {path.parent.name: read(path) for path in found}


def read(path: Path) -> Vendored:
    """The vendored source that a vendor.toml describes. Raises CatalogError."""
    table = toml.read(path)
    source = Vendored(
        name=path.parent.name,
        folder=path.parent,
        version=table.take("version", str),
        licence=table.take("licence", str),
        licence_files=table.strings("licence_files"),
        why=table.take("why", str),
        origins=tuple(origin(entry) for entry in table.tables("origin")),
        keep=table.strings("keep", ()),
        max_bytes=table.take("max_bytes", int),
        library=tuple(
            package
            for entry in table.tables("library", required=False)
            for package in library_packages(entry)
        ),
    )
    table.done()
    return source


def library_packages(table: toml.Table) -> list[LibraryPackage]:
    """One `[[library]]` of a vendor.toml: a package, or `modules` of one file each, which may stand
    in a package: `http.client`. Raises CatalogError."""
    folder = table.take("folder", str)
    modules = table.strings("modules", ())
    natives = table.strings("natives", ())
    if modules:
        files = [f"{name.rpartition('.')[2]}.py" for name in modules]
        found = [
            LibraryPackage(name, folder, (file,), natives)
            for name, file in zip(modules, files, strict=True)
        ]
    else:
        found = [LibraryPackage(table.take("package", str), folder, table.strings("files"))]
    table.done()
    return found


def origin(table: toml.Table) -> Origin:
    """One `[[origin]]` of a vendor.toml. Raises CatalogError."""
    kind = table.take("kind", str)
    if kind not in KINDS:
        raise table.fail("kind", f"must be one of {', '.join(KINDS)}, not {kind!r}")
    sha256 = table.take("sha256", str)
    if not SHA256.fullmatch(sha256):
        raise table.fail("sha256", "must be 64 hexadecimal digits")
    where = {key: table.take(key, str) for key in KINDS[kind]}
    more = {key: table.take(key, str, "") for key in OPTIONAL.get(kind, ())}
    where |= {key: value for key, value in more.items() if value}
    for key in WORDS & where.keys():
        if not WORD.fullmatch(where[key]):
            raise table.fail(key, f"cannot be {where[key]!r}: no path, and no odd characters")
    table.done()
    return Origin(kind, sha256, MappingProxyType(where))
