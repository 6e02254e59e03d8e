# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""HTTP/1.1 as it comes in (RFC 9112): heads and chunked bodies, read where they lie.

picohttpparser says where the parts of a head are; what they mean, and what two parties could read
in two ways, is decided here, and always against the sender. A head's parts are told as offsets from
its first byte, so that they also fit a copy of it.

A head is at most 65535 bytes long and has at most 64 fields.
"""

from libc.stdint cimport int64_t
from libc.string cimport memchr, memcmp, memcpy, memset, strlen

from facts cimport (
    BODILESS,
    CHUNKED,
    CODE,
    CONDITIONAL,
    CONTINUE,
    FLAGS,
    KEEP,
    LENGTH,
    LINE,
    METHOD,
    METHOD_END,
    METHOD_START,
    NEW,
    PARSED,
    TARGET_END,
    TARGET_START,
)


cdef extern from "bindings/http/names.h" nogil:
    const char *mirage_http_methods

cdef extern from "picohttpparser.h" nogil:
    ctypedef Py_ssize_t ssize_t

    struct phr_header:
        const char *name
        size_t name_len
        const char *value
        size_t value_len

    struct phr_chunked_decoder:
        size_t bytes_left_in_chunk
        char consume_trailer

    int phr_parse_request(
        const char *text, size_t size, const char **method, size_t *method_size,
        const char **path, size_t *path_size, int *minor, phr_header *headers, size_t *number,
        size_t seen) noexcept
    int phr_parse_response(
        const char *text, size_t size, int *minor, int *status, const char **reason,
        size_t *reason_size, phr_header *headers, size_t *number, size_t seen) noexcept
    int phr_parse_headers(
        const char *text, size_t size, phr_header *headers, size_t *number, size_t seen) noexcept
    ssize_t phr_decode_chunked(
        phr_chunked_decoder *decoder, char *text, size_t *size) noexcept


cdef enum:
    FIELDS = 64
    LONGEST = 65535
    METHODS = 9
    # Digits of a length that is believed: 999,999,999,999,999 bytes.
    DIGITS = 15

    HEAD_METHOD = 2

    # What `decode` keeps behind the decoder of a body, in words.
    DONE = 6
    REST = 7

    # What a request is answered with.
    BAD_REQUEST = -400
    EXPECTATION_FAILED = -417
    FIELDS_TOO_LARGE = -431
    NOT_IMPLEMENTED = -501
    OTHER_VERSION = -505

cdef phr_header[FIELDS] headers


cdef struct framing:
    # What the fields say of a message as a whole. A length of -1: none was given.
    int64_t length
    int lengths
    int codings
    int hosts
    bint chunked
    bint close
    bint keep
    bint expects
    bint conditional


cdef inline int lower(int letter) noexcept nogil:
    return letter | 32 if 65 <= letter <= 90 else letter


cdef bint same(const char *text, size_t size, const char *word) noexcept nogil:
    """Whether `text` is `word`, which has no capital letter, in letters of any case."""
    cdef size_t i
    for i in range(size):
        if lower(text[i]) != word[i] or word[i] == 0:
            return False
    return word[size] == 0


cdef bint lists(const char *text, size_t size, const char *word) noexcept nogil:
    """Whether `word` is in a list whose parts have commas between."""
    cdef size_t start = 0
    cdef size_t end
    cdef size_t stop
    while start < size:
        end = start
        while end < size and text[end] != b",":
            end += 1
        stop = end
        while start < stop and (text[start] == b" " or text[start] == b"\t"):
            start += 1
        while stop > start and (text[stop - 1] == b" " or text[stop - 1] == b"\t"):
            stop -= 1
        if same(text + start, stop - start, word):
            return True
        start = end + 1
    return False


cdef int64_t decimal(const char *text, size_t size) noexcept nogil:
    """The number that `text` is, or -1 if it is none: digits, and nothing else (RFC 9110, 8.6)."""
    cdef int64_t number = 0
    cdef size_t i
    if size == 0 or size > DIGITS:
        return -1
    for i in range(size):
        if not 48 <= text[i] <= 57:
            return -1
        number = 10 * number + text[i] - 48
    return number


cdef bint bare(const char *text, size_t size) noexcept nogil:
    """Whether a line of `text` ends with a line feed alone, which some take for an end and some not
    (RFC 9112, 2.2)."""
    cdef const char *at = text
    cdef const char *end = text + size
    cdef const char *found
    while True:
        found = <const char *>memchr(at, 10, end - at)
        if found == NULL:
            return False
        if found == text or found[-1] != 13:
            return True
        at = found + 1


cdef bint is_of_other_version(const char *text, size_t size) noexcept nogil:
    """Whether the first line is one of HTTP, but not of HTTP/1."""
    cdef const char *end = <const char *>memchr(text, 13, size)
    if end == NULL or end - text < 8 or memcmp(end - 8, b"HTTP/", 5) != 0:
        return False
    return b"2" <= end[-3] <= b"9" and end[-2] == b"." and b"0" <= end[-1] <= b"9"


cdef int framed(size_t number, framing *frame, int minor) noexcept nogil:
    """Reads the fields that decide where the message ends. 0, or what to answer."""
    cdef phr_header *field
    cdef size_t i
    memset(frame, 0, sizeof(framing))
    frame.length = -1
    for i in range(number):
        field = &headers[i]
        if field.name == NULL:  # a line that continues the one before (RFC 9112, 5.2)
            return BAD_REQUEST
        if field.name_len == 4 and same(field.name, 4, b"host"):
            frame.hosts += 1
            if memchr(field.value, 32, field.value_len) or memchr(field.value, 9, field.value_len):
                return BAD_REQUEST
        elif field.name_len == 6 and same(field.name, 6, b"expect"):
            if not same(field.value, field.value_len, b"100-continue"):
                return EXPECTATION_FAILED
            frame.expects = minor > 0
        elif field.name_len == 10 and same(field.name, 10, b"connection"):
            frame.close = frame.close or lists(field.value, field.value_len, b"close")
            frame.keep = frame.keep or lists(field.value, field.value_len, b"keep-alive")
        elif field.name_len == 5 and same(field.name, 5, b"range"):
            frame.conditional = True
        elif field.name_len == 13 and same(field.name, 13, b"if-none-match"):
            frame.conditional = True
        elif field.name_len == 17 and same(field.name, 17, b"if-modified-since"):
            frame.conditional = True
        elif field.name_len == 14 and same(field.name, 14, b"content-length"):
            frame.lengths += 1
            frame.length = decimal(field.value, field.value_len)
            if frame.length < 0:
                return BAD_REQUEST
        elif field.name_len == 17 and same(field.name, 17, b"transfer-encoding"):
            frame.codings += 1
            if not same(field.value, field.value_len, b"chunked"):
                return NOT_IMPLEMENTED
            frame.chunked = True
    # A second length, or one beside chunks, is how a request is smuggled past another server; and
    # HTTP/1.0 knows no chunks (RFC 9112, 6.1 and 6.3).
    if frame.lengths + frame.codings > 1 or (frame.chunked and minor == 0):
        return BAD_REQUEST
    return 0


cdef int64_t flags_of(const framing *frame, int minor) noexcept nogil:
    cdef int64_t flags = 0
    if not frame.close and (minor > 0 or frame.keep):
        flags |= KEEP
    if frame.chunked:
        flags |= CHUNKED
    if frame.expects:
        flags |= CONTINUE
    if minor > 0:
        flags |= NEW
    if frame.conditional:
        flags |= CONDITIONAL
    return flags


cdef int method_of(const char *text, size_t size) noexcept nogil:
    """The number of a method's name from 1, or 0 for one that has none."""
    cdef const char *name = mirage_http_methods
    cdef int number
    cdef size_t i
    for number in range(1, METHODS + 1):
        i = 0
        while i < size and name[i] == text[i]:
            i += 1
        if i == size and name[i] == 0:
            return number
        name += strlen(name) + 1
    return 0


