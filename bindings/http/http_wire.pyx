# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""Requests and responses between a connection's stream and Python, where they are as most are: a
request that has come whole and alone, without a body; a response that is there whole. A request for
what is known beforehand is answered without Python. All else is left to mirage.http.server.
"""

from libc.stdint cimport int64_t, uint64_t

from mpy cimport (
    mp_const_none,
    mp_obj_new_bool,
    mp_obj_new_bytes,
    mp_obj_new_int,
    mp_obj_new_tuple,
    mp_obj_t,
)
from mpy_stream cimport (
    MP_BUFFER_READ,
    MP_MAP_LOOKUP,
    MP_STREAM_ERROR,
    MP_STREAM_OP_READ,
    MP_STREAM_OP_WRITE,
    mp_buffer_info_t,
    mp_get_buffer,
    mp_get_stream_raise,
    mp_map_elem_t,
    mp_map_lookup,
    mp_obj_dict_get_map,
    mp_obj_get_array,
    mp_obj_str_t,
    mp_type_str,
    mp_uint_t,
    qstr_compute_hash,
)
from solo5 cimport solo5_clock_wall


cdef extern from "bindings/http/wire.h" nogil:
    int mirage_http_parse(
        const char *text, size_t there, size_t seen, int64_t *facts) noexcept
    Py_ssize_t mirage_http_respond(
        char *out, Py_ssize_t room, int status, int flags, int64_t length,
        const char *fields, Py_ssize_t fields_size,
        const char *body, Py_ssize_t body_size, int64_t second) noexcept

cdef extern from "port/event.h" nogil:
    uint64_t mirage_event_now() noexcept


cdef enum:
    # Of `facts` and its flags (http.pyx).
    FLAGS = 0
    LENGTH = 1
    METHOD = 2
    TARGET_START = 5
    TARGET_END = 6
    FACTS = 8
    KEEP = 1
    CHUNKED = 2
    CONTINUE = 4
    NEW = 8
    BODILESS = 16
    CONDITIONAL = 32
    GET = 1

    OK = 200
    NO_CONTENT = 204
    NOT_MODIFIED = 304
    EAGAIN = 11

    NANOSECONDS = 1000000000
    # Reading the clock is a system call, or a trap: for so many nanoseconds it is taken to stand.
    FRESH = 100000000

cdef int64_t second = 0
cdef uint64_t read_at = 0


cdef int64_t date() noexcept nogil:
    """The second since 1970, or the one before where that has just begun."""
    global second, read_at
    cdef uint64_t now = mirage_event_now()
    if read_at == 0 or now - read_at >= <uint64_t>FRESH:
        read_at = now
        second = <int64_t>(solo5_clock_wall() // NANOSECONDS)
    return second


cdef mp_uint_t sent(mp_obj_t stream, const void *data, size_t size) except? <mp_uint_t>-1:
    """How many bytes the stream has taken. OSError."""
    cdef int error = 0
    cdef mp_uint_t count = mp_get_stream_raise(stream, MP_STREAM_OP_WRITE).write(
        stream, data, size, &error)
    if count != MP_STREAM_ERROR:
        return count
    if error != EAGAIN:
        raise OSError(error)
    return 0


cdef mp_obj_t respond(mp_obj_t stream, unsigned char[::1] out, int status, int flags,
                      mp_obj_t fields, mp_obj_t body) except NULL:
    """Sends a response as far as that goes at once: True if that is all of it, False if nothing
    could be sent. Else what is left to send: bytes, then the body from so many of its own on."""
    cdef mp_buffer_info_t lines
    cdef mp_buffer_info_t content
    cdef mp_obj_t[3] left
    cdef Py_ssize_t size
    cdef mp_uint_t count
    cdef mp_uint_t taken = 0
    cdef mp_uint_t start
    if not mp_get_buffer(body, &content, MP_BUFFER_READ) or not mp_get_buffer(
            fields, &lines, MP_BUFFER_READ):
        return mp_obj_new_bool(False)
    size = mirage_http_respond(
        <char *>&out[0], out.shape[0], status, flags, <int64_t>content.len,
        <const char *>lines.buf, <Py_ssize_t>lines.len,
        <const char *>content.buf, <Py_ssize_t>content.len, date())
    if size == 0:
        return mp_obj_new_bool(False)
    count = <mp_uint_t>size if size > 0 else <mp_uint_t>out.shape[0]
    # So many bytes of the body are in `out`.
    start = content.len if size > 0 else count - <mp_uint_t>-size
    taken = sent(stream, &out[0], count)
    if taken == count and start < content.len:
        start += sent(stream, <const char *>content.buf + start, content.len - start)
    if taken == count and start == content.len:
        return mp_obj_new_bool(True)
    left[0] = mp_obj_new_bytes(&out[0] + taken, count - taken)
    left[1] = body
    left[2] = mp_obj_new_int(<long>start)
    return mp_obj_new_tuple(3, left)


cdef mp_obj_t known(mp_obj_t answers, const unsigned char *target, size_t size) noexcept:
    """What the dictionary has for a target, or NULL."""
    cdef mp_obj_str_t key
    cdef mp_map_elem_t *found
    key.base.type = &mp_type_str
    key.hash = qstr_compute_hash(target, size)
    key.len = size
    key.data = target
    found = mp_map_lookup(mp_obj_dict_get_map(answers), &key, MP_MAP_LOOKUP)
    return NULL if found == NULL else found.value


cpdef mp_obj_t take(mp_obj_t stream, unsigned char[::1] data, int64_t[::1] facts, Py_ssize_t most,
                    mp_obj_t answers, unsigned char[::1] out) except NULL:
    """Reads what has come into `data`. If that is one request with a head of at most `most` bytes
    and without a body: its head, bytes, with `facts` as `_http.parse_request` has them. Else how
    many bytes came, 0 at the end; None if nothing is there.

    `answers`, a dictionary or None, has for a target (fields, body): a GET is answered with
    status 200 and these, as `give` does, and what that returns is returned. OSError.
    """
    cdef int error = 0
    cdef int size
    cdef int64_t flags
    cdef mp_uint_t count
    cdef mp_obj_t answer
    cdef mp_obj_t done
    cdef mp_obj_t *items
    cdef size_t number
    if data.shape[0] == 0 or out.shape[0] == 0 or facts.shape[0] < FACTS:
        raise IndexError("numbers out of range")
    count = mp_get_stream_raise(stream, MP_STREAM_OP_READ).read(
        stream, &data[0], data.shape[0], &error)
    if count == MP_STREAM_ERROR:
        if error != EAGAIN:
            raise OSError(error)
        return mp_const_none
    if count == 0:
        return mp_obj_new_int(0)
    size = mirage_http_parse(<const char *>&data[0], count, 0, &facts[0])
    if size <= 0 or <mp_uint_t>size != count or size > most:
        return mp_obj_new_int(<long>count)
    flags = (&facts[0])[FLAGS]
    if flags & (CHUNKED | CONTINUE) or (&facts[0])[LENGTH] > 0:
        return mp_obj_new_int(<long>count)
    if (answers != mp_const_none and flags & (KEEP | CONDITIONAL) == KEEP
            and (&facts[0])[METHOD] == GET):
        answer = known(answers, &data[0] + (&facts[0])[TARGET_START],
                       (&facts[0])[TARGET_END] - (&facts[0])[TARGET_START])
        if answer != NULL:
            mp_obj_get_array(answer, &number, &items)
            if number == 2:
                done = respond(stream, out, OK, <int>flags & (KEEP | NEW), items[0], items[1])
                if done != mp_obj_new_bool(False):
                    return done
    return mp_obj_new_bytes(&data[0], size)


cpdef mp_obj_t give(mp_obj_t stream, unsigned char[::1] out, int status, int flags,
                    mp_obj_t fields, mp_obj_t body) except NULL:
    """Sends a response: True if that is done; False if it is not one that is there whole, and
    nothing was sent. Else (bytes, body, start): these bytes are left to send, then the body from
    there. `flags` as in `_http_write.respond`. OSError."""
    if out.shape[0] == 0:
        raise IndexError("buffer out of range")
    if flags & BODILESS or status < OK or status == NO_CONTENT or status == NOT_MODIFIED:
        return mp_obj_new_bool(False)
    return respond(stream, out, status, flags, fields, body)
