# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""The two clocks, in nanoseconds."""

from libc.stdint cimport uint64_t

from solo5 cimport solo5_clock_monotonic, solo5_clock_wall


cdef public uint64_t mirage_time_monotonic() noexcept nogil:
    """Nanoseconds since some moment before the boot; never goes back."""
    return solo5_clock_monotonic()


cdef public uint64_t mirage_time_wall() noexcept nogil:
    """Nanoseconds since 1970-01-01 UTC, by the host's clock."""
    return solo5_clock_wall()


cpdef uint64_t monotonic_ns() noexcept:
    return solo5_clock_monotonic()


cpdef uint64_t wall_ns() noexcept:
    return solo5_clock_wall()
