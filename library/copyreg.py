"""How things are copied and pickled."""

from _modern import slot_names

dispatch_table = {}
"""By class, the function that says how its things are made again."""
_extension_registry, _inverted_registry, _extension_cache = {}, {}, {}


def pickle(kind, function, constructor=None):
    if not callable(function):
        raise TypeError("reduction functions must be callable")
    dispatch_table[kind] = function


def constructor(function):
    if not callable(function):
        raise TypeError("constructors must be callable")


def __newobj__(cls, *args):
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, named):
    return cls.__new__(cls, *args, **named)


def _bounds(thing):
    return (thing.start, thing.stop, thing.step)


_MADE_OF = (
    (set, lambda thing: (list(thing),)),
    (frozenset, lambda thing: (list(thing),)),
    (bytearray, lambda thing: (bytes(thing),)),
    (complex, lambda thing: (thing.real, thing.imag)),
    (range, _bounds),
    (slice, _bounds),
)
"""Native types, and of what their things are made again."""


_SINGLE = ((..., "Ellipsis"), (NotImplemented, "NotImplemented"))

_FUNCTIONS = ("function", "closure", "generator")
"""What types of functions, of which there are several, are called."""


def reduced(thing, plain):
    """What makes a thing again: `object.__reduce_ex__`. Of native types only `plain` ones can be."""
    cls = type(thing)
    if isinstance(thing, BaseException):
        return (cls, thing.args, thing.__dict__ or None)
    for one, name in _SINGLE:
        if thing is one:
            return name
    if isinstance(thing, type) or (
        cls.__name__ in _FUNCTIONS and callable(thing) and not hasattr(thing, "__next__")
    ):
        return thing.__qualname__
    for kind, parts in _MADE_OF:
        if cls is kind:
            return (cls, parts(thing))
    native = next((one for one in plain if isinstance(thing, one)), None)
    if native is None and not hasattr(thing, "__dict__") and not slot_names(cls):
        raise TypeError("cannot pickle %r object" % cls.__name__)
    make, args = __newobj__, ()
    if hasattr(cls, "__getnewargs_ex__"):
        make, args = __newobj_ex__, thing.__getnewargs_ex__()
    elif hasattr(cls, "__getnewargs__"):
        args = thing.__getnewargs__()
    elif native not in (None, list, dict, bytearray):
        args = (native(thing),)
    state = thing.__getstate__()
    items = iter(thing) if native is list else None
    pairs = iter(thing.items()) if native is dict else None
    return (make, (cls,) + tuple(args), state, items, pairs)


def add_extension(module, name, code):
    """A short number for a name of a module."""
    code, key = int(code), (module, name)
    if not 1 <= code <= 0x7FFFFFFF:
        raise ValueError("code out of range")
    if _extension_registry.get(key) == code and _inverted_registry.get(code) == key:
        return
    if key in _extension_registry:
        raise ValueError(
            "key %s is already registered with code %s" % (key, _extension_registry[key])
        )
    if code in _inverted_registry:
        raise ValueError("code %s is already in use for key %s" % (code, _inverted_registry[code]))
    _extension_registry[key], _inverted_registry[code] = code, key


def remove_extension(module, name, code):
    """The number is free again. Only for tests."""
    key = (module, name)
    if _extension_registry.get(key) != code or _inverted_registry.get(code) != key:
        raise ValueError("key %s is not registered with code %s" % (key, code))
    del _extension_registry[key], _inverted_registry[code]
    _extension_cache.pop(code, None)


def clear_extension_cache():
    _extension_cache.clear()
