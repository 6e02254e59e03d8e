"""Built-in names that MicroPython lacks."""

import builtins

import _more

from _modern.calls import format
from _modern.encodings import UnicodeDecodeError, UnicodeEncodeError
from _modern.strings import isascii


class Warning(Exception):
    """Any warning."""


def _kinds(base, names):
    return {name: type(name, (base,), {}) for name in names.split()}


def ascii(value):
    """The built-in function."""
    text = repr(value)
    if isascii(text):
        return text
    found = []
    for one in text:
        code = ord(one)
        found.append(
            one
            if code < 128
            else "\\x%02x" % code
            if code < 256
            else "\\u%04x" % code
            if code < 65536
            else "\\U%08x" % code
        )
    return "".join(found)


def aiter(iterable):
    """The built-in function."""
    return iterable.__aiter__()


_MISSING = object()


def anext(iterator, default=_MISSING):
    """The built-in function."""
    return iterator.__anext__() if default is _MISSING else _next_or(iterator, default)


async def _next_or(iterator, default):
    try:
        return await iterator.__anext__()
    except StopAsyncIteration:
        return default


_plain_open = builtins.open


def _open(*args, **named):
    """The built-in function: the interpreter's where there are no files."""
    try:
        from _files import open
    except ImportError:
        open = _plain_open
    builtins.open = open
    return open(*args, **named)


def _compiles(*_, **__):
    raise NotImplementedError('the image has no compiler: features=["compiler"] adds it')


def _no_input(prompt=""):
    raise EOFError


_builtin_names = {
    "exec": _compiles, "eval": _compiles, "compile": _compiles,
    "Warning": Warning, "UnicodeDecodeError": UnicodeDecodeError, "UnicodeEncodeError": UnicodeEncodeError,
    "aiter": aiter, "anext": anext, "ascii": ascii, "input": _no_input, "format": format, "IOError": OSError, "EnvironmentError": OSError,
}  # fmt: skip
_builtin_names.update(
    _kinds(
        Warning,
        "UserWarning DeprecationWarning PendingDeprecationWarning SyntaxWarning RuntimeWarning FutureWarning ImportWarning UnicodeWarning BytesWarning ResourceWarning EncodingWarning",
    )
)
_builtin_names.update(_kinds(UnicodeError, "UnicodeTranslateError"))
_builtin_names.update(
    _kinds(
        OSError,
        "BlockingIOError ChildProcessError ConnectionError FileExistsError FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError PermissionError ProcessLookupError TimeoutError",
    )
)
_builtin_names.update(
    _kinds(
        _builtin_names["ConnectionError"],
        "BrokenPipeError ConnectionAbortedError ConnectionRefusedError ConnectionResetError",
    )
)
_builtin_names["ModuleNotFoundError"] = ImportError  # which is what the interpreter raises
_builtin_names.update(_kinds(ArithmeticError, "FloatingPointError"))
_builtin_names.update(_kinds(Exception, "ReferenceError BufferError"))
_builtin_names.update(_kinds(SyntaxError, "TabError"))
for _name, _value in _builtin_names.items():
    if not hasattr(builtins, _name):
        setattr(builtins, _name, _value)
builtins.open = _open
UserWarning = _builtin_names["UserWarning"]
# What an OSError of a number is: CPython's, by the numbers of Linux.
_more.errors(
    {
        number: _builtin_names[name]
        for name, numbers in (
            ("BlockingIOError", (11, 114, 115)),
            ("BrokenPipeError", (32, 108)),
            ("ChildProcessError", (10,)),
            ("ConnectionAbortedError", (103,)),
            ("ConnectionRefusedError", (111,)),
            ("ConnectionResetError", (104,)),
            ("FileExistsError", (17,)),
            ("FileNotFoundError", (2,)),
            ("InterruptedError", (4,)),
            ("IsADirectoryError", (21,)),
            ("NotADirectoryError", (20,)),
            ("PermissionError", (1, 13)),
            ("ProcessLookupError", (3,)),
        )
        for number in numbers
    }
)
