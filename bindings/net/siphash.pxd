# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""SipHash-2-4 (Aumasson and Bernstein, 2012) of whole 64-bit words, to be inlined where it is
cimported."""

from libc.stdint cimport uint64_t


cdef inline uint64_t _rotated(uint64_t word, int bits) noexcept nogil:
    return (word << bits) | (word >> (64 - bits))


cdef inline void _round(uint64_t *v) noexcept nogil:
    v[0] += v[1]
    v[2] += v[3]
    v[1] = _rotated(v[1], 13) ^ v[0]
    v[3] = _rotated(v[3], 16) ^ v[2]
    v[0] = _rotated(v[0], 32)
    v[2] += v[1]
    v[0] += v[3]
    v[1] = _rotated(v[1], 17) ^ v[2]
    v[3] = _rotated(v[3], 21) ^ v[0]
    v[2] = _rotated(v[2], 32)


cdef inline uint64_t siphash(const uint64_t *key, const uint64_t *words, int count) noexcept nogil:
    """The hash, under a key of two words, of `count` words, little-endian as bytes."""
    cdef uint64_t[4] v
    cdef uint64_t last = <uint64_t>(count * 8) << 56
    cdef int i
    v[0] = key[0] ^ <uint64_t>0x736f6d6570736575
    v[1] = key[1] ^ <uint64_t>0x646f72616e646f6d
    v[2] = key[0] ^ <uint64_t>0x6c7967656e657261
    v[3] = key[1] ^ <uint64_t>0x7465646279746573
    for i in range(count):
        v[3] ^= words[i]
        _round(v)
        _round(v)
        v[0] ^= words[i]
    v[3] ^= last
    _round(v)
    _round(v)
    v[0] ^= last
    v[2] ^= 0xff
    _round(v)
    _round(v)
    _round(v)
    _round(v)
    return v[0] ^ v[1] ^ v[2] ^ v[3]
