"""Freestanding Cython: a `.pyx` becomes C that needs no CPython, and a MicroPython module.

Cython is used as a library. Its own pipeline parses and types the source; then only types,
variables and functions are written. See `python -m mirage_py.cython --help`.
"""

from __future__ import annotations

from mirage_py.cython.compile import Output, compile_pyx
from mirage_py.cython.diagnostics import CythonError, Diagnostic
from mirage_py.cython.frontend import Mode

__all__ = ["CythonError", "Diagnostic", "Mode", "Output", "compile_pyx"]
