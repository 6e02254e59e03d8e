# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""HTTP/1.1 as it goes out: a head, and with it a body that fits the same buffer."""

from libc.stdint cimport int64_t
from libc.string cimport memcpy, strlen

from facts cimport BODILESS, CHUNKED, KEEP, NEW
from solo5 cimport solo5_clock_wall


cdef extern from "bindings/http/names.h" nogil:
    const char *mirage_http_days
    const char *mirage_http_months
    const char *mirage_http_reason(int status) noexcept


cdef enum:
    NANOSECONDS = 1000000000
    DATE = 29

cdef struct output:
    # Bytes are written while there is room; `at` goes on, so that it tells what was lacking.
    char *data
    Py_ssize_t at
    Py_ssize_t size

cdef char[DATE] now
cdef int64_t now_second = -1


cdef inline void put(output *out, const char *text, Py_ssize_t size) noexcept nogil:
    if size <= out.size - out.at:
        memcpy(out.data + out.at, text, size)
    out.at += size


cdef inline void put_text(output *out, const char *text) noexcept nogil:
    put(out, text, strlen(text))


cdef void put_number(output *out, int64_t number, int base) noexcept nogil:
    cdef char[20] digits
    cdef int at = 20
    cdef int digit
    while True:
        at -= 1
        digit = <int>(number % base)
        digits[at] = <char>(48 + digit if digit < 10 else 87 + digit)
        number //= base
        if number == 0:
            break
    put(out, digits + at, 20 - at)


