"""What rewritten code calls in the place of statements, and of what native types lack."""

import _more


def decorator(value):
    """A decorator that is an expression."""
    return value


def documented(text):
    """Keeps the documentation of a function."""

    def keep(function):
        function.__doc__ = text
        return function

    return keep


def slot(name):
    """The special method of a class whose objects have one each, as a slot."""
    return lambda self, *args: _more.attribute(self, name)(*args)


def annotated(annotations):
    """Keeps the annotations of a function: a dictionary, or what makes one when it is asked for."""

    def keep(function):
        if callable(annotations):
            function.__annotate__ = annotations
        else:
            function.__annotations__ = annotations
        return function

    return keep


def annotations_of(function):
    """What a function's `__annotations__` is while nothing has set it."""
    annotate = getattr(function, "__annotate__", None)
    made = annotate() if annotate else {}
    if annotate:
        function.__annotations__ = made
    return made


def parameters(*names):
    """Keeps what a function calls `*args` and `**kwargs`, and the order of its others by name."""

    def keep(function):
        function.__parameters__ = names
        return function

    return keep


def merged(*mappings):
    """`{**a, **b}`."""
    result = {}
    for one in mappings:
        if isinstance(one, dict):
            result.update(one)
        else:
            for key in one.keys():
                result[key] = one[key]
    return result


class spec:
    """`__spec__`, of which the names are known."""

    def __init__(self, name):
        self.name, self.parent = name, name.rpartition(".")[0]
        self.origin = self.loader = self.submodule_search_locations = None


def bind(value, one, cls=None):
    """`value.__get__(one, cls)`, of functions too."""
    if isinstance(value, super):
        return _property_get(_more.owner(value), one, cls)
    if type(value) is not type(bind) and hasattr(value, "__get__"):
        return value.__get__(one, cls)
    return value if one is None else _more.bound(value, one)


def binder(value):
    """`value.__get__`, of functions too."""
    if value is property:
        return _property_get
    return lambda one, cls=None: bind(value, one, cls)


def _property_get(self, one, cls=None):
    """`property.__get__`."""
    return self if one is None else _more.accessors(_more.native(self))[0](one)


def _generator():
    yield


_WITH_OBJECT = frozenset((
    "__str__", "__repr__", "__len__", "__bool__", "__hash__", "__int__", "__index__", "__float__",
    "__complex__", "__neg__", "__pos__", "__invert__", "__abs__", "__sizeof__",
))  # fmt: skip
"""Special methods that the interpreter gives the object, if they are no functions too."""


class _Special:
    """What is no function, under the name of a special method: called, it is what its `__get__` gives."""

    def __init__(self, name, value):
        self._name, self._value = name, value

    def __get__(self, one, cls=None):
        return self._value.__get__(one, cls) if hasattr(self._value, "__get__") else self._value

    def __call__(posonly_self, *args, **named):
        one = None
        if posonly_self._name in _WITH_OBJECT:
            one, args = args[0], args[1:]
        return posonly_self.__get__(one, type(one))(*args, **named)


_OF_CLASSES = (type, type(bind), type(_generator))
"""What the interpreter makes a method of, or takes as it is."""


def set_of_class(cls, name, value):
    """`setattr(cls, name, value)`."""
    if name[:2] == "__" and hasattr(value, "__dict__") and not isinstance(value, _OF_CLASSES):
        value = _Special(name, value)
    setattr(cls, name, value)


NATIVE = (str, int, float, bytes, complex)


def format(value, spec=""):
    """The built-in function."""
    if not isinstance(value, NATIVE):
        own = getattr(type(value), "__format__", None)
        if own is not None and own is not _object_format:
            return own(value, spec)
        if not spec:
            return str(value)
        raise TypeError("unsupported format string passed to %s.__format__" % type(value).__name__)
    if not spec:
        return str(value)
    if isinstance(value, bytes):
        raise TypeError("unsupported format string passed to bytes.__format__")
    return ("{:" + spec + "}").format(value)


def _object_format(self, spec):
    """`object.__format__`; of a native type's object, that of its native part."""
    if not spec:
        return str(self)
    part = _more.native(self)
    if not isinstance(part, NATIVE):
        raise TypeError("unsupported format string passed to %s.__format__" % type(self).__name__)
    return format(part, spec)


def strict_zip(*iterables, strict=False):
    """`zip(…, strict=True)`."""
    if not strict:
        yield from zip(*iterables)
        return
    sources, end = [iter(one) for one in iterables], object()
    while sources:
        found = [next(one, end) for one in sources[:1]]
        if found[0] is end:
            for number, one in enumerate(sources[1:], 2):
                if next(one, end) is not end:
                    _uneven(number, "longer")
            return
        for number, one in enumerate(sources[1:], 2):
            found.append(next(one, end))
            if found[-1] is end:
                _uneven(number, "shorter")
        yield tuple(found)


def _uneven(number, how):
    before = "argument 1" if number == 2 else "arguments 1-%d" % (number - 1)
    raise ValueError("zip() argument %d is %s than %s" % (number, how, before))


def match_sequence(value, least, open_ended):
    """The items that a sequence pattern looks at; None if it does not match."""
    if isinstance(value, (str, bytes, bytearray)) or not (
        isinstance(value, (list, tuple, range)) or getattr(type(value), "_sequence", False)
    ):
        return None
    return value if len(value) == least or (open_ended and len(value) > least) else None


def match_mapping(value, keys):
    """The values of `keys`, then the rest; None if one is missing."""
    if not (isinstance(value, dict) or (hasattr(value, "keys") and hasattr(value, "__getitem__"))):
        return None
    if not all(key in value for key in keys):
        return None
    return [value[key] for key in keys] + [
        {key: value[key] for key in value.keys() if key not in keys}
    ]


def match_class(value, kind, count, names):
    """The attributes that a class pattern looks at; None if one is missing."""
    found = list(getattr(kind, "__match_args__", ())[:count]) + names
    if len(found) < count + len(names) or not all(hasattr(value, name) for name in found):
        return None
    return [getattr(value, name) for name in found]


def locals_of(*variables):
    """`locals()` of a function: those of its variables, each with what reads it, that have a value."""
    found = {}
    for name, read in variables:
        try:
            found[name] = read()
        except NameError:
            pass
    return found
