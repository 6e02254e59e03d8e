"""Names of modules that a file of the user's must not take."""

GUEST_MODULES = frozenset({
    "array", "asyncio", "binascii", "builtins", "cmath", "collections", "deflate", "errno", "gc",
    "hashlib", "heapq", "io", "json", "math", "micropython", "os", "random", "re",
    "select", "socket", "struct", "sys", "time", "uctypes", "vfs",
})  # fmt: skip
"""What the interpreter brings: C modules, and the frozen library."""

VFS_MODULES = frozenset({"os", "vfs"})
"""What of it is there only with the feature `vfs`."""

HOST_MODULES = frozenset({"config", "mirage_py"})
"""What exists only while an image is built."""