cdef inline void put_two(char *text, int number) noexcept nogil:
    text[0] = <char>(48 + number // 10)
    text[1] = <char>(48 + number % 10)


cdef void date_of(int64_t second, char *text) noexcept nogil:
    """Writes a moment, in seconds since 1970, as RFC 9110, 5.6.7 has it."""
    cdef int64_t day = second // 86400
    cdef int rest = <int>(second % 86400)
    # Days from 0000-03-01, so that the leap day is a year's last; 146097 days make 400 years.
    cdef int64_t days = day + 719468
    cdef int64_t era = days // 146097
    cdef int of_era = <int>(days % 146097)
    cdef int year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    cdef int of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    cdef int month = (5 * of_year + 2) // 153  # from March
    cdef int year = <int>(400 * era) + year_of_era + (month >= 10)
    memcpy(text, mirage_http_days + 3 * (day % 7), 3)
    text[3] = b","
    text[4] = b" "
    put_two(text + 5, of_year - (153 * month + 2) // 5 + 1)
    text[7] = b" "
    memcpy(text + 8, mirage_http_months + 3 * month, 3)
    text[11] = b" "
    put_two(text + 12, year // 100)
    put_two(text + 14, year % 100)
    text[16] = b" "
    put_two(text + 17, rest // 3600)
    text[19] = b":"
    put_two(text + 20, rest // 60 % 60)
    text[22] = b":"
    put_two(text + 23, rest % 60)
    text[25] = b" "
    text[26] = b"G"
    text[27] = b"M"
    text[28] = b"T"


cdef int into(output *made, unsigned char[::1] out, Py_ssize_t at) except -1:
    if at < 0 or at > out.shape[0] or out.shape[0] == 0:
        raise IndexError("buffer out of range")
    made.data = <char *>&out[0]
    made.at = at
    made.size = out.shape[0]
    return 0


cdef Py_ssize_t end(const output *out) except? -1:
    if out.at > out.size:
        raise ValueError("no room in the buffer")
    return out.at


cdef public Py_ssize_t mirage_http_respond(
        char *out, Py_ssize_t room, int status, int flags, int64_t length,
        const char *fields, Py_ssize_t fields_size,
        const char *body, Py_ssize_t body_size, int64_t second) noexcept nogil:
    """Writes a response to `out`, as `respond` does, that is dated with that second since 1970; 0
    if the head does not fit, or the status is none."""
    global now_second
    cdef output made
    cdef Py_ssize_t head
    made.data = out
    made.at = 0
    made.size = room
    if not 100 <= status <= 999:
        return 0
    put(&made, b"HTTP/1.1 ", 9)
    put_number(&made, status, 10)
    put(&made, b" ", 1)
    put_text(&made, mirage_http_reason(status))
    put(&made, b"\r\nDate: ", 8)
    if second != now_second:
        now_second = second
        date_of(second, now)
    put(&made, now, DATE)
    put(&made, b"\r\n", 2)
    if fields_size:
        put(&made, fields, fields_size)
    if flags & CHUNKED:
        put_text(&made, b"Transfer-Encoding: chunked\r\n")
    elif length >= 0:
        put_text(&made, b"Content-Length: ")
        put_number(&made, length, 10)
        put(&made, b"\r\n", 2)
    if not flags & KEEP:
        put_text(&made, b"Connection: close\r\n")
    elif not flags & NEW:
        put_text(&made, b"Connection: keep-alive\r\n")
    put(&made, b"\r\n", 2)
    head = made.at
    if head > room:
        return 0
    if flags & BODILESS or body_size == 0:
        return head
    put(&made, body, min(body_size, room - head))
    return made.at if body_size <= room - head else -head


cpdef Py_ssize_t respond(unsigned char[::1] out, int status, int flags, int64_t length,
                         const unsigned char[::1] fields, const unsigned char[::1] body) except? -1:
    """Writes a response with lines for `fields` in its head. Returns how many bytes it has; if it
    does not fit, `out` is full, and the head's size is returned negated.

    `flags`: 1 the connection stays, 2 the body comes in chunks, 8 HTTP/1.1 was asked, 16 no body
    is sent. `length` is the Content-Length, -1 for none. Raises ValueError if the head does not
    fit.
    """
    cdef Py_ssize_t size
    cdef const char *lines = NULL
    cdef const char *content = NULL
    if not 100 <= status <= 999:
        raise ValueError("status out of range")
    if out.shape[0] == 0:
        raise IndexError("buffer out of range")
    if fields.shape[0]:
        lines = <const char *>&fields[0]
    if body.shape[0]:
        content = <const char *>&body[0]
    size = mirage_http_respond(
        <char *>&out[0], out.shape[0], status, flags, length, lines, fields.shape[0],
        content, body.shape[0], <int64_t>(solo5_clock_wall() // NANOSECONDS))
    if size == 0:
        raise ValueError("no room in the buffer")
    return size


cpdef Py_ssize_t field(unsigned char[::1] out, Py_ssize_t at, const char *name,
                       const char *value) except? -1:
    """Writes a line of a head at `at`; returns where it ends. Raises ValueError if it does not fit,
    and for what no line may hold: a line's end would begin another."""
    cdef output made
    cdef const char *each = name
    into(&made, out, at)
    while each[0]:
        if not (48 <= each[0] <= 57 or 65 <= each[0] <= 90 or 94 <= each[0] <= 122
                or each[0] == b"-" or each[0] == b"!" or 35 <= each[0] <= 39
                or each[0] == b"*" or each[0] == b"+" or each[0] == b"."
                or each[0] == b"|" or each[0] == b"~"):
            raise ValueError("not the name of a header field")
        each += 1
    if each == name:
        raise ValueError("not the name of a header field")
    each = value
    while each[0]:
        if (0 < each[0] < 32 and each[0] != 9) or each[0] == 127:
            raise ValueError("control character in a header field")
        each += 1
    put_text(&made, name)
    put(&made, b": ", 2)
    put_text(&made, value)
    put(&made, b"\r\n", 2)
    return end(&made)


cpdef Py_ssize_t chunk(unsigned char[::1] out, const unsigned char[::1] body) except? -1:
    """Writes `body`, which is not empty, as one chunk. Returns its size; if the body does not fit,
    the size of its first line, negated: the body and a line's end are then to follow it."""
    cdef output made
    cdef Py_ssize_t head
    into(&made, out, 0)
    if body.shape[0] == 0:
        raise ValueError("an empty chunk is the last one")
    put_number(&made, body.shape[0], 16)
    put(&made, b"\r\n", 2)
    head = end(&made)
    if body.shape[0] + 2 > made.size - head:
        return -head
    put(&made, <const char *>&body[0], body.shape[0])
    put(&made, b"\r\n", 2)
    return made.at


cpdef void date(unsigned char[::1] out, int64_t second) except *:
    """Writes a moment, in seconds since 1970, as 29 bytes: `Sun, 06 Nov 1994 08:49:37 GMT`."""
    if out.shape[0] < DATE:
        raise ValueError("no room in the buffer")
    if not 0 <= second < 253402300800LL:
        raise ValueError("not a year of four digits")
    date_of(second, <char *>&out[0])
