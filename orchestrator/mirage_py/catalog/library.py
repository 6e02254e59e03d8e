"""Our library: modules of CPython's that images can import, one file or folder each in library/."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mirage_py.catalog.vendored import LibraryPackage, vendored


def library(root: Path) -> dict[str, tuple[Path, ...]]:
    """The files of each module of `root`'s library, by its name; a folder is a package."""
    found: dict[str, tuple[Path, ...]] = {}
    folder = root / "library"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix == ".py":
            found[path.stem] = (path,)
        elif (path / "__init__.py").is_file():
            found[path.name] = tuple(sorted(path.glob("*.py")))
    return found


def library_additions(root: Path) -> dict[str, tuple[Path, ...]]:
    """The files that `root`'s library adds to packages of vendored sources, by the package's name:
    folders without `__init__.py`."""
    folders = [path for path in sorted((root / "library").glob("*")) if path.is_dir()]
    return {
        folder.name: tuple(sorted(folder.glob("*.py")))
        for folder in folders
        if not (folder / "__init__.py").exists()
    }


def vendored_library(root: Path) -> dict[str, str]:
    """The modules of CPython's that vendored sources of Python have, and neither `root`'s own
    library nor the interpreter has, with the name of the source."""
    own = library(root)
    return {
        package.name: source
        for source, package in _vendored(root)
        if package.name not in own and not package.natives
    }


def small_library(root: Path) -> dict[str, str]:
    """The modules that vendored sources of Python have and `root`'s own library has as well, with
    the name of the source."""
    own = library(root)
    return {package.name: source for source, package in _vendored(root) if package.name in own}


def native_library(root: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The modules that vendored sources of Python have and the interpreter has as well, with the
    name of the source, and those of the interpreter's names."""
    return {
        package.name: (source, package.natives)
        for source, package in _vendored(root)
        if package.natives
    }


def _vendored(root: Path) -> Iterator[tuple[str, LibraryPackage]]:
    """The modules of vendored sources of Python, each behind the name of its source."""
    for source in vendored(root).values():
        for package in source.library if source.is_python else ():
            yield source.name, package
