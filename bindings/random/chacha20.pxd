# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""The ChaCha20 block function (RFC 8439, section 2.3), to be inlined where it is cimported."""

from libc.stdint cimport uint32_t


cdef inline uint32_t _rotated(uint32_t word, int bits) noexcept nogil:
    return (word << bits) | (word >> (32 - bits))


cdef inline void _quarter(uint32_t *x, int a, int b, int c, int d) noexcept nogil:
    x[a] += x[b]
    x[d] = _rotated(x[d] ^ x[a], 16)
    x[c] += x[d]
    x[b] = _rotated(x[b] ^ x[c], 12)
    x[a] += x[b]
    x[d] = _rotated(x[d] ^ x[a], 8)
    x[c] += x[d]
    x[b] = _rotated(x[b] ^ x[c], 7)


cdef inline void chacha20_block(
        const uint32_t *key, uint32_t counter, const uint32_t *nonce, uint32_t *x) noexcept nogil:
    """16 words of key stream into `x`, from 8 of key, a block counter and 3 of nonce. Words are as
    RFC 8439 reads them, little-endian."""
    cdef uint32_t[16] start
    cdef int i, _
    start[0], start[1], start[2], start[3] = 0x61707865, 0x3320646e, 0x79622d32, 0x6b206574
    for i in range(8):
        start[4 + i] = key[i]
    start[12] = counter
    for i in range(3):
        start[13 + i] = nonce[i]
    for i in range(16):
        x[i] = start[i]
    for _ in range(10):
        _quarter(x, 0, 4, 8, 12)
        _quarter(x, 1, 5, 9, 13)
        _quarter(x, 2, 6, 10, 14)
        _quarter(x, 3, 7, 11, 15)
        _quarter(x, 0, 5, 10, 15)
        _quarter(x, 1, 6, 11, 12)
        _quarter(x, 2, 7, 8, 13)
        _quarter(x, 3, 4, 9, 14)
    for i in range(16):
        x[i] += start[i]
