# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""The console: text out, best effort."""

from solo5 cimport solo5_console_write


cdef public void mirage_console_write(const char *text, size_t length) noexcept nogil:
    """Writes `length` bytes of `text`; cannot fail, may lose data."""
    solo5_console_write(text, length)
