"""Functions that MicroPython has in modules of CPython's names, beside those of CPython."""

from __future__ import annotations

import asyncio
import sys
import time
import traceback
from collections.abc import Awaitable, Callable
from types import ModuleType
from typing import Any, TextIO

from mirage_py.shim import machine

_PERIOD = 1 << 30
"""Where the numbers of `ticks_ms` begin again, as on a 32-bit machine and more often than ours, so
that a test sees a difference that was not made by `ticks_diff`."""


async def sleep_ms(ms: int) -> None:
    """asyncio.sleep_ms"""
    await asyncio.sleep(ms / 1000)


async def wait_for_ms(awaitable: Awaitable[Any], ms: int) -> Any:
    """asyncio.wait_for_ms"""
    return await asyncio.wait_for(awaitable, ms / 1000)


def ticks_ms() -> int:
    """time.ticks_ms"""
    return machine.current.clock.monotonic_ns // 1_000_000 % _PERIOD


def ticks_us() -> int:
    """time.ticks_us"""
    return machine.current.clock.monotonic_ns // 1_000 % _PERIOD


def ticks_add(ticks: int, delta: int) -> int:
    """time.ticks_add"""
    return (ticks + delta) % _PERIOD


def ticks_diff(end: int, start: int) -> int:
    """time.ticks_diff"""
    return (end - start + _PERIOD // 2) % _PERIOD - _PERIOD // 2


def print_exception(error: BaseException, file: TextIO | None = None) -> None:
    """sys.print_exception"""
    traceback.print_exception(error, file=file or sys.stdout)


def atexit(hook: Callable[[], object] | None) -> Callable[[], object] | None:
    """sys.atexit: what is called when the unikernel ends; the one before it."""
    before, machine.current.at_exit = machine.current.at_exit, hook
    return before


EXTRAS: dict[ModuleType, tuple[Callable[..., object], ...]] = {
    asyncio: (sleep_ms, wait_for_ms),
    time: (ticks_ms, ticks_us, ticks_add, ticks_diff),
    sys: (print_exception, atexit),
}


def install() -> None:
    """Add them to these modules."""
    for module, functions in EXTRAS.items():
        for function in functions:
            setattr(module, function.__name__, function)
