"""Our library: modules of CPython's that images can import, one file or folder each in library/."""

from __future__ import annotations

from pathlib import Path

from mirage_py.catalog.vendored import vendored


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
    """The modules of CPython's that vendored sources of Python have and `root`'s own library has
    not, with the name of the source."""
    own = library(root)
    return {name: source for name, source in _vendored(root).items() if name not in own}


def small_library(root: Path) -> dict[str, str]:
    """The modules that `root`'s own library has as well as vendored sources of Python, with the
    name of the source."""
    own = library(root)
    return {name: source for name, source in _vendored(root).items() if name in own}


def _vendored(root: Path) -> dict[str, str]:
    """The modules of vendored sources of Python, with the name of the source."""
    return {
        package.name: source.name
        for source in vendored(root).values()
        if source.is_python
        for package in source.library
    }