cdef const char *within(const unsigned char[::1] data, Py_ssize_t start,
                        Py_ssize_t stop) except NULL:
    """The first byte of a part of a buffer."""
    if start < 0 or stop <= start or stop > data.shape[0]:
        raise IndexError("part of a buffer out of range")
    return <const char *>&data[0] + start


cdef public int mirage_http_parse(
        const char *text, size_t there, size_t seen, int64_t *facts) noexcept nogil:
    """Reads the request that begins at `text`, of which so many bytes are there, as
    `parse_request` does."""
    cdef const char *method
    cdef const char *target
    cdef size_t method_size
    cdef size_t target_size
    cdef size_t number = FIELDS
    cdef size_t i
    cdef int minor
    cdef int size
    cdef int refused
    cdef framing frame
    size = phr_parse_request(text, there, &method, &method_size, &target, &target_size,
                             &minor, headers, &number, seen)
    if size == -2:
        return 0 if there <= <size_t>LONGEST else FIELDS_TOO_LARGE
    if size < 0:
        if number == FIELDS:
            return FIELDS_TOO_LARGE
        return OTHER_VERSION if is_of_other_version(text, there) else BAD_REQUEST
    if size > LONGEST:
        return FIELDS_TOO_LARGE
    # One space between the parts of the first line, and printable ASCII in the target.
    if target != method + method_size + 1 or target[target_size + 1] != b"H":
        return BAD_REQUEST
    for i in range(target_size):
        if not 33 <= target[i] <= 126:
            return BAD_REQUEST
    if bare(text, size):
        return BAD_REQUEST
    refused = framed(number, &frame, minor)
    if refused:
        return refused
    if frame.hosts > 1 or (frame.hosts == 0 and minor > 0):  # RFC 9112, 3.2
        return BAD_REQUEST
    facts[FLAGS] = flags_of(&frame, minor)
    facts[LENGTH] = frame.length
    facts[METHOD] = method_of(method, method_size)
    if facts[METHOD] == HEAD_METHOD:
        facts[FLAGS] |= BODILESS
    facts[METHOD_START] = method - text
    facts[METHOD_END] = method + method_size - text
    facts[TARGET_START] = target - text
    facts[TARGET_END] = target + target_size - text
    facts[LINE] = (facts[METHOD_START] | facts[METHOD_END] << 16 | facts[TARGET_END] << 32
                   | facts[METHOD] << 48)
    return size


