# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""The end of the unikernel."""

from solo5 cimport solo5_abort, solo5_exit


cdef public void mirage_process_exit(int status) noexcept nogil:
    """Ends the unikernel with `status`; does not return."""
    solo5_exit(status)


cdef public void mirage_process_abort() noexcept nogil:
    """Ends the unikernel as crashed (status 255); does not return."""
    solo5_abort()
