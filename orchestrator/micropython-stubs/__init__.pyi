"""What MicroPython's module `micropython` has in an image."""

from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")

def const(value: _T) -> _T:
    """`value`, which is put where the name stands that it is assigned to."""

def heap_lock() -> int:
    """Let nothing be allocated; returns how many times it is locked now."""

def heap_unlock() -> int:
    """The reverse, as many times."""

def mem_info(verbose: object = ...) -> None:
    """Print what memory is taken."""

def qstr_info(verbose: object = ...) -> None:
    """Print what strings are interned."""

def stack_use() -> int:
    """The bytes of the stack that are taken."""

def schedule(function: Callable[[_T], object], argument: _T) -> None:
    """Call `function(argument)` soon, between two steps of the interpreter. Raises RuntimeError if
    too many wait."""
