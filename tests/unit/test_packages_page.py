"""docs/packages.md tells of every module of the library, and of none that is not there."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from mirage_py import catalog
from mirage_py.graph.names import GUEST_MODULES
from tests.library.cpython import run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "packages.md"


def told() -> Counter[str]:
    """The modules of the page's table of CPython's library."""
    _, _, section = PAGE.read_text(encoding="utf-8").partition("\n## CPython's library\n")
    table = section.strip().split("\n\n")[0].splitlines()[2:]
    return Counter(name for row in table for name in re.findall(r"`([\w.]+)`", row.split("|")[1]))


def there() -> set[str]:
    """The modules of images that are called as CPython's are, those of packages as well."""
    share = catalog.share()
    ours = {
        name if file.stem in ("__init__", name) else f"{name}.{file.stem}"
        for files in (catalog.library(share), catalog.library_additions(share))
        for name, paths in files.items()
        for file in paths
    }
    theirs = {
        f"{one.name}.{Path(file).stem}".removesuffix(".__init__")
        for source in catalog.vendored(share).values()
        for one in source.library
        for file in one.files
    }
    alone = {one.name for source in catalog.vendored(share).values() for one in source.library}
    return {
        name
        for name in ours | theirs | alone | GUEST_MODULES
        if not name.startswith("_") or name == "__future__"
    }


def test_every_module_has_a_row() -> None:
    names = told()
    assert [name for name, times in names.items() if times > 1] == []
    tops = {name.partition(".")[0] for name in names}
    assert {name.partition(".")[0] for name in there()} - tops == set()


def test_every_row_is_of_modules() -> None:
    assert told().keys() - there() == set()


def test_the_table_of_cpythons_tests_is_what_they_found() -> None:
    found = run.ROWS.search(PAGE.read_text(encoding="utf-8"))
    assert found
    assert found[2] == run.rows()


def test_names_of_mpy() -> None:
    """What native modules may take of `mpy` stands in the page's table, and nothing else."""
    declared = (catalog.share() / "runtime_c" / "cython" / "mpy.pxd").read_text(encoding="utf-8")
    names = set(re.findall(r"(?<![\w/])mp_\w+(?=\(| *\"|\n)", declared))
    _, _, section = PAGE.read_text(encoding="utf-8").partition("`from mpy cimport`:\n")
    rows = section.strip().split("\n\n")[0].splitlines()[2:]
    assert {name for row in rows for name in re.findall(r"`(mp_\w+)`", row)} == names
