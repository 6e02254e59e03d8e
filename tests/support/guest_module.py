"""Modules of the guest in CPython, by themselves."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

from mirage_py import catalog
from mirage_py.shim.finder import Loader


def load(binding: str, module: str) -> ModuleType:
    """The module of a file of bindings/, whatever its package needs beside it."""
    path = catalog.share() / "bindings" / binding / f"{module}.py"
    name = f"{binding}_{module}"
    spec = spec_from_file_location(name, path, loader=Loader(name, str(path)))
    assert spec
    assert spec.loader
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made
