# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""MicroPython's streams, buffers and dictionaries, for drivers that work on them in C."""

from mpy cimport mp_obj_t

cdef extern from "py/obj.h":
    ctypedef size_t mp_uint_t
    ctypedef struct mp_buffer_info_t:
        void *buf
        size_t len
    int MP_BUFFER_READ
    # Whether there is one.
    bint mp_get_buffer(mp_obj_t value, mp_buffer_info_t *buffer, int flags)
    # What a tuple or a list holds, where it lies.
    void mp_obj_get_array(mp_obj_t value, size_t *size, mp_obj_t **items)
    ctypedef struct mp_map_elem_t:
        mp_obj_t value
    int MP_MAP_LOOKUP
    void *mp_obj_dict_get_map(mp_obj_t dictionary)
    mp_map_elem_t *mp_map_lookup(void *map, mp_obj_t key, int kind)
    bint mp_obj_is_small_int(mp_obj_t value)
    mp_obj_t mp_obj_get_type(mp_obj_t value)
    # A name.
    mp_obj_t mp_obj_new_str_via_qstr(const char *text, size_t size)

cdef extern from "mirage_cython_mp.h":
    # The attributes of an instance of a Python class, a map; an instance with the same ones.
    void *mirage_instance_members(mp_obj_t instance)
    mp_obj_t mirage_instance_copy(mp_obj_t instance)
    # Call a function, and run the coroutine that it may return as far as it goes at once: whether
    # that is done. `result` is what was returned; the exception that was raised; or the coroutine.
    bint mirage_call_step(mp_obj_t function, mp_obj_t argument, mp_obj_t *result) noexcept

# A key that is in no heap: text, and its hash.
cdef extern from "py/objstr.h":
    ctypedef struct mp_obj_base_t:
        const void *type
    ctypedef struct mp_obj_str_t:
        mp_obj_base_t base
        size_t hash
        size_t len
        const unsigned char *data
    const int mp_type_str

cdef extern from "py/qstr.h":
    size_t qstr_compute_hash(const unsigned char *text, size_t size)

# Streams: what they return is a number of bytes, or MP_STREAM_ERROR and an errno.
cdef extern from "py/stream.h":
    ctypedef struct mp_stream_p_t:
        mp_uint_t (*read)(mp_obj_t stream, void *data, mp_uint_t size, int *error) noexcept
        mp_uint_t (*write)(mp_obj_t stream, const void *data, mp_uint_t size, int *error) noexcept
    mp_uint_t MP_STREAM_ERROR
    int MP_STREAM_OP_READ
    int MP_STREAM_OP_WRITE
    # OSError if it has not these.
    const mp_stream_p_t *mp_get_stream_raise(mp_obj_t stream, int operations)
