"""The lock: every input of a project's images, with its hash."""

from mirage_py.lock.file import NAME, read, write
from mirage_py.lock.model import Lock, LockedSource, LockFile, Pin, Toolchain
from mirage_py.lock.pin import EVERYTHING, TOOLCHAIN, pin
from mirage_py.lock.pull import package_trees, pull, trees
from mirage_py.lock.settle import changes, settle
from mirage_py.lock.toolchain import compiler_command, toolchain
from mirage_py.lock.vendor import check as check_vendor

__all__ = [
    "EVERYTHING",
    "NAME",
    "TOOLCHAIN",
    "Lock",
    "LockFile",
    "LockedSource",
    "Pin",
    "Toolchain",
    "changes",
    "check_vendor",
    "compiler_command",
    "package_trees",
    "pin",
    "pull",
    "read",
    "settle",
    "toolchain",
    "trees",
    "write",
]
