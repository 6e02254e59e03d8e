"""An installed official Solo5, found by its wrapper: which targets it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from mirage_py import catalog
from mirage_py.catalog.solo5 import NoSolo5, NoSuchAbi, system_target

TRIPLE = "x86_64-solo5-none-static"


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Installs a Solo5 with these ABIs as `make install` lays it out, found through a link."""

    def make(*abis: str) -> Path:
        program = tmp_path / "prefix" / "bin" / f"{TRIPLE}-cc"
        library = tmp_path / "prefix" / "lib" / TRIPLE
        for folder in (program.parent, library, tmp_path / "bin"):
            folder.mkdir(parents=True)
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
        for abi in ("stub", *abis):
            (library / f"solo5_{abi}.o").write_bytes(b"")
            (library / f"solo5_{abi}.lds").write_bytes(b"")
        link = tmp_path / "bin" / program.name
        link.symlink_to(program)
        return link

    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return make


def test_target_with_a_folder(install, house: Path) -> None:
    """It is ours, but for what links it."""
    program = install("hvt", "spt")
    ours = catalog.targets(house)["spt"]
    target = system_target("spt", catalog.targets(house))
    assert (target.solo5, target.sources) == (program, ())
    assert (target.name, target.provides, target.arches) == ("spt", ours.provides, ours.arches)


def test_target_without_a_folder(install, house: Path) -> None:
    install("xen", "muen")
    for name, provides in (("xen", ("console", "clock")), ("muen", ("console", "clock", "net"))):
        target = system_target(name, catalog.targets(house))
        assert (target.name, target.abi, target.provides) == (name, name, provides)


@pytest.mark.parametrize("name", ["virtio", "bare", "stub", "genode", ""])
def test_what_it_does_not_have(name: str, install, house: Path) -> None:
    install("hvt", "spt", "genode")
    with pytest.raises(NoSuchAbi, match=f"the installed Solo5 has no target `{name}`") as raised:
        system_target(name, catalog.targets(house))
    assert str(raised.value.hint).startswith("it has `genode`, `hvt`, `spt` (")


@pytest.mark.usefixtures("install")
def test_none_installed(house: Path) -> None:
    with pytest.raises(NoSolo5, match=f"`{TRIPLE}-cc` was not found") as raised:
        system_target("spt", catalog.targets(house))
    assert "opam install solo5" in str(raised.value.hint)
