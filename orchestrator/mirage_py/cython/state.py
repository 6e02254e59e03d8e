"""What a module has beside functions: constants that Python sees, and objects that it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mirage_py.cython.signature import resolved


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
    """The C names of a module's global variables that may hold objects, or point into them: what
    the collector has to look at."""
    return tuple(
        str(entry.cname)
        for entry in scope.var_entries
        if entry.is_cglobal and not entry.in_cinclude and entry.visibility != "extern"
        if entry.visibility == "public" or entry.defined_in_pxd or entry.used  # else there is none
        if points(entry.type)
    )


def points(kind: Any) -> bool:
    """Whether a value of this type has a pointer to data in it."""
    kind = resolved(kind)
    if kind.is_array:
        return points(kind.base_type)
    if kind.is_ptr:
        return not resolved(kind.base_type).is_cfunction
    if kind.is_struct_or_union and kind.scope is not None:
        return any(points(member.type) for member in kind.scope.var_entries)
    return False
