"""Modern Python as MicroPython reads it: what its grammar lacks, said with what it has.

    lower(source) -> str | None

A module is rewritten only where it has to be, and statements keep their lines. What is written
instead may call `_modern` (library/_modern), which the module then imports.
"""

from mirage_py.lower.lower import lower
from mirage_py.lower.make import HELPER

__all__ = ["HELPER", "lower"]
