"""What a module has beside functions: constants that Python sees, and objects that it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Constant:
    """An item of a `cpdef enum`: an int of the module."""

    name: str
    c_name: str


def enum_constants(nodes: list[Any]) -> tuple[Constant, ...]:
    """The items of enums, in their order."""
    return tuple(
        Constant(str(entry.name), str(entry.cname))
        for node in nodes
        for entry in node.entry.enum_values
    )


def module_roots(scope: Any) -> tuple[str, ...]:
    """The C names of a module's global variables that hold objects, which the collector has to
    know of."""
    found = []
    for entry in scope.var_entries:
        if entry.is_cglobal and not entry.in_cinclude and entry.visibility != "extern":
            kind = entry.type
            while kind.is_array:
                kind = kind.base_type
            if kind.empty_declaration_code() == "mp_obj_t":
                found.append(str(entry.cname))
    return tuple(found)
