# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""Objects of a git pack: their heads, their zlib streams by uzlib, their deltas, and SHA-1 by
mbedTLS (git's gitformat-pack(5)). What is not as it must be is OSError(EILSEQ)."""

from libc.stddef cimport size_t
from libc.stdint cimport int64_t, uint8_t, uint64_t
from libc.string cimport memcpy

from mpy cimport mp_obj_new_bytes, mp_obj_new_int, mp_obj_new_tuple, mp_obj_t


cdef extern from "mbedtls/sha1.h" nogil:
    struct mbedtls_sha1_context:
        pass

    void mbedtls_sha1_init(mbedtls_sha1_context *context) noexcept
    int mbedtls_sha1_starts(mbedtls_sha1_context *context) noexcept
    int mbedtls_sha1_update(
        mbedtls_sha1_context *context, const uint8_t *data, size_t size) noexcept
    int mbedtls_sha1_finish(mbedtls_sha1_context *context, uint8_t *digest) noexcept

cdef extern from "bindings/docteur/inflate.h" nogil:
    int64_t mirage_inflate(
        const uint8_t *source, size_t source_size, uint8_t *data, size_t size) noexcept


cdef enum:
    EILSEQ = 84
    DIGEST = 20
    # Kinds of entries whose content is a delta: against an entry before, or a named object.
    OFS_DELTA = 6

cdef mbedtls_sha1_context hashing


cpdef mp_obj_t head(const unsigned char[::1] data) except NULL:
    """What an entry begins with: its kind, the size in bytes of its content, how far before it its
    base begins, 0 unless it is a delta against that, and the size of all this."""
    cdef size_t size = data.shape[0]
    cdef size_t at = 0
    cdef uint64_t content, distance = 0
    cdef int shift = 4
    cdef int kind
    cdef mp_obj_t[4] items
    need(1, size)
    kind = (data[0] >> 4) & 7
    content = data[0] & 15
    while data[at] & 0x80:
        at += 1
        need(at + 1, size)
        if shift > 53:
            raise OSError(EILSEQ)
        content |= <uint64_t>(data[at] & 0x7F) << shift
        shift += 7
    at += 1
    if kind == OFS_DELTA:
        need(at + 1, size)
        distance = data[at] & 0x7F
        while data[at] & 0x80:
            at += 1
            need(at + 1, size)
            if distance >> 53:
                raise OSError(EILSEQ)
            distance = ((distance + 1) << 7) | (data[at] & 0x7F)
        at += 1
        if distance == 0:
            raise OSError(EILSEQ)
    items[0] = mp_obj_new_int(kind)
    items[1] = mp_obj_new_int(<long>content)
    items[2] = mp_obj_new_int(<long>distance)
    items[3] = mp_obj_new_int(<long>at)
    return mp_obj_new_tuple(4, items)


cdef int need(size_t wanted, size_t size) except -1:
    """That there are so many bytes."""
    if wanted > size:
        raise OSError(EILSEQ)
    return 0


cpdef int64_t inflate(const unsigned char[::1] source, unsigned char[::1] data) except -1:
    """Fills `data` from the zlib stream that `source` begins with: how many bytes that gave."""
    cdef int64_t got
    if source.shape[0] == 0 or data.shape[0] == 0:
        raise OSError(EILSEQ)
    got = mirage_inflate(&source[0], source.shape[0], &data[0], data.shape[0])
    if got < 0:
        raise OSError(EILSEQ)
    return got


cdef size_t number(const uint8_t *delta, size_t size, size_t at, uint64_t *value) except 0:
    """A size that a delta says at `at`, into `value`: where that ends."""
    cdef int shift = 0
    value[0] = 0
    while True:
        need(at + 1, size)
        if shift > 49:
            raise OSError(EILSEQ)
        value[0] |= <uint64_t>(delta[at] & 0x7F) << shift
        shift += 7
        at += 1
        if not delta[at - 1] & 0x80:
            return at


cpdef uint64_t target_size(const unsigned char[::1] delta) except? 0:
    """How many bytes a delta makes; its first ones suffice."""
    cdef uint64_t base, target
    cdef size_t at
    need(1, delta.shape[0])
    at = number(&delta[0], delta.shape[0], 0, &base)
    number(&delta[0], delta.shape[0], at, &target)
    return target


cpdef void patch(
        const unsigned char[::1] base, const unsigned char[::1] delta,
        unsigned char[::1] target) except *:
    """What a delta makes of `base`, into `target`, which is just as long."""
    cdef uint64_t base_size, target_size, offset, length
    cdef size_t size = delta.shape[0]
    cdef size_t made = 0
    cdef size_t at
    cdef int bit
    cdef uint8_t command
    need(1, size)
    at = number(&delta[0], size, 0, &base_size)
    at = number(&delta[0], size, at, &target_size)
    if base_size != <uint64_t>base.shape[0] or target_size != <uint64_t>target.shape[0]:
        raise OSError(EILSEQ)
    while at < size:
        command = delta[at]
        at += 1
        if command & 0x80:
            offset = 0
            length = 0
            for bit in range(4):
                if command & (1 << bit):
                    need(at + 1, size)
                    offset |= <uint64_t>delta[at] << (8 * bit)
                    at += 1
            for bit in range(3):
                if command & (0x10 << bit):
                    need(at + 1, size)
                    length |= <uint64_t>delta[at] << (8 * bit)
                    at += 1
            if length == 0:
                length = 0x10000
            if offset > base_size or length > base_size - offset:
                raise OSError(EILSEQ)
            need(length, target_size - made)
            memcpy(&target[0] + made, &base[0] + offset, length)
        elif command:
            length = command
            need(length, size - at)
            need(length, target_size - made)
            memcpy(&target[0] + made, &delta[0] + at, length)
            at += length
        else:
            raise OSError(EILSEQ)
        made += length
    if made != target_size:
        raise OSError(EILSEQ)


cpdef void hash_start() except *:
    """Begin to make a SHA-1."""
    mbedtls_sha1_init(&hashing)
    mbedtls_sha1_starts(&hashing)


cpdef void hash_update(const unsigned char[::1] data) except *:
    """What it is of goes on like this."""
    if data.shape[0]:
        mbedtls_sha1_update(&hashing, &data[0], data.shape[0])


cpdef mp_obj_t hash_digest() except NULL:
    """The SHA-1, 20 bytes."""
    cdef uint8_t[20] digest
    mbedtls_sha1_finish(&hashing, digest)
    return mp_obj_new_bytes(digest, DIGEST)
