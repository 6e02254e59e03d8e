# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""A module with every kind of value that crosses, for test_cython_wrapper.py."""

from libc.stdint cimport int8_t, int16_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t

from mpy cimport mp_obj_t


cdef enum colour:
    RED = 1
    BLUE = 7

ctypedef uint16_t port_t

# Filled when the module is imported.
cdef int[8] squares
cdef int imports = 0
cdef int i
for i in range(8):
    squares[i] = i * i
imports += 1


cpdef int8_t i8(int8_t a) noexcept:
    return a


cpdef uint8_t u8(uint8_t a) noexcept:
    return a


cpdef int16_t i16(int16_t a) noexcept:
    return a


cpdef port_t port(port_t a) noexcept:
    return a


cpdef int i32(int a) noexcept:
    return a


cpdef uint32_t u32(uint32_t a) noexcept:
    return a


cpdef int64_t i64(int64_t a) noexcept:
    return a


cpdef uint64_t u64(uint64_t a) noexcept:
    return a


cpdef size_t size(size_t a) noexcept:
    return a


cpdef bint negated(bint a) noexcept:
    return not a


cpdef double f64(double a) noexcept:
    return a


cpdef float f32(float a) noexcept:
    return a


cpdef colour enumerated(colour a) noexcept:
    return a


cpdef const char *text(const char *a) noexcept:
    if a[0] == c'-':
        return NULL
    return a


cdef mp_obj_t never

cpdef mp_obj_t unset() noexcept:
    return never

cpdef mp_obj_t same(mp_obj_t a) noexcept:
    return a


cpdef void nothing() noexcept:
    pass


cpdef long total(const unsigned char[::1] data) noexcept:
    cdef Py_ssize_t n
    cdef long result = 0
    for n in range(data.shape[0]):
        result += data[n]
    return result


cpdef void invert(unsigned char[::1] data) noexcept:
    cdef Py_ssize_t n
    for n in range(data.shape[0]):
        data[n] ^= 0xff


cpdef int sum16(const int16_t[::1] data) noexcept:
    cdef Py_ssize_t n
    cdef int result = 0
    for n in range(data.shape[0]):
        result += data[n]
    return result


cpdef void double32(uint32_t[::1] data) noexcept:
    cdef Py_ssize_t n
    for n in range(data.shape[0]):
        data[n] *= 2


cpdef double mean(const double[::1] data) except? -1:
    cdef Py_ssize_t n
    cdef double result = 0
    if data.shape[0] == 0:
        raise ValueError("mean of nothing")
    for n in range(data.shape[0]):
        result += data[n]
    return result / data.shape[0]


cpdef int optional(int a, int b=10, int c=100) noexcept:
    return a + b + c


cpdef int four(int a, int b, int c, int d) noexcept:
    return 1000 * a + 100 * b + 10 * c + d


cpdef int square(int n) except? -1:
    if not 0 <= n < 8:
        raise IndexError("no such square")
    return squares[n]


cpdef int imported() noexcept:
    return imports


cdef int deeper(int n) except -1:
    if n == 0:
        raise RuntimeError("bottom")
    return deeper(n - 1)


cpdef int deep(int n) except -1:
    return deeper(n)


cpdef int floor_div(int a, int b) except? -1:
    return a // b


cpdef int minus_one() except? -1:
    return -1


cpdef void failing(int n) except *:
    if n == 1:
        raise KeyError
    if n == 2:
        raise OSError(28)
    assert n != 3, "not three"
    if n == 4:
        raise NotImplementedError("later")


cpdef int at(const unsigned char[::1] data, Py_ssize_t n) except? -1:
    return data[n]
