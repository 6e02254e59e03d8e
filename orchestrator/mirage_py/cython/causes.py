"""What of Python's an expression is made of, with what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUILTIN = (
    "`{}` is a function of Python's, which C does not have: call it in the Python that calls this, "
    "or call a function that is given (`mp_call_function_1(f, x)`, mpy.pxd)"
)
_CALLS = {
    "range": "`range` has a step here that is not constant: write the loop with `while`",
    "enumerate": "`enumerate` is here for one buffer only: count in a variable of its own",
    "zip": "`zip` makes tuples, which C does not have: loop over `range(x.shape[0])`, and index",
    "round": "`round` is a function of Python's: write `round(x)` of libc.math",
}
_OF_BUFFERS = {"shape", "strides", "suboffsets"}
_OWN = "it has `shape[0]`, `strides[0]` and its items"


def cause(node: Any) -> str | None:
    """What is told of an expression that is an object of Python's; None where nothing better is
    known than that it is one."""
    return next(filter(None, map(_told, _within(node))), None)


def of_buffer(node: Any) -> str | None:
    """What is told of an attribute that only buffers of CPython have."""
    if type(node).__name__ != "AttributeNode" or node.attribute in _OF_BUFFERS:
        return None
    buffer = getattr(node.obj, "arg", node.obj)
    if not getattr(buffer.type, "is_memoryviewslice", False):
        return None
    return f"a buffer has no `{node.attribute}` in a guest module: {_OWN}"


def _within(node: Any) -> Iterator[Any]:
    """An expression and what it is made of."""
    yield node
    for name in (*(getattr(node, "child_attrs", None) or ()), "iterator"):
        child = getattr(node, name, None)
        for each in child if isinstance(child, list) else [child]:
            if each is not None:
                yield from _within(each)


def _told(node: Any) -> str | None:
    if called := _builtin(node):
        return _CALLS.get(called) or _BUILTIN.format(called)
    if getattr(node, "name", None) == "__all__":
        return "`__all__` is a list of Python's: leave it out, what is `cpdef` has a name"
    if type(node).__name__ == "PrimaryCmpNode":
        operands = [getattr(one, "arg", one) for one in (node.operand1, node.operand2)]
        if any(one.type.is_string for one in operands):
            return "C compares addresses of texts: write `strcmp(a, b) == 0` of libc.string"
    return of_buffer(node)


def _builtin(node: Any) -> str | None:
    """The function of Python's that is called, if one is."""
    function = getattr(node, "function", None)
    is_builtin = getattr(getattr(function, "entry", None), "is_builtin", False)
    return str(function.name) if function is not None and is_builtin else None
