"""C expressions that convert one value; the functions they call are in mirage_cython_mp.h and
mirage_function.h."""

from __future__ import annotations

from mirage_py.cython.signature import Kind, Value


def incoming(value: Value, name: str, source: str, *, driver: bool) -> list[str]:
    """Statements that declare the C variable `name` with the MicroPython object `source`. Text is a
    buffer to a driver."""
    if value.kind is Kind.BUFFER:
        writable = "true" if value.writable else "false"
        arguments = f"{source}, '{value.item}', sizeof({value.c_type}), {writable}"
        function = "mirage_cython_mp_buffer" if driver else "mirage_function_buffer"
        return [f"__Pyx_memviewslice {name} = {function}({arguments});"]
    expression = {
        Kind.BOOL: f"mp_obj_is_true({source})",
        Kind.FLOAT: f"({value.c_type})mp_obj_get_float({source})",
        Kind.INT: f"MIRAGE_CYTHON_MP_INT({value.c_type}, {source})",
        Kind.OBJECT: source,
        Kind.TEXT: f"mirage_cython_mp_text({source})",
    }[value.kind]
    return [f"{value.c_type} {name} = {expression};"]


def outgoing(value: Value, name: str) -> str:
    """The MicroPython object of the C variable `name`."""
    return {
        Kind.BOOL: f"mp_obj_new_bool({name})",
        Kind.FLOAT: f"mp_obj_new_float((mp_float_t){name})",
        Kind.INT: f"MIRAGE_CYTHON_MP_NEW_INT({value.c_type}, {name})",
        Kind.OBJECT: name,
        Kind.OBJECT_OR_NULL: f"({name} ? {name} : mp_const_none)",
        Kind.TEXT: f"mirage_cython_mp_new_text({name})",
        Kind.VOID: "mp_const_none",
    }[value.kind]
