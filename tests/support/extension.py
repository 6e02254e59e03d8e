"""Drivers as ordinary extension modules of this Python: the same .pyx, by Cython's own compiler,
over the fake Solo5."""

from __future__ import annotations

import ctypes
import importlib.machinery
import importlib.util
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from tests.support.freestanding import BINDINGS, FAKE, INCLUDES, flags, run

# What mirage_py.cython compiles drivers with; and text comes and goes as str.
DIRECTIVES = {
    "language_level": "3",
    "cdivision": "True",
    "wraparound": "False",
    "c_string_type": "str",
    "c_string_encoding": "utf8",
}
SIGNATURES = {
    "fake_console": ctypes.c_char_p,
    "fake_deadline": ctypes.c_uint64,
    "fake_console_size": ctypes.c_size_t,
    "mirage_time_monotonic": ctypes.c_uint64,
    "mirage_time_wall": ctypes.c_uint64,
    "mirage_event_yield": ctypes.c_uint64,
}


@dataclass(frozen=True)
class Driver:
    """`python` is what guest code imports; `c` its C functions and those of fake.h."""

    python: ModuleType
    c: ctypes.PyDLL


def build(name: str, source: Path, folder: Path, *libraries: Path) -> Driver:
    """The driver `source` as the module `driver_<name>`, with a Solo5 of its own. `libraries` are C
    files that it needs, each beside its header."""
    assert Path(sysconfig.get_path("include"), "Python.h").is_file(), (
        "the tests build drivers for this Python and need its headers: apt install python3-dev"
    )
    module = f"driver_{name}"
    c = folder / f"{module}.c"
    directives = [word for item in DIRECTIVES.items() for word in ("-X", "=".join(item))]
    run(sys.executable, "-m", "cython", *directives, "--module-name", module,
        *flags([BINDINGS, source.parent]), source, "-o", c)  # fmt: skip
    library = folder / f"{module}{importlib.machinery.EXTENSION_SUFFIXES[0]}"
    includes = [*INCLUDES, Path(sysconfig.get_path("include")), *(c.parent for c in libraries)]
    run("gcc", "-shared", "-fPIC", "-g", "-O1", "-w", *flags(includes), c, *libraries,
        FAKE / "solo5.c", "-o", library)  # fmt: skip
    spec = importlib.util.spec_from_file_location(module, library)
    assert spec
    assert spec.loader
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    functions = ctypes.PyDLL(str(library))
    for function, result in SIGNATURES.items():
        if hasattr(functions, function):
            getattr(functions, function).restype = result
    return Driver(loaded, functions)
