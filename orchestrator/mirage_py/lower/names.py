"""What the rewriting knows of Python's names, as data."""

from __future__ import annotations

from typing import Any

VERSION: tuple[Any, ...] = (3, 11, 2, "final", 0)
"""The Python whose library images have: what packages are told that they run on."""

METHODS = frozenset({
    "__annotations__", "__bases__", "__code__", "__defaults__", "__doc__", "__format__", "__func__",
    "__kwdefaults__", "__module__", "__mro__", "__qualname__", "__subclasses__", "__wrapped__",
    "__reduce_ex__", "__cause__", "__context__", "__traceback__", "with_traceback", "add_note",
    "as_integer_ratio", "bit_count", "bit_length", "capitalize", "casefold", "expandtabs",
    "fget", "fset", "format_map", "isalnum", "isascii", "isdecimal", "isidentifier", "isnumeric",
    "isprintable", "istitle", "ljust", "maketrans", "mro", "removeprefix", "removesuffix", "rjust",
    "swapcase", "title", "translate", "zfill", "is_integer", "fromkeys", "isdisjoint",
    "conjugate", "tobytes", "frombytes", "tolist", "nbytes", "shape", "readonly", "cast",
})  # fmt: skip
"""Attributes that native types lack, and `_modern` adds."""

OPERATORS = frozenset({
    "__abs__", "__add__", "__and__", "__bool__", "__contains__", "__delitem__", "__divmod__",
    "__eq__", "__float__", "__floordiv__", "__ge__", "__getitem__", "__gt__", "__hash__",
    "__iadd__", "__iand__", "__imul__", "__index__", "__int__", "__invert__", "__ior__", "__isub__",
    "__iter__", "__ixor__", "__le__", "__len__", "__lshift__", "__lt__", "__mod__", "__mul__",
    "__ne__", "__neg__", "__notes__", "__or__", "__pos__", "__pow__", "__radd__", "__reversed__",
    "__rmul__", "__round__", "__rshift__", "__rsub__", "__setitem__", "__str__", "__sub__",
    "__suppress_context__", "__truediv__", "__xor__",
})  # fmt: skip
"""The same, which speak of what no native type has as an attribute: no other name is meant."""

BUILTINS = frozenset({
    "BaseExceptionGroup", "BlockingIOError", "BrokenPipeError", "BufferError", "BytesWarning",
    "ChildProcessError", "ConnectionAbortedError", "ConnectionError", "ConnectionRefusedError",
    "ConnectionResetError", "DeprecationWarning", "EncodingWarning", "EnvironmentError",
    "ExceptionGroup", "FileExistsError", "FileNotFoundError", "FloatingPointError", "FutureWarning",
    "IOError", "ImportWarning", "InterruptedError", "IsADirectoryError", "ModuleNotFoundError",
    "NotADirectoryError", "PendingDeprecationWarning", "PermissionError", "ProcessLookupError",
    "ReferenceError", "ResourceWarning", "RuntimeWarning", "SyntaxWarning", "TabError",
    "TimeoutError", "UnicodeDecodeError", "UnicodeEncodeError", "UnicodeTranslateError",
    "UnicodeWarning", "UserWarning", "Warning", "aiter", "anext", "ascii", "vars",
})  # fmt: skip
"""Built-in names that MicroPython lacks, and `_modern` adds."""

HOOKS = frozenset({
    "__getattribute__", "__missing__", "__mro_entries__", "__set_name__", "__slots__",
})  # fmt: skip
"""What a class may define that MicroPython does not ask for, and `_modern` does."""

TYPES = frozenset({
    "bool", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple", "type",
})  # fmt: skip
"""Built-in types, which MicroPython neither subscripts nor unites: `list[int]`, `int | None`."""

SYS = frozenset({
    "__excepthook__", "__stderr__", "__stdin__", "__stdout__", "_getframe", "api_version", "audit",
    "base_exec_prefix", "base_prefix", "builtin_module_names", "copyright", "displayhook",
    "dont_write_bytecode", "excepthook", "exception", "exec_prefix", "executable", "flags",
    "float_info", "float_repr_style", "getdefaultencoding", "getfilesystemencodeerrors",
    "getfilesystemencoding", "getrecursionlimit", "getrefcount", "getsizeof", "hash_info",
    "hexversion", "int_info", "intern", "is_finalizing", "maxunicode", "meta_path", "path_hooks",
    "path_importer_cache", "prefix", "setrecursionlimit", "stdlib_module_names", "warnoptions",
})  # fmt: skip
"""What CPython's `sys` has and the interpreter's lacks, of what library/_sys.py has."""

STARRED = {
    "collections": (
        "ChainMap", "Counter", "OrderedDict", "UserDict", "UserList", "UserString", "defaultdict",
        "deque", "namedtuple",
    ),
}  # fmt: skip
"""What `from module import *` takes of modules of which the interpreter would take other names."""

SPECIAL_CLASS_METHODS = frozenset({"__init_subclass__", "__class_getitem__"})
"""Methods that are class methods without saying so."""

Parameter = str | tuple[str, str | int | None]
"""A parameter; with what is meant where it is left out."""

POSITIONAL: dict[str, tuple[str, tuple[Parameter, ...]]] = {
    "__import__": (
        "function",
        (
            "name",
            ("globals", None),
            ("locals", None),
            ("fromlist", None),
            ("level", 0),
        ),
    ),
    "enumerate": (
        "function",
        (
            "iterable",
            ("start", 0),
        ),
    ),
    "sum": (
        "function",
        (
            "iterable",
            ("start", 0),
        ),
    ),
    "int": (
        "function",
        (
            "x",
            "base",
        ),
    ),
    "str": (
        "function",
        (
            "object",
            ("encoding", "utf-8"),
            ("errors", "strict"),
        ),
    ),
    "split": (
        "method",
        (
            "sep",
            ("maxsplit", -1),
        ),
    ),
    "rsplit": (
        "method",
        (
            "sep",
            ("maxsplit", -1),
        ),
    ),
    "splitlines": ("method", ("keepends",)),
    "decode": (
        "method",
        (
            ("encoding", "utf-8"),
            ("errors", "strict"),
        ),
    ),
    "encode": (
        "method",
        (
            ("encoding", "utf-8"),
            ("errors", "strict"),
        ),
    ),
    "expandtabs": ("method", ("tabsize",)),
}
"""Parameters that MicroPython's functions take by position only, and CPython's by name too."""
