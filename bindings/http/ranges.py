"""Parts of what is answered (RFC 9110, 14): one range of bytes."""

from mirage.http.message import Response, fields_of

_DIGITS = 18  # of a number that a client sends


def part_of(whole: Response, field: str) -> Response:
    """The response to a request with the header field `Range: FIELD` where `whole` is that to one
    without: the part that is asked for, 416 if there is nothing of it, and `whole` for what is no
    range of bytes, or several."""
    size = len(whole.body)
    span = span_of(field, size)
    if span is None:
        return whole
    start, stop = span
    if start >= stop:
        return Response(b"", 416, {"Content-Range": "bytes */%d" % size})
    part = Response(memoryview(whole.body)[start:stop], 206)
    told = "bytes %d-%d/%d" % (start, stop - 1, size)
    part.fields = whole.fields + fields_of((("Content-Range", told),))
    return part


def span_of(field: str, size: int) -> tuple[int, int] | None:
    """`start, stop` of the range that a field is for, in `size` bytes; None if it is not one range
    of bytes. There is nothing of it if `start` is not below `stop`."""
    unit, _, span = field.partition("=")
    first, dash, last = span.strip().partition("-")
    if unit.strip().lower() != "bytes" or not dash or not (first or last):
        return None
    if any(one and not (one.isdigit() and len(one) <= _DIGITS) for one in (first, last)):
        return None
    if not first:
        return max(0, size - int(last)), size
    start = int(first)
    if not last:
        return start, size
    if int(last) < start:
        return None
    return start, min(int(last) + 1, size)
