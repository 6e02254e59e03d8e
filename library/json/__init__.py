"""JSON: what is plain by `_plain_json`, the rest, and mistakes, by CPython's encoder and decoder. The
interpreter's own module serves images that ask no more of it."""

from json.decoder import JSONDecodeError, JSONDecoder
from json.encoder import JSONEncoder

import _plain_json

_NATIVE = (
    "dump",
    "dump(ensure_ascii)",
    "dump(separators)",
    "dumps",
    "dumps(ensure_ascii)",
    "dumps(separators)",
    "load",
    "loads",
)


def dumps(
    obj,
    *,
    skipkeys=False,
    ensure_ascii=True,
    check_circular=True,
    allow_nan=True,
    cls=None,
    indent=None,
    separators=None,
    default=None,
    sort_keys=False,
    **more,
):
    if cls is None and indent is None and not sort_keys and not more:
        item, key = separators or (", ", ": ")
        text = _plain_json.encode(obj, ensure_ascii, item, key)
        if text is not None:
            return text
    return (cls or JSONEncoder)(
        skipkeys=skipkeys,
        ensure_ascii=ensure_ascii,
        check_circular=check_circular,
        allow_nan=allow_nan,
        indent=indent,
        separators=separators,
        default=default,
        sort_keys=sort_keys,
        **more,
    ).encode(obj)


def dump(obj, fp, **more):
    fp.write(dumps(obj, **more))


def detect_encoding(data):
    """The encoding of bytes of JSON, which begin with a character of ASCII."""
    if data[:3] == b"\xef\xbb\xbf":
        return "utf-8-sig"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if data[:1] == b"\0":
        return "utf-16-be" if data[1:2] != b"\0" else "utf-32-be"
    if data[1:2] == b"\0":
        return "utf-16-le" if data[2:4] != b"\0\0" else "utf-32-le"
    return "utf-8"


def loads(
    s,
    *,
    cls=None,
    object_hook=None,
    parse_float=None,
    parse_int=None,
    parse_constant=None,
    object_pairs_hook=None,
    **more,
):
    if isinstance(s, str):
        if s[:1] == "\ufeff":
            raise JSONDecodeError("Unexpected UTF-8 BOM (decode using utf-8-sig)", s, 0)
    elif isinstance(s, (bytes, bytearray)):
        s = bytes(s).decode(detect_encoding(s))
    else:
        name = type(s).__name__
        raise TypeError("the JSON object must be str, bytes or bytearray, not " + name)
    hooks = {
        "object_hook": object_hook,
        "parse_float": parse_float,
        "parse_int": parse_int,
        "parse_constant": parse_constant,
        "object_pairs_hook": object_pairs_hook,
    }
    hooks = {name: value for name, value in hooks.items() if value is not None} | more
    if cls is None and not hooks:
        found = _plain_json.decode(s)
        if found is not None:
            return found[0]
    return (cls or JSONDecoder)(**hooks).decode(s)


def load(fp, **more):
    return loads(fp.read(), **more)