cpdef int parse_request(const unsigned char[::1] data, Py_ssize_t start, Py_ssize_t stop,
                        Py_ssize_t seen, int64_t[::1] facts) except? -1:
    """Reads the request whose first byte is `data[start]`, of which the bytes before `stop` are
    there. Returns the length of its head; 0 if that is not all there; or the negated status of the
    answer to a request that is refused. `seen` bytes of it were there in the call before.

    `facts`, 8 numbers: flags (1 keep the connection, 2 chunked body, 4 the client waits for 100, 8
    HTTP/1.1, 16 HEAD, 32 what is answered depends on what the client has or on the part that it
    asks for), Content-Length or -1, method (1 GET, 2 HEAD, 3 POST, 4 PUT, 5 DELETE, 6 OPTIONS,
    7 PATCH, 8 CONNECT, 9 TRACE, 0 another), where the method starts and ends, and the target; where
    the method starts and ends and the target ends, 16 bits each, and above them the method.
    """
    cdef const char *text = within(data, start, stop)
    if facts.shape[0] < PARSED or seen < 0 or seen > stop - start:
        raise IndexError("numbers out of range")
    return mirage_http_parse(text, stop - start, seen, &facts[0])


cpdef int parse_response(const unsigned char[::1] data, Py_ssize_t start, Py_ssize_t stop,
                         Py_ssize_t seen, int64_t[::1] facts) except? -1:
    """The same for a response, of which `facts[2]` is the status. A negative result is no status:
    nobody is to be answered."""
    cdef const char *text = within(data, start, stop)
    cdef const char *reason
    cdef size_t reason_size
    cdef size_t number = FIELDS
    cdef int minor
    cdef int status
    cdef int size
    cdef int refused
    cdef framing frame
    if facts.shape[0] < PARSED or seen < 0 or seen > stop - start:
        raise IndexError("numbers out of range")
    size = phr_parse_response(text, stop - start, &minor, &status, &reason, &reason_size, headers,
                              &number, seen)
    if size == -2:
        return 0 if stop - start <= LONGEST else FIELDS_TOO_LARGE
    if size < 0 or size > LONGEST or status < 100 or bare(text, size):
        return BAD_REQUEST
    refused = framed(number, &frame, minor)
    if refused:
        return refused
    (&facts[0])[FLAGS] = flags_of(&frame, minor)
    (&facts[0])[LENGTH] = frame.length
    (&facts[0])[CODE] = status
    return size


