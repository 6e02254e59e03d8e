# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""MicroPython's objects, for a module that passes them through: `from mpy cimport mp_obj_t`."""

cdef extern from "py/obj.h" nogil:
    ctypedef void *mp_obj_t
    mp_obj_t mp_const_none
    # Of memory that outlives it; it can only be read through it.
    mp_obj_t mp_obj_new_memoryview(unsigned char typecode, size_t items, void *memory)
