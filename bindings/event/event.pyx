# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""Waiting: the one place where the guest gives up the processor."""

from libc.stdint cimport uint64_t

from solo5 cimport solo5_handle_set_t, solo5_yield


cdef public uint64_t mirage_event_yield(uint64_t deadline_ns) noexcept nogil:
    """Sleeps until the monotonic clock reaches `deadline_ns` or a device has input. Returns the set
    of handles that are ready, bit n for handle n."""
    cdef solo5_handle_set_t ready = 0
    solo5_yield(deadline_ns, &ready)
    return ready
