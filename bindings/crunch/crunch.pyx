# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""Directories that are part of the image, read where they lie. Keys are paths; slashes at their
ends do not count."""

from libc.stddef cimport size_t
from libc.stdint cimport int64_t, uint8_t, uint32_t, uint64_t
from libc.string cimport strcmp, strlen

from mpy cimport mp_const_none, mp_obj_new_memoryview, mp_obj_t


cdef extern from "bindings/crunch/pack.h" nogil:
    enum:
        MIRAGE_PACK_VALUE

    struct mirage_pack:
        uint32_t entries
        uint64_t entry_table

    struct mirage_pack_entry:
        uint64_t name
        uint64_t data
        uint64_t size
        int64_t modified
        uint32_t kind
        uint32_t base
        uint8_t digest[32]

    struct mirage_embedded:
        const char *name
        const unsigned char *pack

    const mirage_embedded mirage_embedded_table "mirage_embedded"[]
    const void *mirage_pack_at(const mirage_pack *pack, uint64_t offset) noexcept
    const mirage_pack_entry *mirage_pack_entry_of "mirage_pack_entry"(
        const mirage_pack *pack, uint32_t number) noexcept
    const mirage_pack_entry *mirage_pack_find(
        const mirage_pack *pack, const char *path, size_t size) noexcept


cdef enum:
    ENOENT = 2
    EBADF = 9


cpdef int directory(const char *name) except -1:
    """The number of the directory that config.py embeds under that name. OSError if there is
    none."""
    cdef int number = 0
    while mirage_embedded_table[number].name != NULL:
        if strcmp(mirage_embedded_table[number].name, name) == 0:
            return number
        number += 1
    raise OSError(ENOENT)


cdef const mirage_pack *opened(int number) except NULL:
    """The directory of a number that `directory` gave."""
    cdef int known = 0
    while mirage_embedded_table[known].name != NULL:
        if known == number:
            return <const mirage_pack *>mirage_embedded_table[known].pack
        known += 1
    raise OSError(EBADF)


cdef const mirage_pack_entry *entry_of(int number, int entry) except NULL:
    """An entry by its number."""
    cdef const mirage_pack_entry *found = mirage_pack_entry_of(opened(number), <uint32_t>entry)
    if found == NULL:
        raise OSError(EBADF)
    return found


cdef const mirage_pack_entry *found_in(const mirage_pack *pack, const char *key) noexcept:
    """The entry of a key, or NULL."""
    cdef size_t length
    while key[0] == b"/":
        key += 1
    length = strlen(key)
    while length > 0 and key[length - 1] == b"/":
        length -= 1
    return mirage_pack_find(pack, key, length)


cdef mp_obj_t view_of(const mirage_pack *pack, uint64_t offset, uint64_t size) noexcept:
    """A memoryview of bytes of the image."""
    return mp_obj_new_memoryview(b"B", size, <void *>mirage_pack_at(pack, offset))


cpdef mp_obj_t get(int number, const char *key) except NULL:
    """The bytes of a value, where they lie; None if there is no value of that key."""
    cdef const mirage_pack *pack = opened(number)
    cdef const mirage_pack_entry *entry = found_in(pack, key)
    if entry == NULL or entry.kind != MIRAGE_PACK_VALUE:
        return mp_const_none
    return view_of(pack, entry.data, entry.size)


cpdef int find(int number, const char *key) except -2:
    """The number of a key's entry, or -1."""
    cdef const mirage_pack *pack = opened(number)
    cdef const mirage_pack_entry *entry = found_in(pack, key)
    if entry == NULL:
        return -1
    return <int>(entry - mirage_pack_entry_of(pack, 0))


cpdef bint is_value(int number, int entry) except? 0:
    """Whether an entry is a file."""
    return entry_of(number, entry).kind == MIRAGE_PACK_VALUE


cpdef uint64_t size(int number, int entry) except? 0:
    """The bytes of a file; the entries of a directory."""
    return entry_of(number, entry).size


cpdef int first(int number, int entry) except -1:
    """The number of a directory's first entry; the others follow it."""
    return <int>entry_of(number, entry).data


cpdef int64_t modified(int number, int entry) except? 0:
    """When it was last modified, in nanoseconds since 1970."""
    return entry_of(number, entry).modified


cpdef const char *name(int number, int entry) except NULL:
    """The last part of its path."""
    cdef const mirage_pack_entry *found = entry_of(number, entry)
    return <const char *>mirage_pack_at(opened(number), found.name + found.base)


cpdef mp_obj_t digest(int number, int entry) except NULL:
    """Its sha256, 32 bytes."""
    cdef const mirage_pack_entry *found = entry_of(number, entry)
    return mp_obj_new_memoryview(b"B", 32, <void *>found.digest)
