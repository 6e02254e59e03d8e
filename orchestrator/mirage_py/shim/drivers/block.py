"""Block devices, over files."""

from __future__ import annotations

import errno

from mirage_py.shim import machine
from mirage_py.shim.disks import Disk


def acquire(name: str) -> int:
    """The handle of the device `name`. OSError if there is none."""
    if name not in machine.current.disks:
        raise OSError(errno.ENODEV, f"no disk `{name}`: `guest.block({name!r}, …)` makes one")
    return list(machine.current.disks).index(name)


def capacity(handle: int) -> int:
    """Bytes of the device."""
    return opened(handle).capacity


def block_size(handle: int) -> int:
    """Bytes of the unit that is read and written."""
    return opened(handle).block_size


def read(handle: int, offset: int, buffer: bytearray) -> None:
    """Read units into `buffer`, which is as long as they are."""
    units(handle, offset, len(buffer))
    read_part(handle, offset, buffer, buffer)


def write(handle: int, offset: int, buffer: bytes) -> None:
    """Write `buffer`, which is as long as some units."""
    units(handle, offset, len(buffer))
    write_part(handle, offset, buffer, buffer)


def read_blocks(handle: int, number: int, buffer: bytearray) -> None:
    """Read units from that of a number on into `buffer`."""
    read(handle, number * opened(handle).block_size, buffer)


def write_blocks(handle: int, number: int, buffer: bytes) -> None:
    """Write `buffer` to units from that of a number on."""
    write(handle, number * opened(handle).block_size, buffer)


def read_part(handle: int, offset: int, buffer: bytearray, _scratch: object) -> None:
    """Read any bytes."""
    within(handle, offset, len(buffer))
    file = opened(handle).file
    file.seek(offset)
    memoryview(buffer)[:] = file.read(len(buffer))


def write_part(handle: int, offset: int, buffer: bytes, _scratch: object) -> None:
    """Write any bytes."""
    within(handle, offset, len(buffer))
    file = opened(handle).file
    file.seek(offset)
    file.write(buffer)


def opened(handle: int) -> Disk:
    """The disk of a handle."""
    disks = list(machine.current.disks.values())
    if not 0 <= handle < len(disks):
        raise OSError(errno.EBADF, "a disk of another test")
    return disks[handle]


def units(handle: int, offset: int, length: int) -> None:
    """That these bytes are units of the device."""
    unit = opened(handle).block_size
    if not length or length % unit or offset % unit:
        raise OSError(errno.EINVAL, f"not whole blocks of {unit} bytes")


def within(handle: int, offset: int, length: int) -> None:
    """That these bytes are on the device, in its whole units."""
    device = opened(handle)
    whole = device.capacity // device.block_size * device.block_size
    if offset < 0 or offset + length > whole:
        raise OSError(errno.EINVAL, f"beyond the {whole} bytes of the disk")
