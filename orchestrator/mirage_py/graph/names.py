"""Names of modules: those that a file of the user's must not take, and who provides others."""

import re
import sys

GUEST_MODULES = frozenset({
    "array", "asyncio", "binascii", "builtins", "cmath", "collections", "deflate", "errno", "gc",
    "hashlib", "heapq", "io", "json", "math", "micropython", "os", "random", "re",
    "select", "socket", "struct", "sys", "time", "uctypes", "vfs",
})  # fmt: skip
"""What the interpreter brings: C modules, and the frozen library."""

START_NAMES = re.compile(r"_start|_argument|_boot|_error|_refused|\w+__\d+")
"""The module that an image runs first (workspace/start.py), and what is defined in it."""

VFS_MODULES = frozenset({"os", "vfs"})
"""What of it is there only with the feature `vfs`."""

OF_FILES = frozenset({"_files"})
"""Our own modules for which the same is true."""

WITHOUT_FILES = frozenset({
    "path", "environ", "environb", "getenv", "putenv", "unsetenv", "PathLike", "fspath", "fsencode",
    "fsdecode", "name", "sep", "altsep", "extsep", "pathsep", "linesep", "curdir", "pardir",
    "devnull", "defpath", "error", "strerror", "urandom", "getpid", "getppid", "getuid", "geteuid",
    "getgid", "getegid", "cpu_count", "uname", "abort", "_exit",
})  # fmt: skip
"""What our library's `os` has in an image without files."""

HOST_MODULES = frozenset({"config", "mirage_py"})
"""What exists only while an image is built."""


def of_cpython(module: str) -> str | None:
    """The hint that an import asks for a module of CPython's library which no image has."""
    if module not in sys.stdlib_module_names:
        return None
    return f"`{module}` is of CPython's library; docs/packages.md tells what images have of it"
