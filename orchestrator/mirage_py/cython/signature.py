"""The Python side of a module: its `cpdef` functions, read from Cython's types into types of ours,
or refused where a value has no way between the two languages."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from mirage_py.cython.diagnostics import report


class Kind(enum.Enum):
    """How a value crosses between C and MicroPython."""

    BOOL = enum.auto()
    BUFFER = enum.auto()
    FLOAT = enum.auto()
    INT = enum.auto()
    OBJECT = enum.auto()
    OBJECT_OR_NULL = enum.auto()
    TEXT = enum.auto()
    VOID = enum.auto()


@dataclass(frozen=True)
class Value:
    """A type that crosses. `c_type` is its C spelling, for a buffer that of an item; `item` is what
    a buffer holds: `i` signed, `u` unsigned, `f` floating."""

    kind: Kind
    c_type: str = ""
    item: str = ""
    writable: bool = False


@dataclass(frozen=True)
class Parameter:
    """An argument; `field` is its place in Cython's struct of optional arguments, else empty."""

    name: str
    value: Value
    field: str = ""


@dataclass(frozen=True)
class Function:
    """A `cpdef` function. `options` is the C type of the struct of optional arguments, if any.
    After a call there is an error if `may_raise`, the state says so, and the result is
    `error_value` (any result when that is None)."""

    name: str
    c_name: str
    parameters: tuple[Parameter, ...]
    result: Value
    options: str
    may_raise: bool
    error_value: str | None

    @property
    def required(self) -> int:
        """How many arguments a caller has to give."""
        return sum(not parameter.field for parameter in self.parameters)


_BACK = (
    "numbers, `const char *` and `mp_obj_t` do; what has several goes into a buffer that is "
    "handed in (`int[::1]`)"
)
_FORTH = (
    "numbers, `const char *`, buffers (`const unsigned char[::1]`) and `mp_obj_t` do; what has "
    "several is taken one by one, or from a buffer"
)


def signature(node: Any) -> Function | None:
    """The signature of an exported function, or None after reporting what cannot cross."""
    entry, kind = node.entry, node.entry.type
    if kind.is_fused:
        report(node.pos, f"cpdef {entry.name}() has a fused type: give it one type for Python")
        return None
    if not entry.name.isascii():
        report(node.pos, f"the name `{entry.name}` is not ASCII")
        return None
    parameters = _parameters(node)
    result = Value(Kind.VOID, "void") if kind.return_type.is_void else _scalar(kind.return_type)
    if result is None:
        returned = f"cpdef {entry.name}() returns `{kind.return_type}`"
        report(node.pos, f"{returned}, which cannot go to Python: {_BACK}")
    if result is None or parameters is None:
        return None
    optional = kind.optional_arg_count > 0
    return Function(
        name=str(entry.name),
        c_name=str(entry.cname),
        parameters=parameters,
        result=result,
        options=kind.op_arg_struct.base_type.empty_declaration_code() if optional else "",
        may_raise=bool(kind.exception_check) or kind.exception_value is not None,
        error_value=None if kind.exception_value is None else str(kind.exception_value),
    )


def _parameters(node: Any) -> tuple[Parameter, ...] | None:
    kind = node.entry.type
    required = len(kind.args) - kind.optional_arg_count
    parameters = []
    for index, argument in enumerate(kind.args):
        value = _incoming(argument.type)
        if value is None:
            taken = f"argument `{argument.name}` of cpdef {node.entry.name}() is `{argument.type}`"
            report(argument.pos or node.pos, f"{taken}, which cannot come from Python: {_FORTH}")
            continue
        field = str(kind.opt_arg_cname(argument.name)) if index >= required else ""
        parameters.append(Parameter(str(argument.name), value, field))
    return tuple(parameters) if len(parameters) == len(kind.args) else None


def _incoming(kind: Any) -> Value | None:
    base = resolved(kind)
    if not base.is_memoryviewslice:
        return _scalar(kind)
    item = resolved(base.dtype)
    if not (item.is_int or item.is_float) or type(item).__name__ == "CBIntType":
        return None
    return Value(
        Kind.BUFFER,
        str(_unqualified(base.dtype).empty_declaration_code()),
        item="f" if item.is_float else "i" if item.signed else "u",
        writable=not _is_const(base.dtype),
    )


def is_object(kind: Any) -> bool:
    """Whether a C type is that of any object of Python's."""
    return str(kind.empty_declaration_code()) == "mp_obj_t"


def _scalar(kind: Any) -> Value | None:
    """What crosses in both directions."""
    plain, base = _unqualified(kind), resolved(kind)
    c_type = str(plain.empty_declaration_code())
    if is_object(plain):
        return Value(Kind.OBJECT, c_type)
    if type(base).__name__ == "CBIntType":
        return Value(Kind.BOOL, "int")
    if base.is_int or base.is_enum:
        return Value(Kind.INT, c_type)
    if base.is_float:
        return Value(Kind.FLOAT, c_type)
    if base.is_string and resolved(base.base_type).signed and _is_const(base.base_type):
        return Value(Kind.TEXT, "const char *")
    return None


# The names that Cython's minors give to a type with `const` or `volatile`.
_QUALIFIED = ("CConstOrVolatileType", "CQualifierType")


def _is_const(kind: Any) -> bool:
    return type(kind).__name__ in _QUALIFIED and bool(kind.is_const)


def _unqualified(kind: Any) -> Any:
    return kind.cv_base_type if type(kind).__name__ in _QUALIFIED else kind


def resolved(kind: Any) -> Any:
    """The type behind qualifiers and typedefs."""
    while True:
        plain = _unqualified(kind)
        if type(plain).__name__ == "CTypedefType":
            plain = plain.typedef_base_type
        if plain is kind:
            return kind
        kind = plain
