# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""MicroPython's objects, for a module that passes them through: `from mpy cimport mp_obj_t`."""

cdef extern from "py/obj.h" nogil:
    ctypedef void *mp_obj_t
    mp_obj_t mp_const_none

cdef extern from "mirage_objects.h" nogil:
    # Of memory that outlives it; it can only be read through it.
    mp_obj_t mp_obj_new_memoryview "mirage_new_memoryview"(
        unsigned char typecode, Py_ssize_t items, void *memory)

cdef extern from "py/runtime.h":
    # A callable of Python's: what it raises goes on to whoever called the module.
    mp_obj_t mp_call_function_0(mp_obj_t function)
    mp_obj_t mp_call_function_1(mp_obj_t function, mp_obj_t argument)
    mp_obj_t mp_call_function_2(mp_obj_t function, mp_obj_t first, mp_obj_t second)
    mp_obj_t mp_call_function_n_kw(
        mp_obj_t function, size_t positional, size_t named, const mp_obj_t *arguments)

cdef extern from "py/obj.h":
    # Values to objects, and back; the latter raise TypeError.
    mp_obj_t mp_obj_new_int(long value)
    mp_obj_t mp_obj_new_float(double value)
    mp_obj_t mp_obj_new_bool(int value)
    long mp_obj_get_int(mp_obj_t value)
    double mp_obj_get_float(mp_obj_t value)
    bint mp_obj_is_true(mp_obj_t value)

cdef extern from "mirage_objects.h":
    # ValueError for a size below 0, MemoryError for more than there is.
    mp_obj_t mp_obj_new_str "mirage_new_str"(const char *text, Py_ssize_t size)
    mp_obj_t mp_obj_new_bytes "mirage_new_bytes"(const unsigned char *data, Py_ssize_t size)
    mp_obj_t mp_obj_new_tuple "mirage_new_tuple"(Py_ssize_t size, const mp_obj_t *items)
    mp_obj_t mp_obj_new_list "mirage_new_list"(Py_ssize_t size, mp_obj_t *items)
    # TypeError for what is no list.
    mp_obj_t mp_obj_list_append "mirage_list_append"(mp_obj_t list, mp_obj_t item)
