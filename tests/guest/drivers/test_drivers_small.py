"""Console, time, event and process over the fake Solo5."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.support.extension import Driver

GetDriver = Callable[[str], Driver]


def test_console_writes_what_it_is_given(driver: GetDriver) -> None:
    c = driver("console").c
    c.mirage_console_write(b"hello\n", ctypes.c_size_t(6))
    c.mirage_console_write(b"only half", ctypes.c_size_t(4))
    c.mirage_console_write(b"", ctypes.c_size_t(0))
    assert c.fake_console() == b"hello\nonly"


def test_console_writes_null_bytes(driver: GetDriver) -> None:
    c = driver("console").c
    c.mirage_console_write(b"a\0b", ctypes.c_size_t(3))
    assert c.fake_console_size() == 3


def test_clocks(driver: GetDriver) -> None:
    """Nanoseconds pass through whole, in C and in Python, up to the last bit."""
    time = driver("time")
    wall = 2**64 - 1
    time.c.fake_set_clocks(ctypes.c_uint64(2**40), ctypes.c_uint64(wall), ctypes.c_uint64(7))
    assert time.c.mirage_time_monotonic() == 2**40
    assert time.python.monotonic_ns() == 2**40 + 7
    assert time.c.mirage_time_wall() == time.python.wall_ns() == wall


def test_yield(driver: GetDriver) -> None:
    """The deadline goes in and the set of ready handles comes out, all 64 of them."""
    c = driver("event").c
    c.fake_set_ready(ctypes.c_uint64(1 << 63 | 5))
    assert c.mirage_event_yield(ctypes.c_uint64(2**64 - 1)) == 1 << 63 | 5
    assert c.fake_deadline() == 2**64 - 1
    c.fake_set_ready(ctypes.c_uint64(0))
    assert c.mirage_event_yield(ctypes.c_uint64(0)) == 0
    assert c.fake_deadline() == 0


@pytest.mark.parametrize(
    ("call", "status"),
    [
        ("mirage_process_exit(0)", 0),
        ("mirage_process_exit(64)", 64),
        ("mirage_process_abort()", 255),
    ],
)
def test_process_ends(driver: GetDriver, call: str, status: int) -> None:
    library = driver("process").python.__file__
    script = f"import ctypes; ctypes.PyDLL({library!r}).{call}; print('still here')"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout) == (status, b"")
