# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""Block devices, one unit at a time. Every argument is checked here, because what Solo5 is given
wrongly it may answer by ending the unikernel."""

from libc.stdint cimport uint64_t

from solo5 cimport (
    SOLO5_R_OK,
    solo5_block_acquire,
    solo5_block_info,
    solo5_block_read,
    solo5_block_write,
    solo5_handle_t,
)


cdef enum:
    # A manifest has at most this many devices, and a handle is an index into it.
    HANDLES = 64
    EIO = 5
    EBADF = 9
    ENODEV = 19
    EINVAL = 22

cdef solo5_block_info[HANDLES] devices
cdef uint64_t acquired = 0


cpdef int acquire(const char *name) except -1:
    """The handle of the device `name`. OSError if the image declares none such, or if it has been
    acquired already."""
    global acquired
    cdef solo5_handle_t handle = 0
    cdef solo5_block_info device
    if solo5_block_acquire(name, &handle, &device) != SOLO5_R_OK:
        raise OSError(ENODEV)
    if handle >= HANDLES or device.block_size == 0:
        raise OSError(EIO)
    devices[handle] = device
    acquired |= <uint64_t>1 << handle
    return <int>handle


cdef solo5_block_info *opened(int handle) except NULL:
    """The device of a handle that `acquire` gave."""
    if handle < 0 or handle >= HANDLES or not (acquired >> handle) & 1:
        raise OSError(EBADF)
    return &devices[handle]


cdef int check(solo5_block_info *device, uint64_t offset, Py_ssize_t length) except -1:
    """That `length` bytes at `offset` are exactly one unit of the device."""
    if <uint64_t>length != device.block_size or offset % device.block_size:
        raise OSError(EINVAL)
    if device.capacity < device.block_size or offset > device.capacity - device.block_size:
        raise OSError(EINVAL)
    return 0


cpdef uint64_t capacity(int handle) except? 0:
    """The size of the device in bytes."""
    return opened(handle).capacity


cpdef uint64_t block_size(int handle) except? 0:
    """The size in bytes of the unit that is read and written."""
    return opened(handle).block_size


cpdef void read(int handle, uint64_t offset, unsigned char[::1] buffer) except *:
    """Reads the unit at byte `offset` into `buffer`, which is as long as a unit."""
    check(opened(handle), offset, buffer.shape[0])
    if solo5_block_read(handle, offset, &buffer[0], buffer.shape[0]) != SOLO5_R_OK:
        raise OSError(EIO)


cpdef void write(int handle, uint64_t offset, const unsigned char[::1] buffer) except *:
    """Writes `buffer`, which is as long as a unit, to the unit at byte `offset`."""
    check(opened(handle), offset, buffer.shape[0])
    if solo5_block_write(handle, offset, &buffer[0], buffer.shape[0]) != SOLO5_R_OK:
        raise OSError(EIO)
