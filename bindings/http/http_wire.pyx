# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""Requests and responses between a connection's stream and a handler, where they are as most are:
requests that have come whole, without bodies; responses that are there whole. A request for what is
known beforehand is answered without Python. All else is left to mirage.http.server.
"""

from libc.stdint cimport int64_t, uint64_t
from libc.string cimport memmove

from facts cimport (
    BODILESS,
    CHUNKED,
    CONDITIONAL,
    CONTINUE,
    FLAGS,
    KEEP,
    LENGTH,
    LINE,
    METHOD,
    NEW,
    PARSED,
    TARGET_END,
    TARGET_START,
)
from mpy cimport (
    mp_const_none,
    mp_obj_get_int,
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
    mirage_call_step,
    mirage_instance_copy,
    mirage_instance_members,
    mp_buffer_info_t,
    mp_get_buffer,
    mp_get_stream_raise,
    mp_map_elem_t,
    mp_map_lookup,
    mp_obj_dict_get_map,
    mp_obj_get_array,
    mp_obj_get_type,
    mp_obj_is_small_int,
    mp_obj_new_str_via_qstr,
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

cdef extern from "port/heap.h" nogil:
    bint mirage_heap_has(const void *at) noexcept
    const void *mirage_heap_base(const void *object, const void *bytes) noexcept
    size_t mirage_heap_block(const void *base) noexcept

cdef extern from "port/event.h" nogil:
    uint64_t mirage_event_now() noexcept


cdef enum:
    # Numbers behind those of the parser: where what came and was not answered starts and ends.
    REST = PARSED
    FACTS = PARSED + 2
    GET = 1

    OK = 200
    NO_CONTENT = 204
    NOT_MODIFIED = 304
    EAGAIN = 11

    NANOSECONDS = 1000000000
    # Reading the clock is a system call, or a trap: for so many nanoseconds it is taken to stand.
    FRESH = 100000000

cdef enum:
    # Names of attributes, of responses and requests.
    STATUS = 0
    FIELDS = 1
    BODY = 2
    HEAD = 3
    PARTS = 4
    NAMES = 5

cdef mp_obj_t[NAMES] names
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


cdef mp_obj_t respond_as(mp_obj_t stream, unsigned char[::1] out, int64_t flags,
                         mp_obj_t answer, mp_obj_t kind) except NULL:
    """Sends what a handler returned as `respond` does, False if it is not of that class or not
    there whole."""
    cdef mp_obj_t status
    cdef mp_obj_t fields
    cdef mp_obj_t body
    if mp_obj_get_type(answer) != kind or flags & (KEEP | BODILESS) != KEEP:
        return mp_obj_new_bool(False)
    status = member(answer, STATUS)
    fields = member(answer, FIELDS)
    body = member(answer, BODY)
    if status == NULL or fields == NULL or body == NULL or not mp_obj_is_small_int(status):
        return mp_obj_new_bool(False)
    return give(stream, out, <int>mp_obj_get_int(status), <int>flags & (KEEP | NEW), fields, body)


cdef mp_obj_t member(mp_obj_t instance, int name) noexcept:
    """An attribute that an instance of a Python class has itself, or NULL."""
    cdef mp_map_elem_t *found = mp_map_lookup(
        mirage_instance_members(instance), names[name], MP_MAP_LOOKUP)
    return NULL if found == NULL else found.value


cdef void prepare() noexcept:
    """Interns the names of attributes."""
    names[STATUS] = mp_obj_new_str_via_qstr(b"status", 6)
    names[FIELDS] = mp_obj_new_str_via_qstr(b"fields", 6)
    names[BODY] = mp_obj_new_str_via_qstr(b"body", 4)
    names[HEAD] = mp_obj_new_str_via_qstr(b"head", 4)
    names[PARTS] = mp_obj_new_str_via_qstr(b"_line", 5)


cdef mp_obj_t request_of(mp_obj_t model, const unsigned char *head, size_t size, int64_t line):
    """A request like `model`, with that head."""
    cdef mp_obj_t request = mirage_instance_copy(model)
    cdef void *members = mirage_instance_members(request)
    mp_map_lookup(members, names[HEAD], MP_MAP_LOOKUP).value = mp_obj_new_bytes(head, size)
    mp_map_lookup(members, names[PARTS], MP_MAP_LOOKUP).value = mp_obj_new_int(<long>line)
    return request


cpdef mp_obj_t serve(mp_obj_t stream, unsigned char[::1] data, int64_t[::1] facts, Py_ssize_t most,
                     mp_obj_t answers, unsigned char[::1] out, mp_obj_t handler, mp_obj_t model,
                     mp_obj_t kind) except NULL:
    """Reads what has come into `data`, and answers the requests in it that have come whole, with
    heads of at most `most` bytes and without bodies. `answers`, a dictionary or None, has for a
    target (fields, body), by which a GET is answered with status 200; else `handler` is called with
    a request like `model`, and a coroutine that it returns run as far as it goes at once. What is
    then a response of the class `kind` is sent.

    True if all that came is answered. None if nothing is there. If `data` begins with something
    else, how many bytes of that there are, 0 at the end. A tuple where an answer is not done: what
    is left to send, as `give` has it; or (request, answer), of which the latter is what the handler
    returned, an exception that it raised, or its coroutine, which waits. `facts` are those of the
    request then, and `data[facts[8]:facts[9]]` is what came behind it. OSError.
    """
    cdef int error = 0
    cdef int size
    cdef int64_t flags
    cdef mp_uint_t count
    cdef mp_uint_t at = 0
    cdef const unsigned char *head
    cdef mp_obj_t answer
    cdef mp_obj_t done
    cdef mp_obj_t[2] pair
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
    if names[PARTS] == NULL:
        prepare()
    while at < count:
        head = &data[0] + at
        size = mirage_http_parse(<const char *>head, count - at, 0, &facts[0])
        flags = (&facts[0])[FLAGS]
        if size <= 0 or size > most or flags & (CHUNKED | CONTINUE) or (&facts[0])[LENGTH] > 0:
            memmove(&data[0], head, count - at)
            return mp_obj_new_int(<long>(count - at))
        at += <mp_uint_t>size
        (&facts[0])[REST] = <int64_t>at
        (&facts[0])[REST + 1] = <int64_t>count
        done = mp_obj_new_bool(False)
        if (answers != mp_const_none and flags & (KEEP | CONDITIONAL) == KEEP
                and (&facts[0])[METHOD] == GET):
            answer = known(answers, head + (&facts[0])[TARGET_START],
                           (&facts[0])[TARGET_END] - (&facts[0])[TARGET_START])
            if answer != NULL:
                mp_obj_get_array(answer, &number, &items)
                if number == 2:
                    done = respond(stream, out, OK, <int>flags & (KEEP | NEW), items[0], items[1])
        if done == mp_obj_new_bool(False):
            pair[0] = request_of(model, head, size, (&facts[0])[LINE])
            if mirage_call_step(handler, pair[0], &pair[1]):
                done = respond_as(stream, out, flags, pair[1], kind)
            if done == mp_obj_new_bool(False):
                return mp_obj_new_tuple(2, pair)
        if done != mp_obj_new_bool(True):
            return done
    return mp_obj_new_bool(True)


cpdef Py_ssize_t held(mp_obj_t data) noexcept:
    """Bytes of the heap that a buffer keeps, which of a view are those of what it shows a part of:
    0 if it lies elsewhere, as an image's files do."""
    cdef mp_buffer_info_t content
    if not mp_get_buffer(data, &content, MP_BUFFER_READ) or not mirage_heap_has(content.buf):
        return 0
    return <Py_ssize_t>max(
        content.len, mirage_heap_block(mirage_heap_base(<const void *>data, content.buf)))


cpdef size_t place(mp_obj_t data) noexcept:
    """Where the bytes begin that a buffer keeps: two views of one have the same."""
    cdef mp_buffer_info_t content
    if not mp_get_buffer(data, &content, MP_BUFFER_READ):
        return 0
    return <size_t>mirage_heap_base(<const void *>data, content.buf)


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
