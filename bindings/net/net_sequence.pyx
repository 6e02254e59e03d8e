# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""Initial sequence numbers of TCP, RFC 6528: a clock of 4 microseconds plus a keyed hash of the
connection."""

from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memcpy

from lwip cimport IP_IS_V6_VAL, ip_2_ip4, ip_2_ip6, ip_addr_t
from siphash cimport siphash
from solo5 cimport solo5_clock_monotonic


cdef extern from "bindings/random.h" nogil:
    void mirage_random_fill(uint8_t *buffer, size_t length) noexcept


cdef uint64_t[2] secret


cdef public uint32_t mirage_net_sequence(
        const void *local_address, uint16_t local_port,
        const void *remote_address, uint16_t remote_port) noexcept nogil:
    """The first number of a connection between two `ip_addr_t`."""
    cdef const ip_addr_t *local = <const ip_addr_t *>local_address
    cdef const ip_addr_t *remote = <const ip_addr_t *>remote_address
    cdef uint64_t[5] words
    if secret[0] == 0:
        mirage_random_fill(<uint8_t *>secret, sizeof(secret))
    words[0] = words[1] = words[2] = words[3] = 0
    if IP_IS_V6_VAL(local[0]):
        memcpy(&words[0], ip_2_ip6(local).addr, 16)
        memcpy(&words[2], ip_2_ip6(remote).addr, 16)
    else:
        words[0] = ip_2_ip4(local).addr
        words[2] = ip_2_ip4(remote).addr
    words[4] = <uint64_t>local_port << 16 | remote_port
    return <uint32_t>siphash(secret, words, 5) + <uint32_t>(solo5_clock_monotonic() >> 12)
