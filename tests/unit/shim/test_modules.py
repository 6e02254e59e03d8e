"""`import mirage` on the host: the guest's own modules, or what keeps them from being there."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest

from mirage_py import catalog
from mirage_py.shim.finder import LEFT_OUT, NotOnHost

BINDINGS = catalog.share() / "bindings"
HERE = {
    "address", "args", "block", "crunch", "direct", "hooks", "info", "kv", "log", "memory", "mtime",
    "mtime.mock", "ptime", "ptime.mock", "ramdisk", "random", "sleep", "tar", "tasks",
}  # fmt: skip
"""Those that a test of a unikernel can use."""
MODULES = sorted(
    ".".join(path.relative_to(BINDINGS).with_suffix("").parts).removesuffix(".__init__")
    for path in BINDINGS.rglob("*.py")
)


@pytest.mark.parametrize("module", sorted(HERE))
def test_it_is_the_guests(module: str) -> None:
    found = import_module(f"mirage.{module}")
    assert Path(str(found.__file__)).is_relative_to(BINDINGS)
    assert found.__doc__


@pytest.mark.parametrize("module", sorted({*MODULES} - HERE))
def test_what_a_host_has_not(module: str) -> None:
    """A module is there, or it is said where to test what uses it; no other mistake is made."""
    with suppress(NotOnHost):
        import_module(f"mirage.{module}")


@pytest.mark.parametrize(
    ("module", "needed"),
    [
        ("fat", "MicroPython's file systems"), ("http", "a parser in C"), ("tcp", "TCP/IP stack"),
        ("stack", "TCP/IP stack"),
    ],
)  # fmt: skip
def test_what_it_needs(module: str, needed: str) -> None:
    with pytest.raises(NotOnHost, match=f"mirage.* needs .*{needed}.* in an image"):
        import_module(f"mirage.{module}")


def test_what_is_left_out_exists() -> None:
    """Each is a driver, a module of the guest, or MicroPython's."""
    drivers = {f"_{path.stem}" for path in BINDINGS.rglob("*.pyx")}
    assert set(LEFT_OUT) - drivers - set(MODULES) == {"vfs"}


def test_what_does_not_exist() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"No module named 'mirage\.nothing'"):
        import_module("mirage.nothing")


def test_drivers_are_the_guests_alone() -> None:
    """CPython has a `_random` of its own, which stays what it is."""
    ours = import_module("mirage.random")
    assert import_module("_random").Random
    assert len(ours.generate(16)) == 16


def test_without_pytest() -> None:
    """A program of the user's asks for it."""
    program = (
        "from mirage_py import shim; shim.install(); shim.install();"
        "from mirage import log; log.info('hello %d', 1)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.endswith("-00:00: [INFO] [application] hello 1\n")


def test_the_plugin_is_quick() -> None:
    """It is loaded by every pytest of an environment that has mirage-py."""
    command = [sys.executable, "-X", "importtime", "-c", "import mirage_py.shim.plugin"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    slow = {"rich", "elftools", "packaging", "Cython", "mirage_py.lock"}
    assert not slow & loaded
