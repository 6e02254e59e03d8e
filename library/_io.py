"""The names that CPython's `io` has from C."""

from io import *
from io import open  # noqa: UP029 -- CPython's has it
