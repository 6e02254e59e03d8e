# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""Block devices: whole units, one or many in a call, and parts of units. Every argument is checked
here, because what Solo5 is given wrongly it may answer by ending the unikernel."""

from libc.stdint cimport int64_t, uint8_t, uint64_t
from libc.string cimport memcpy

from solo5 cimport (
    SOLO5_R_OK,
    solo5_block_acquire,
    solo5_block_info,
    solo5_block_read,
    solo5_block_write,
    solo5_handle_t,
    solo5_off_t,
    solo5_result_t,
)


cdef extern from "block_runs.h" nogil:
    solo5_result_t block_runs_write(
        solo5_handle_t handle, solo5_off_t offset, const uint8_t *data, size_t size) noexcept
    solo5_result_t block_runs_read(
        solo5_handle_t handle, solo5_off_t offset, uint8_t *data, size_t size) noexcept
    bint block_runs_exist() noexcept


cdef enum:
    # A manifest has at most this many devices, and a handle is an index into it.
    HANDLES = 64
    EIO = 5
    EBADF = 9
    ENODEV = 19
    EINVAL = 22

cdef solo5_block_info[HANDLES] devices
# How many whole units each has, and their bytes: to divide takes as long as all else here.
cdef uint64_t[HANDLES] counts
cdef uint64_t[HANDLES] ends
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
    counts[handle] = device.capacity / device.block_size
    ends[handle] = counts[handle] * device.block_size
    acquired |= <uint64_t>1 << handle
    return <int>handle


cdef solo5_block_info *opened(int handle) except NULL:
    """The device of a handle that `acquire` gave."""
    if handle < 0 or handle >= HANDLES or not (acquired >> handle) & 1:
        raise OSError(EBADF)
    return &devices[handle]


cdef int check(
        solo5_block_info *device, int handle, uint64_t offset, Py_ssize_t length) except -1:
    """That `length` bytes at `offset` are units of the device."""
    cdef uint64_t size = <uint64_t>length
    if size == 0 or size % device.block_size or offset % device.block_size:
        raise OSError(EINVAL)
    return within(handle, offset, size)


cdef int within(int handle, uint64_t offset, uint64_t size) except -1:
    """That `size` bytes at `offset` are on the device: in its whole units."""
    if offset > ends[handle] or size > ends[handle] - offset:
        raise OSError(EINVAL)
    return 0


cpdef uint64_t capacity(int handle) except? 0:
    """The size of the device in bytes."""
    return opened(handle).capacity


cpdef uint64_t block_size(int handle) except? 0:
    """The size in bytes of the unit that is read and written."""
    return opened(handle).block_size


cdef int read_units(
        solo5_block_info *device, int handle, uint64_t offset, uint8_t *data,
        uint64_t size) except -1:
    """Reads units, in one call where the target has one for that."""
    cdef uint64_t done = 0
    if size > device.block_size and block_runs_exist():
        if block_runs_read(handle, offset, data, size) != SOLO5_R_OK:
            raise OSError(EIO)
        return 0
    while done < size:
        if solo5_block_read(handle, offset + done, data + done, device.block_size) != SOLO5_R_OK:
            raise OSError(EIO)
        done += device.block_size
    return 0


cdef int write_units(
        solo5_block_info *device, int handle, uint64_t offset, const uint8_t *data,
        uint64_t size) except -1:
    """Writes units, in one call where the target has one for that."""
    cdef uint64_t done = 0
    if size > device.block_size and block_runs_exist():
        if block_runs_write(handle, offset, data, size) != SOLO5_R_OK:
            raise OSError(EIO)
        return 0
    while done < size:
        if solo5_block_write(handle, offset + done, data + done, device.block_size) != SOLO5_R_OK:
            raise OSError(EIO)
        done += device.block_size
    return 0


cpdef void read(int handle, uint64_t offset, unsigned char[::1] buffer) except *:
    """Reads units from byte `offset` on into `buffer`, which is as long as they are."""
    cdef solo5_block_info *device = opened(handle)
    check(device, handle, offset, buffer.shape[0])
    read_units(device, handle, offset, &buffer[0], <uint64_t>buffer.shape[0])


cpdef void write(int handle, uint64_t offset, const unsigned char[::1] buffer) except *:
    """Writes `buffer`, which is as long as some units, to those from byte `offset` on."""
    cdef solo5_block_info *device = opened(handle)
    check(device, handle, offset, buffer.shape[0])
    write_units(device, handle, offset, &buffer[0], <uint64_t>buffer.shape[0])


cdef uint64_t place(
        solo5_block_info *device, int handle, int64_t number, Py_ssize_t length) except? 0:
    """Where the unit of a number begins, if `length` bytes from there are units of the device."""
    cdef uint64_t unit = device.block_size
    cdef uint64_t size = <uint64_t>length
    if size != unit and (size == 0 or size % unit):
        raise OSError(EINVAL)
    if number < 0 or <uint64_t>number >= counts[handle]:
        raise OSError(EINVAL)
    within(handle, <uint64_t>number * unit, size)
    return <uint64_t>number * unit


cpdef void read_blocks(int handle, int64_t number, unsigned char[::1] buffer) except *:
    """Reads units from that of a number on into `buffer`, which is as long as they are."""
    cdef solo5_block_info *device = opened(handle)
    cdef uint64_t offset = place(device, handle, number, buffer.shape[0])
    read_units(device, handle, offset, &buffer[0], <uint64_t>buffer.shape[0])


cpdef void write_blocks(int handle, int64_t number, const unsigned char[::1] buffer) except *:
    """Writes `buffer`, which is as long as some units, to those from that of a number on."""
    cdef solo5_block_info *device = opened(handle)
    cdef uint64_t offset = place(device, handle, number, buffer.shape[0])
    write_units(device, handle, offset, &buffer[0], <uint64_t>buffer.shape[0])


cdef int check_scratch(solo5_block_info *device, Py_ssize_t length) except -1:
    """That a scratch buffer is as long as a unit."""
    if <uint64_t>length != device.block_size:
        raise OSError(EINVAL)
    return 0


cpdef void read_part(
        int handle, uint64_t offset, unsigned char[::1] buffer,
        unsigned char[::1] scratch) except *:
    """Reads any bytes from `offset` on into `buffer`; units of which it takes a part go through
    `scratch`, which is as long as one."""
    cdef solo5_block_info *device = opened(handle)
    cdef uint64_t unit = device.block_size
    cdef uint64_t left = <uint64_t>buffer.shape[0]
    cdef uint64_t skip, part
    cdef uint8_t *to
    check_scratch(device, scratch.shape[0])
    within(handle, offset, left)
    if left == 0:
        return
    to = &buffer[0]
    while left > 0:
        skip = offset % unit
        if skip == 0 and left >= unit:
            part = left / unit * unit
            read_units(device, handle, offset, to, part)
        else:
            part = min(left, unit - skip)
            read_units(device, handle, offset - skip, &scratch[0], unit)
            memcpy(to, &scratch[0] + skip, part)
        offset += part
        to += part
        left -= part


cpdef void write_part(
        int handle, uint64_t offset, const unsigned char[::1] buffer,
        unsigned char[::1] scratch) except *:
    """Writes any bytes from `offset` on; the rest of a unit of which they are a part is read before
    and written as it was."""
    cdef solo5_block_info *device = opened(handle)
    cdef uint64_t unit = device.block_size
    cdef uint64_t left = <uint64_t>buffer.shape[0]
    cdef uint64_t skip, part
    cdef const uint8_t *source
    check_scratch(device, scratch.shape[0])
    within(handle, offset, left)
    if left == 0:
        return
    source = &buffer[0]
    while left > 0:
        skip = offset % unit
        if skip == 0 and left >= unit:
            part = left / unit * unit
            write_units(device, handle, offset, source, part)
        else:
            part = min(left, unit - skip)
            read_units(device, handle, offset - skip, &scratch[0], unit)
            memcpy(&scratch[0] + skip, source, part)
            write_units(device, handle, offset - skip, &scratch[0], unit)
        offset += part
        source += part
        left -= part