cpdef int parse_trailers(const unsigned char[::1] data, Py_ssize_t start, Py_ssize_t stop,
                         Py_ssize_t seen) except? -1:
    """The length of the fields behind a chunked body, with the empty line that ends them; 0 and
    negative numbers as for a request."""
    cdef const char *text = within(data, start, stop)
    cdef size_t number = FIELDS
    cdef size_t i
    cdef int size
    if seen < 0 or seen > stop - start:
        raise IndexError("numbers out of range")
    # Without a field before it the end is one line, not an empty one behind a line.
    if stop - start >= 2 and text[0] == 13 and text[1] == 10:
        return 2
    size = phr_parse_headers(text, stop - start, headers, &number, seen)
    if size == -2:
        return 0 if stop - start <= LONGEST else FIELDS_TOO_LARGE
    if size < 0:
        return FIELDS_TOO_LARGE if number == FIELDS else BAD_REQUEST
    if bare(text, size):
        return BAD_REQUEST
    for i in range(number):
        if headers[i].name == NULL:
            return BAD_REQUEST
    return size


cpdef int64_t find(const unsigned char[::1] head, Py_ssize_t start, const char *name) except? -2:
    """The first field of that name, in letters of any case, in a parsed head from `start`: where
    its value starts, times 65536, and where it ends; or -1."""
    cdef const char *text
    cdef const char *end
    cdef const char *line
    cdef const char *stop
    cdef const char *value
    cdef size_t size = strlen(name)
    cdef size_t i
    if head.shape[0] > LONGEST:
        raise IndexError("not a head")
    text = within(head, start, head.shape[0])
    end = <const char *>&head[0] + head.shape[0]
    line = text
    while True:
        line = <const char *>memchr(line, 10, end - line)
        if line == NULL:
            return -1
        line += 1
        i = 0
        while i < size and line + i < end and lower(line[i]) == lower(name[i]):
            i += 1
        if i < size or line + i >= end or line[i] != b":":
            continue
        value = line + i + 1
        stop = <const char *>memchr(value, 10, end - value)
        if stop == NULL:
            return -1
        while value < stop and (value[0] == b" " or value[0] == b"\t"):
            value += 1
        while stop > value and (stop[-1] == 13 or stop[-1] == 10 or stop[-1] == 32
                                or stop[-1] == 9):
            stop -= 1
        text = <const char *>&head[0]
        return (<int64_t>(value - text) << 16) | <int64_t>(stop - text)


cpdef Py_ssize_t decode(unsigned char[::1] data, Py_ssize_t start, Py_ssize_t stop,
                        int64_t[::1] state) except? -1:
    """Takes the framing out of a chunked body, of which `data[start:stop]` came in: what is the
    body's own moves to `start`. Returns its length, or -400 for what is no chunk.

    `state`, 8 numbers that are zero at first, goes on from call to call. Then `state[6]` tells
    whether the last chunk has come, and `state[7]` how many bytes lie behind the body's own: the
    trailers, and what follows them.
    """
    cdef phr_chunked_decoder decoder
    cdef char *text = <char *>within(data, start, stop)
    cdef size_t size = stop - start
    cdef ssize_t rest
    if state.shape[0] < PARSED or sizeof(decoder) > DONE * sizeof(int64_t):
        raise IndexError("numbers out of range")
    memcpy(&decoder, &state[0], sizeof(decoder))
    rest = phr_decode_chunked(&decoder, text, &size)
    memcpy(&state[0], &decoder, sizeof(decoder))
    if rest == -1:
        return BAD_REQUEST
    (&state[0])[DONE] = rest >= 0
    (&state[0])[REST] = rest if rest >= 0 else 0
    return <Py_ssize_t>size
