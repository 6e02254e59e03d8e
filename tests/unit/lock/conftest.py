"""A project, what its graph needs, and the recipes that a catalog would give."""

from __future__ import annotations

import io
import sys
import tarfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from mirage_py.catalog import Origin, Target, Vendored
from mirage_py.dsl.config import Config
from mirage_py.graph.model import Graph
from mirage_py.lock.model import Toolchain
from mirage_py.support.errors import Position

PATCH = "--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-old\n+new\n"


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MIRAGE_PY_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("MIRAGE_PY_CC", raising=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.fixture
def graph(project: Path) -> Callable[..., Graph]:
    """Makes the graph of the project for a target that needs these sources."""

    def make(*vendored: str) -> Graph:
        position = Position("config.py", 1)
        config = Config(project / "config.py", "app", (), 65536, (), position)
        target = Target(
            name="spt", folder=project, abi="spt", abi_version=1, provides=(), arches=("x86_64",),
            sources=(), link_script=project, min_memory=1, official_tender=None,
        )  # fmt: skip
        return Graph(
            config=config, target=target, devices=(), jobs=(), manifest=(), bindings=(),
            modules=(), builtins=(), packages=(), vendored=vendored,
        )  # fmt: skip

    return make


@pytest.fixture
def recipe(tmp_path: Path) -> Callable[..., Vendored]:
    """Makes the catalog's entry of a source, its archive beside it."""

    def make(name: str, version: str = "1.0", patch: str = PATCH, **changed: Any) -> Vendored:
        folder = tmp_path / "catalog" / name
        (folder / "patches").mkdir(parents=True, exist_ok=True)
        (folder / "patches" / "0001-a.patch").write_text(patch)
        archive = io.BytesIO()
        with tarfile.open(fileobj=archive, mode="w") as tar:
            for file, content in {"a.c": b"old\n", "sub/b.c": f"{name}\n".encode()}.items():
                entry = tarfile.TarInfo(f"{name}-{version}/{file}")
                entry.size, entry.mode = len(content), 0o755
                tar.addfile(entry, io.BytesIO(content))
        body = archive.getvalue()
        (folder / f"{version}.tar").write_bytes(body)
        where = MappingProxyType({"path": f"{version}.tar"})
        values: dict[str, Any] = {
            "name": name, "folder": folder, "version": version, "licence": "MIT",
            "licence_files": (), "why": "a test", "keep": (), "max_bytes": 100_000, "library": (),
            "origins": (Origin("path", sha256(body).hexdigest(), where),),
        }  # fmt: skip
        return Vendored(**(values | changed))

    return make


@pytest.fixture
def recipes(recipe: Callable[..., Vendored]) -> dict[str, Vendored]:
    """A catalog of three sources."""
    return {name: recipe(name) for name in ("lwip", "micropython", "zlib")}


@pytest.fixture
def toolchain(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Toolchain]:
    """Sets what this machine's compiler and linker say."""

    def be(compiler: str, linker: str) -> Toolchain:
        made = Toolchain(compiler, linker)
        for module in ("mirage_py.lock.pin", "mirage_py.lock.settle"):
            monkeypatch.setattr(sys.modules[module], "toolchain", lambda: made)
        return made

    be("gcc 12", "ld 2.40")
    return be
