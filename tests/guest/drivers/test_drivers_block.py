"""The block driver over the fake Solo5: what it refuses never reaches Solo5."""

from __future__ import annotations

import ctypes
import errno
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.extension import Driver

GetDriver = Callable[[str], Driver]
UNIT = 512
CAPACITY = 8 * UNIT
BIG = 2**64


class Device:
    """An acquired device, and the fake behind it."""

    def __init__(self, driver: Driver, capacity: int = CAPACITY, unit: int = UNIT) -> None:
        self.c = driver.c
        self.python: Any = driver.python
        self.c.fake_add_block(b"other", self.long(CAPACITY), self.long(UNIT))
        self.c.fake_add_block(b"storage", self.long(capacity), self.long(unit))
        self.handle = self.python.acquire("storage")

    @staticmethod
    def long(number: int) -> Any:
        return ctypes.c_uint64(number)

    def fails(self, number: int, function: str, *args: object) -> None:
        """The call raises OSError with that errno, and Solo5 was asked nothing forbidden."""
        with pytest.raises(OSError) as caught:  # noqa: PT011 - its number is asked below
            getattr(self.python, function)(*args)
        assert caught.value.args == (number,)
        assert self.c.fake_violations() == 0


@pytest.fixture
def device(driver: GetDriver) -> Device:
    return Device(driver("block"))


def test_properties(device: Device) -> None:
    assert device.handle == 1
    assert device.python.capacity(device.handle) == CAPACITY
    assert device.python.block_size(device.handle) == UNIT


def test_read_what_was_written(device: Device) -> None:
    first, last = bytes(range(256)) * 2, b"\xff" * UNIT
    device.python.write(device.handle, 0, first)
    device.python.write(device.handle, CAPACITY - UNIT, last)
    buffer = bytearray(UNIT)
    for offset, expected in ((0, first), (UNIT, bytes(UNIT)), (CAPACITY - UNIT, last)):
        device.python.read(device.handle, offset, buffer)
        assert buffer == expected
    assert device.c.fake_violations() == 0


def test_acquire_refuses(device: Device) -> None:
    """What the image does not declare, and what has been acquired already."""
    device.fails(errno.ENODEV, "acquire", "absent")
    device.fails(errno.ENODEV, "acquire", "")
    device.fails(errno.ENODEV, "acquire", "x" * 1000)
    device.fails(errno.ENODEV, "acquire", "storage")


@pytest.mark.parametrize("offset", [CAPACITY, CAPACITY + UNIT, BIG - UNIT, 2**63])
def test_out_of_range(device: Device, offset: int) -> None:
    device.fails(errno.EINVAL, "read", device.handle, offset, bytearray(UNIT))
    device.fails(errno.EINVAL, "write", device.handle, offset, bytes(UNIT))


@pytest.mark.parametrize("offset", [1, UNIT - 1, UNIT + 1, CAPACITY - 1, BIG - 1])
def test_misaligned(device: Device, offset: int) -> None:
    device.fails(errno.EINVAL, "read", device.handle, offset, bytearray(UNIT))
    device.fails(errno.EINVAL, "write", device.handle, offset, bytes(UNIT))


@pytest.mark.parametrize("length", [0, 1, UNIT - 1, UNIT + 1, 2 * UNIT - 1])
def test_no_whole_units(device: Device, length: int) -> None:
    device.fails(errno.EINVAL, "read", device.handle, 0, bytearray(length))
    device.fails(errno.EINVAL, "write", device.handle, 0, bytes(length))


@pytest.mark.parametrize("handle", [-1, 0, 2, 63, 64, 65, 2**31 - 1, -(2**31)])
def test_handle_that_was_not_acquired(device: Device, handle: int) -> None:
    """Even one that exists: `other` is there and not acquired."""
    device.fails(errno.EBADF, "capacity", handle)
    device.fails(errno.EBADF, "block_size", handle)
    device.fails(errno.EBADF, "read", handle, 0, bytearray(UNIT))
    device.fails(errno.EBADF, "write", handle, 0, bytes(UNIT))


def test_blocks_by_number(device: Device) -> None:
    run = bytes(range(256)) * 4
    device.python.write_blocks(device.handle, 6, run)
    buffer = bytearray(2 * UNIT)
    device.python.read_blocks(device.handle, 6, buffer)
    assert buffer == run
    for number in (-1, 8, 2**55, 2**63 - 1, -(2**63)):
        device.fails(errno.EINVAL, "read_blocks", device.handle, number, bytearray(UNIT))
        device.fails(errno.EINVAL, "write_blocks", device.handle, number, bytes(UNIT))
    device.fails(errno.EINVAL, "read_blocks", device.handle, 7, bytearray(2 * UNIT))
    for length in (0, 1, UNIT + 1):
        device.fails(errno.EINVAL, "read_blocks", device.handle, 0, bytearray(length))
        device.fails(errno.EINVAL, "write_blocks", device.handle, 0, bytes(length))
    device.fails(errno.EBADF, "read_blocks", 5, 0, bytearray(UNIT))


