"""Finds the package `mirage` and what is below it, among the guest's modules."""

from __future__ import annotations
import __future__

import builtins
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import find_spec
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from mirage_py import catalog
from mirage_py.shim import extras

PACKAGE = "mirage"
DRIVERS = "mirage_py.shim.drivers"
STACK = "the image's TCP/IP stack"
LEFT_OUT = {
    "_net": STACK, "net": STACK, "tcp": STACK, "udp": STACK, "sockets": STACK,
    "stack": STACK, "_ipv4": STACK, "_ipv6": STACK, "_dhcp": STACK,
    "_http": "a parser in C", "_http_wire": "the same", "_http_write": "the same",
    "_ccm": "mbedTLS",
    "_docteur": "uzlib and mbedTLS",
    "vfs": "MicroPython's file systems",
}  # fmt: skip
"""What the guest has and a host has not, by the module that stands for it, in words."""


class NotOnHost(ImportError):
    """A module of the guest that needs what only an image has."""

    def __init__(self, module: str, needed: str) -> None:
        what = LEFT_OUT.get(needed, f"`{needed}`, which is part of the guest")
        super().__init__(
            f"{module} needs {what}, and cannot be imported on the host: what uses it is tested in "
            "an image, by `mirage-py test`",
            name=module,
        )


class Finder:
    """A meta path finder."""

    def __init__(self, bindings: Path) -> None:
        self.bindings = bindings

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where `mirage` or a module below it is."""
        package, _, below = name.partition(".")
        if package != PACKAGE:
            return None
        if not below:
            return ModuleSpec(name, None, is_package=True)
        if below in LEFT_OUT:
            raise NotOnHost(name, below)
        place = self.bindings.joinpath(*below.split("."))
        for file in (place / "__init__.py", place.with_suffix(".py")):
            if file.is_file():
                is_package = file.name == "__init__.py"
                spec = ModuleSpec(name, Loader(name, str(file)), is_package=is_package)
                # Its folder is not its path: only this finder knows how modules in it are loaded.
                spec.origin, spec.has_location = str(file), True
                return spec
        return None


class Loader(SourceFileLoader):
    """Runs a guest's module as the guest does: annotations are not evaluated, and a name with an
    underscore before it is a driver."""

    def get_code(self, fullname: str) -> CodeType:
        """Its code, compiled each time: the module's folder may not be ours to write to."""
        flags = __future__.annotations.compiler_flag
        code: CodeType = compile(self.get_data(self.path), self.path, "exec", flags, True)
        return code

    def exec_module(self, module: ModuleType) -> None:
        """Run it."""
        vars(module)["__builtins__"] = vars(builtins) | {"__import__": guest_import}
        exec(self.get_code(module.__name__), vars(module))  # noqa: S102 - what importing is
        if module.__name__ == "mirage.args":
            import_module(f"{DRIVERS}.args").learn_from(module)


def guest_import(
    name: str,
    globals: Mapping[str, Any] | None = None,  # noqa: A002 - as the built-in function has it
    locals: Mapping[str, Any] | None = None,  # noqa: A002 - as the built-in function has it
    fromlist: Sequence[str] = (),
    level: int = 0,
) -> ModuleType:
    """`__import__`, for the guest's modules."""
    importer = (globals or {}).get("__name__", "?")
    if name.startswith("_") and not level:
        counterpart = f"{DRIVERS}.{name[1:]}"
        if find_spec(counterpart) is None:
            raise NotOnHost(importer, name)
        return import_module(counterpart)
    try:
        return __import__(name, globals, locals, fromlist, level)
    except ModuleNotFoundError as error:
        if error.name == name and name.partition(".")[0] != PACKAGE:
            raise NotOnHost(importer, name) from None
        raise


def install() -> None:
    """Let `import mirage` find the guest's modules, unless something else is called so; done once.
    MicroPython's own functions of `asyncio`, `time` and `sys` are added to these modules."""
    if not any(isinstance(one, Finder) for one in sys.meta_path):
        sys.meta_path.append(Finder(catalog.share() / "bindings"))
        extras.install()
