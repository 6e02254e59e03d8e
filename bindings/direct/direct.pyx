# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""Files of the host, where the target has them. Paths are the host's; OSError has its errno."""

from libc.stdint cimport int64_t, uint8_t, uint64_t

from mpy cimport mp_obj_new_int, mp_obj_new_tuple, mp_obj_t


cdef extern from "files.h" nogil:
    enum:
        FILES_VALUE
        FILES_DIRECTORY

    ctypedef struct host_status "struct files_status":
        int kind
        uint64_t size
        int64_t modified

    bint files_exist() noexcept
    int64_t files_status(const char *path, host_status *status) noexcept
    int64_t files_list(const char *path, char *room, size_t size) noexcept
    int64_t files_read(
        const char *path, uint64_t offset, uint8_t *data, size_t size) noexcept
    int64_t files_write(const char *path, const uint8_t *data, size_t size) noexcept
    int64_t files_patch(
        const char *path, uint64_t offset, const uint8_t *data, size_t size) noexcept
    int64_t files_rename(const char *source, const char *dest) noexcept
    int64_t files_make_directory(const char *path) noexcept
    int64_t files_remove(const char *path, bint directory) noexcept
    int64_t files_synchronize(const char *directory) noexcept


cdef enum:
    ENODEV = 19

cdef int64_t checked(int64_t result) except -1:
    """What a call gave. OSError if that is an error."""
    if result < 0:
        raise OSError(<int>-result)
    return result


cdef int there() except -1:
    """That the target has such files."""
    if not files_exist():
        raise OSError(ENODEV)
    return 0


cpdef mp_obj_t status(const char *path) except NULL:
    """0 for a file, 1 for a directory and 2 for what is neither; its size in bytes; when it was
    last modified, in nanoseconds since 1970. OSError."""
    cdef host_status found
    cdef mp_obj_t[3] items
    there()
    checked(files_status(path, &found))
    items[0] = mp_obj_new_int(found.kind)
    items[1] = mp_obj_new_int(<long>found.size)
    items[2] = mp_obj_new_int(found.modified)
    return mp_obj_new_tuple(3, items)


cpdef int64_t list(const char *path, unsigned char[::1] room) except -1:
    """The names in a directory, each ended by a zero byte, into `room`: how many bytes they take.
    OSError(ERANGE) if there are more."""
    there()
    return checked(files_list(path, <char *>&room[0], room.shape[0]))


cpdef int64_t read(const char *path, uint64_t offset, unsigned char[::1] buffer) except -1:
    """Fill `buffer` with what a file has from `offset` on: how many bytes that is. OSError."""
    there()
    if buffer.shape[0] == 0:
        return 0
    return checked(files_read(path, offset, &buffer[0], buffer.shape[0]))


cpdef void write(const char *path, const unsigned char[::1] data) except *:
    """Make a file of these bytes, on the host's disk. OSError."""
    cdef uint8_t nothing = 0
    there()
    checked(files_write(path, &data[0] if data.shape[0] else &nothing, data.shape[0]))


cpdef void patch(const char *path, uint64_t offset, const unsigned char[::1] data) except *:
    """Write into a file that is there. OSError."""
    there()
    if data.shape[0]:
        checked(files_patch(path, offset, &data[0], data.shape[0]))


cpdef void rename(const char *source, const char *dest) except *:
    """Give a file or directory another path, in place of a file there. OSError."""
    there()
    checked(files_rename(source, dest))


cpdef void mkdir(const char *path) except *:
    """Make a directory. OSError."""
    there()
    checked(files_make_directory(path))


cpdef void remove(const char *path, bint directory) except *:
    """Remove a file, or an empty directory. OSError."""
    there()
    checked(files_remove(path, directory))


cpdef void sync(const char *directory) except *:
    """Let what a directory holds be on the host's disk. OSError."""
    there()
    checked(files_synchronize(directory))