def test_device_error(device: Device) -> None:
    device.c.fake_fail_block(device.long(device.handle), 1)
    device.fails(errno.EIO, "read", device.handle, 0, bytearray(UNIT))
    device.fails(errno.EIO, "write", device.handle, 0, bytes(UNIT))


def test_read_needs_a_writable_buffer(device: Device) -> None:
    with pytest.raises((TypeError, ValueError, BufferError)):
        device.python.read(device.handle, 0, bytes(UNIT))


def test_numbers_that_do_not_fit(device: Device) -> None:
    for offset in (-1, BIG):
        with pytest.raises(OverflowError):
            device.python.read(device.handle, offset, bytearray(UNIT))
    with pytest.raises(OverflowError):
        device.python.capacity(2**31)


def test_device_smaller_than_its_unit(driver: GetDriver) -> None:
    device = Device(driver("block"), capacity=UNIT - 1)
    device.fails(errno.EINVAL, "read", device.handle, 0, bytearray(UNIT))


def test_capacity_that_is_no_multiple(driver: GetDriver) -> None:
    """The rest after the last whole unit cannot be reached."""
    device = Device(driver("block"), capacity=2 * UNIT + 100)
    device.python.read(device.handle, UNIT, bytearray(UNIT))
    device.fails(errno.EINVAL, "read", device.handle, 2 * UNIT, bytearray(UNIT))


def test_unit_of_zero(driver: GetDriver) -> None:
    block = driver("block")
    with pytest.raises(OSError) as caught:  # noqa: PT011 - its number is asked below
        Device(block, unit=0)
    assert caught.value.args == (errno.EIO,)


def test_runs(device: Device) -> None:
    """Many units in a call, as far as the end; not one byte is written of a run beyond it."""
    run = bytes(range(256)) * 6
    device.python.write(device.handle, CAPACITY - 3 * UNIT, run)
    buffer = bytearray(4 * UNIT)
    device.python.read(device.handle, CAPACITY - 4 * UNIT, buffer)
    assert buffer == bytes(UNIT) + run
    device.fails(errno.EINVAL, "write", device.handle, CAPACITY - 2 * UNIT, bytes(3 * UNIT))
    device.fails(errno.EINVAL, "read", device.handle, 0, bytearray(9 * UNIT))
    device.fails(errno.EINVAL, "read", device.handle, BIG - UNIT, bytearray(2 * UNIT))
    device.python.read(device.handle, CAPACITY - 4 * UNIT, buffer)
    assert buffer == bytes(UNIT) + run


@pytest.mark.parametrize("offset", [0, 1, UNIT - 1, UNIT, UNIT + 7])
@pytest.mark.parametrize("length", [0, 1, UNIT - 1, UNIT, UNIT + 1, 3 * UNIT + 9])
def test_parts(device: Device, offset: int, length: int) -> None:
    """Any bytes; what lies beside them stays as it was."""
    scratch, before = bytearray(UNIT), bytes(range(256)) * (CAPACITY // 256)
    device.python.write(device.handle, 0, before)
    part = bytes((number * 7 + 3) % 256 for number in range(length))
    device.python.write_part(device.handle, offset, part, scratch)
    after, buffer = bytearray(CAPACITY), bytearray(length)
    device.python.read(device.handle, 0, after)
    assert after == before[:offset] + part + before[offset + length :]
    device.python.read_part(device.handle, offset, buffer, scratch)
    assert buffer == part
    assert device.c.fake_violations() == 0


def test_parts_refuse(device: Device) -> None:
    scratch = bytearray(UNIT)
    for offset, length in ((CAPACITY, 1), (CAPACITY - 1, 2), (BIG - 1, 2), (0, CAPACITY + 1)):
        device.fails(errno.EINVAL, "read_part", device.handle, offset, bytearray(length), scratch)
        device.fails(errno.EINVAL, "write_part", device.handle, offset, bytes(length), scratch)
    device.fails(errno.EINVAL, "read_part", device.handle, 0, bytearray(1), bytearray(UNIT - 1))
    device.fails(errno.EBADF, "write_part", 0, 0, b"x", scratch)
    device.python.read_part(device.handle, CAPACITY, bytearray(0), scratch)
