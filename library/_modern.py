"""What CPython has and MicroPython lacks, for modules that were rewritten (mirage_py.lower): further
attributes of native types, classes made with keywords and metaclasses, and functions that rewritten
code calls."""

import _more

version_info = (3, 11, 2, "final", 0)
"""The Python whose library images have."""


# What rewritten code calls


def decorator(value):
    """A decorator that is an expression."""
    return value


def documented(text):
    """Keeps the documentation of a function."""

    def keep(function):
        function.__doc__ = text
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
    if type(value) is not type(bind) and hasattr(value, "__get__"):
        return value.__get__(one, cls)
    return value if one is None else _more.bound(value, one)


def binder(value):
    """`value.__get__`, of functions too."""
    return lambda one, cls=None: bind(value, one, cls)


def update_attributes(owner, values):
    """`owner.__dict__.update(values)`."""
    for name, value in values.items() if hasattr(values, "items") else values:
        object.__setattr__(owner, name, value)


def attribute_setdefault(owner, name, value=None):
    """`owner.__dict__.setdefault(name, value)`."""
    found = owner.__dict__
    if name in found:
        return found[name]
    object.__setattr__(owner, name, value)
    return value


def attribute_pop(owner, name, *default):
    """`owner.__dict__.pop(name, default)`."""
    found = owner.__dict__
    if name not in found:
        if default:
            return default[0]
        raise KeyError(name)
    value = found[name]
    object.__delattr__(owner, name)
    return value


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


ENCODINGS = {
    "utf_8": 0,
    "utf8": 0,
    "u8": 0,
    "cp65001": 0,
    "utf_8_sig": 0,
    "ascii": 128,
    "us_ascii": 128,
    "646": 128,
    "latin_1": 256,
    "latin1": 256,
    "iso_8859_1": 256,
    "iso8859_1": 256,
    "l1": 256,
    "8859": 256,
}


def _limit(encoding):
    name = encoding.lower().replace("-", "_").replace(" ", "_")
    if name not in ENCODINGS:
        raise LookupError("unknown encoding: " + encoding)
    return ENCODINGS[name]


def decode(data, *args, **named):
    """`data.decode(encoding, errors)`."""
    if not isinstance(data, (bytes, bytearray)):
        return data.decode(*args, **named)
    return _decode(data, *args, **named)


def _decode(data, encoding="utf-8", errors="strict"):
    if encoding == "punycode":
        import _punycode

        return _punycode.decode(data)
    if encoding == "cp437":
        from encodings.cp437 import TABLE

        return "".join([chr(one) if one < 128 else TABLE[one - 128] for one in data])
    limit = _limit(encoding)
    if limit == 0:
        if encoding.lower().endswith("sig") and data[:3] == b"\xef\xbb\xbf":
            data = data[3:]
        if errors == "strict":
            return bytes(data).decode()
        try:
            return bytes(data).decode()
        except UnicodeError:
            return _decode_utf8(data, errors)
    if limit == 256 or max(data, default=0) < 128:
        return bytes(data).decode() if max(data, default=0) < 128 else "".join(map(chr, data))
    if errors == "strict":
        raise UnicodeDecodeError(
            encoding,
            data,
            next(n for n, one in enumerate(data) if one > 127),
            0,
            "ordinal not in range(128)",
        )
    return "".join([chr(one) if one < 128 else _replaced(one, errors) for one in data])


def _replaced(byte, errors):
    if errors == "ignore":
        return ""
    if errors == "replace":
        return "\ufffd"
    if errors == "backslashreplace":
        return "\\x%02x" % byte
    if errors == "surrogateescape":
        return chr(0xDC00 + byte)
    raise LookupError("unknown error handler name '%s'" % errors)


def _decode_utf8(data, errors):
    found, at = [], 0
    while at < len(data):
        first = data[at]
        size = (
            1
            if first < 0x80
            else 2
            if 0xC2 <= first < 0xE0
            else 3
            if 0xE0 <= first < 0xF0
            else 4
            if first < 0xF5
            else 0
        )
        part = bytes(data[at : at + size])
        try:
            if not size or len(part) < size:
                raise UnicodeError
            found.append(part.decode())
            at += size
        except UnicodeError:
            found.append(_replaced(first, errors))
            at += 1
    return "".join(found)


class UnicodeDecodeError(UnicodeError):
    """Bytes that are no text."""


class UnicodeEncodeError(UnicodeError):
    """Text that an encoding has no bytes for."""

    def __init__(self, encoding, text, start, end, reason):
        super().__init__(encoding, text, start, end, reason)
        self.encoding, self.object, self.start, self.end, self.reason = (
            encoding,
            text,
            start,
            end,
            reason,
        )


def encode(text, *args, **named):
    """`text.encode(encoding, errors)`."""
    if not isinstance(text, str):
        return text.encode(*args, **named)
    return _encode(text, *args, **named)


def _encode(text, encoding="utf-8", errors="strict"):
    if encoding == "punycode":
        import _punycode

        return _punycode.encode(text)
    limit = _limit(encoding)
    if limit == 0:
        start = b"\xef\xbb\xbf" if encoding.lower().endswith("sig") else b""
        return start + text.encode()
    data = text.encode()
    if len(data) == len(text):
        return data
    found = bytearray()
    for number, one in enumerate(text):
        code = ord(one)
        if code < limit:
            found.append(code)
        elif errors == "replace":
            found.append(63)
        elif errors == "xmlcharrefreplace":
            found.extend(b"&#%d;" % code)
        elif errors == "backslashreplace":
            found.extend(
                (
                    ("\\x%02x" if code < 256 else "\\u%04x" if code < 65536 else "\\U%08x") % code
                ).encode()
            )
        elif errors != "ignore":
            raise UnicodeEncodeError(
                encoding, text, number, number + 1, "ordinal not in range(%d)" % limit
            )
    return bytes(found)


def to_bytes(value=b"", encoding=None, errors="strict"):
    """`bytes(value, encoding)`."""
    return bytes(value) if encoding is None else encode(value, encoding, errors)


def to_str(value="", encoding=None, errors="strict"):
    """`str(value, encoding)`."""
    return str(value) if encoding is None else decode(bytes(value), encoding, errors)


def from_bytes(data, byteorder="big", *, signed=False):
    """`int.from_bytes(…)`, of anything that has bytes."""
    data = bytes(data)
    value = int.from_bytes(data, byteorder)
    return (
        value - (1 << 8 * len(data))
        if signed and data and data[0 if byteorder == "big" else -1] & 128
        else value
    )


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


# Classes


def mro(cls):
    """The classes that attributes are looked up in, in CPython's order (C3)."""
    bases = [one for one in cls.__bases__ if one is not object]
    lists = [mro(one)[:-1] for one in bases] + [bases]
    result = [cls]
    while True:
        lists = [one for one in lists if one]
        if not lists:
            break
        for each in lists:
            first = each[0]
            if not any(first in one[1:] for one in lists):
                break
        else:
            first = lists[0][0]
        result.append(first)
        lists = [[each for each in one if each is not first] for one in lists]
    if cls is not object:
        result.append(object)
    return result


def _mro(cls):
    return tuple(mro(cls))


subclasses = {}
"""The classes that were made below each; they are kept."""


def _bases(bases, names):
    """The bases of a class: what is no class says which classes it stands for."""
    found = []
    for one in bases:
        found += (one,) if isinstance(one, type) else one.__mro_entries__(bases)
    names["__orig_bases__"] = bases
    return tuple(found)


def _made(cls):
    """What CPython does when a class is made: its metaclass, `__set_name__`, `__init_subclass__`."""
    own = cls.__dict__
    keywords = own.get("__class_keywords__")
    metaclass = None
    if keywords is None:
        keywords = {}
    else:
        del cls.__class_keywords__
        keywords = dict(keywords)
        metaclass = keywords.pop("metaclass", None)
    if metaclass is None:
        metaclass = getattr(cls, "__metaclass__", None)
        for base in cls.__bases__:
            other = getattr(base, "__metaclass__", None)
            if (
                other is not None
                and metaclass is not None
                and other is not metaclass
                and issubclass(other, metaclass)
            ):
                metaclass = other
    if "__missing__" in own and issubclass(cls, dict) and "__getitem__" not in own:
        cls.__getitem__ = _item_or_missing(cls)
    names = dict(cls.__dict__)
    if metaclass is not None and metaclass is not type:
        bases = cls.__bases__
        if isinstance(metaclass, type):
            cls.__metaclass__ = metaclass
            names["__metaclass__"] = metaclass
            if "__new__" in _names(metaclass):
                cls = metaclass.__new__(metaclass, cls.__name__, bases, names, **keywords)
            if "__init__" in _names(metaclass):
                metaclass.__init__(cls, cls.__name__, bases, names, **keywords)
            if "__new__" in _names(metaclass) or "__init__" in _names(metaclass):
                keywords = {}
        else:
            return metaclass(cls.__name__, bases, names, **keywords)
    for name, value in names.items():
        if name != "__metaclass__" and not isinstance(value, type):
            tell = getattr(type(value), "__set_name__", None)
            if tell is not None:
                tell(value, cls, name)
    for base in cls.__bases__:
        subclasses.setdefault(base, []).append(cls)
        hook = getattr(base, "__init_subclass__", None)
        if hook is not None and hook is not _nothing:
            for one in mro(cls)[1:]:
                if "__init_subclass__" in one.__dict__:
                    _more.function(one.__init_subclass__)(cls, **keywords)
                    break
            break
    return cls


def _item_or_missing(cls):
    """Subscription of a dictionary that has `__missing__`."""

    def __getitem__(self, key):
        if key in self:
            return super(cls, self).__getitem__(key)
        return self.__missing__(key)

    return __getitem__


def _names(metaclass):
    """What a metaclass, and those that it is made of, define."""
    found = set()
    for one in mro(metaclass):
        if one is not type and one is not object:
            found |= set(one.__dict__)
    return found


def _nothing(*_, **__):
    """What `super().__init_subclass__` is of `object`."""


def _super_call(one):
    """What `super().__call__` is in a metaclass: an instance of the class is made. The object that
    `super()` is lives no longer than this call."""
    return _more.bound(_more.instantiate, _more.owner(one))


class GenericAlias:
    """A class with what it is subscripted by: `list[int]`."""

    def __init__(self, origin, args):
        self.__origin__ = origin
        self.__args__ = args if isinstance(args, tuple) else (args,)
        self.__parameters__ = ()

    def __call__(self, *args, **keywords):
        return self.__origin__(*args, **keywords)

    def __getattr__(self, name):
        if name[:2] == "__" or "__origin__" not in self.__dict__:
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __getitem__(self, args):
        return GenericAlias(self.__origin__, args)

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def __or__(self, other):
        return UnionType((self, other))

    def __ror__(self, other):
        return UnionType((other, self))

    def __eq__(self, other):
        return isinstance(other, GenericAlias) and (self.__origin__, self.__args__) == (
            other.__origin__,
            other.__args__,
        )

    def __hash__(self):
        return hash(self.__args__)

    def __repr__(self):
        return "%s[%s]" % (_type_name(self.__origin__), ", ".join(map(_type_name, self.__args__)))


def _type_name(value):
    if value is ...:
        return "..."
    if isinstance(value, type):
        module = getattr(value, "__module__", "builtins")
        return value.__qualname__ if module == "builtins" else module + "." + value.__qualname__
    return repr(value)


class UnionType:
    """Several types: `int | None`."""

    def __init__(self, args):
        found = []
        for one in args:
            for each in one.__args__ if isinstance(one, UnionType) else (one,):
                each = type(None) if each is None else each
                if each not in found:
                    found.append(each)
        self.__args__ = tuple(found)
        self.__parameters__ = ()

    def __or__(self, other):
        return UnionType((self, other))

    def __ror__(self, other):
        return UnionType((other, self))

    def __instancecheck__(self, value):
        return isinstance(value, self.__args__)

    def __subclasscheck__(self, cls):
        return issubclass(cls, self.__args__)

    def __eq__(self, other):
        return isinstance(other, UnionType) and set(self.__args__) == set(other.__args__)

    def __hash__(self):
        return hash(len(self.__args__))

    def __repr__(self):
        return " | ".join(
            ["None" if one is type(None) else _type_name(one) for one in self.__args__]
        )


def _union(one, other):
    return UnionType((one, other))


# Attributes of native types


def removeprefix(self, prefix):
    return self[len(prefix) :] if prefix and self.startswith(prefix) else self[:]


def removesuffix(self, suffix):
    return self[: len(self) - len(suffix)] if suffix and self.endswith(suffix) else self[:]


def ljust(self, width, fill=None):
    return self + _fill(self, fill) * (width - len(self))


def rjust(self, width, fill=None):
    return _fill(self, fill) * (width - len(self)) + self


def _fill(text, fill):
    return fill or (" " if isinstance(text, str) else b" ")


def zfill(self, width):
    zero = "0" if isinstance(self, str) else b"0"
    sign = self[:1] if self[:1] in ("+", "-", b"+", b"-") else self[:0]
    return sign + zero * (width - len(self)) + self[len(sign) :]


def casefold(self):
    return self.lower().replace("\u00df", "ss")


def capitalize(self):
    return self[:1].upper() + self[1:].lower()


def swapcase(self):
    return "".join([one.lower() if one.isupper() else one.upper() for one in self])


def title(self):
    found, inside = [], False
    for one in self:
        found.append(one.lower() if inside else one.upper())
        inside = one.isalpha() or ord(one) > 127
    return "".join(found)


def istitle(self):
    return any(one.isalpha() for one in self) and self == title(self)


def isascii(self):
    return len(self.encode()) == len(self) if isinstance(self, str) else max(self, default=0) < 128


def isalnum(self):
    return bool(self) and all(one.isalpha() or one.isdigit() or ord(one) > 127 for one in self)


def isdecimal(self):
    return self.isdigit()


def isprintable(self):
    return all(31 < ord(one) < 127 or ord(one) > 160 for one in self)


def isidentifier(self):
    return (
        bool(self)
        and not self[0].isdigit()
        and all(one == "_" or one.isalpha() or one.isdigit() or ord(one) > 127 for one in self)
    )


def expandtabs(self, tabsize=8):
    found, column = [], 0
    for one in self:
        if one == "\t":
            count = tabsize - column % tabsize if tabsize else 0
            found.append(" " * count)
            column += count
        else:
            found.append(one)
            column = 0 if one in "\r\n" else column + 1
    return "".join(found)


def translate(self, table):
    if isinstance(self, (bytes, bytearray)):
        return type(self)(bytes([table[one] for one in self]))
    found = []
    for one in self:
        try:
            new = table[ord(one)]
        except LookupError:
            new = one
        if new is not None:
            found.append(chr(new) if isinstance(new, int) else new)
    return "".join(found)


def maketrans(first, to=None, drop=""):
    if to is None:
        return {ord(key) if isinstance(key, str) else key: value for key, value in first.items()}
    if isinstance(first, bytes):
        table = bytearray(range(256))
        for one, other in zip(first, to):
            table[one] = other
        return bytes(table)
    table = {ord(one): ord(other) for one, other in zip(first, to)}
    table.update({ord(one): None for one in drop})
    return table


def format_map(self, mapping):
    return self.format(**dict(mapping))


def bit_length(self):
    return len(bin(abs(self))) - 2 if self else 0


def bit_count(self):
    return bin(self).count("1")


def as_integer_ratio(self):
    if isinstance(self, int):
        return (int(self), 1)
    below = 1
    while self != int(self):
        self *= 2
        below *= 2
    return (int(self), below)


def is_integer(self):
    return self == int(self)


def _object_format(self, spec):
    return format(self, spec)


def with_traceback(self, _):
    return self


def add_note(self, note):
    return None


def isdisjoint(self, other):
    return not any(one in self for one in other)


def _fromkeys(cls, keys, value=None):
    made = cls()
    for key in keys:
        made[key] = value
    return made


def _module_of(cls):
    return "builtins"


class _Code:
    """What is known of the code of a function: its parameters."""

    co_filename, co_firstlineno, co_consts, co_names = "", 0, (), ()

    def __init__(self, function):
        found = _more.parameters(function) or ((), 0, (), None, False, False)
        names, count = found[0], found[1]
        self.co_name = self.co_qualname = function.__name__
        self.co_varnames = (
            tuple(names) + (("args",) if found[4] else ()) + (("kwargs",) if found[5] else ())
        )
        self.co_argcount, self.co_posonlyargcount, self.co_kwonlyargcount = (
            count,
            0,
            len(names) - count,
        )
        self.co_flags = 4 * found[4] + 8 * found[5]


def _defaults(function):
    found = _more.parameters(function)
    return (found[2] or None) if found else None


def _keyword_defaults(function):
    found = _more.parameters(function)
    return found[3] if found else None


def _same(one, other):
    return one is other or NotImplemented


def _different(one, other):
    return one is not other


def _object_repr(self):
    return (
        "<%s object at 0x%x>" % (type(self).__name__, id(self))
        if not isinstance(self, PLAIN)
        else repr(self)
    )


PLAIN = (str, int, float, bytes, list, tuple, dict, set, frozenset, BaseException)


def _initialiser(cls):
    """What `Class.__init__` is where no class defines it: the native part's."""
    for one in mro(cls):
        if one in PLAIN:
            return one.__init__
    return object.__init__


def _set_item(self, key, value):
    self[key] = value


def _delete_item(self, key):
    del self[key]


def _super_call(self):
    """`super().__call__` of a metaclass: makes an instance of the class."""
    cls = _more.owner(self)
    if not isinstance(cls, type):
        raise AttributeError("'super' object has no attribute '__call__'")
    return _more.bound(_more.instantiate, cls)


TEXT = {
    "removeprefix": removeprefix, "removesuffix": removesuffix, "ljust": ljust, "rjust": rjust,
    "zfill": zfill, "expandtabs": expandtabs, "translate": translate, "isascii": isascii,
    "__iter__": iter,
}  # fmt: skip


def _of_bytes():
    """Methods of bytes, by those of str."""

    def by(method):
        def call(self, *args):
            value = method("".join(map(chr, self)), *args)
            return bytes([ord(one) for one in value]) if isinstance(value, str) else value

        return call

    names = ("capitalize", "swapcase", "title", "istitle", "isalnum")
    return {
        name: by(method)
        for name, method in zip(names, (capitalize, swapcase, title, istitle, isalnum))
    }


SIZED = {
    "__len__": lambda self: len(self),
    "__iter__": lambda self: iter(self),
    "__contains__": lambda self, value: value in self,
}
ITEMS = merged(SIZED, {"__getitem__": lambda self, key: self[key]})
CHANGED = merged(ITEMS, {"__setitem__": _set_item, "__delitem__": _delete_item})
for _type in (list, dict):
    _more.extend(_type, CHANGED)
_more.extend(tuple, ITEMS)
_more.extend(str, merged(TEXT, ITEMS, {
    "casefold": casefold, "capitalize": capitalize, "swapcase": swapcase, "title": title,
    "istitle": istitle, "isalnum": isalnum, "isdecimal": isdecimal, "isnumeric": isdecimal,
    "isprintable": isprintable, "isidentifier": isidentifier, "format_map": format_map,
}))  # fmt: skip
_more.extend(bytes, merged(TEXT, ITEMS, _of_bytes()))
_more.extend(bytearray, merged(TEXT, CHANGED, _of_bytes(), {"copy": lambda self: self[:]}))
_more.extend(int, {
    "bit_length": bit_length, "bit_count": bit_count, "as_integer_ratio": as_integer_ratio,
    "real": property(lambda self: self), "imag": 0, "numerator": property(lambda self: self), "denominator": 1,
    "conjugate": lambda self: self, "__index__": lambda self: self, "is_integer": lambda self: True,
})  # fmt: skip
_more.extend(
    float,
    {
        "is_integer": is_integer,
        "as_integer_ratio": as_integer_ratio,
        "real": property(lambda self: self),
        "imag": 0.0,
        "conjugate": lambda self: self,
    },
)
_more.extend(property, {
    "fget": property(lambda self: _more.accessors(self)[0]), "fset": property(lambda self: _more.accessors(self)[1]),
    "fdel": property(lambda self: _more.accessors(self)[2]), "__doc__": None,
    "__isabstractmethod__": False,
})  # fmt: skip
_more.extend(
    staticmethod, {"__func__": property(_more.function), "__wrapped__": property(_more.function)}
)
_more.extend(
    classmethod, {"__func__": property(_more.function), "__wrapped__": property(_more.function)}
)
_more.extend(set, merged(SIZED, {"isdisjoint": isdisjoint}))
_more.extend(frozenset, merged(SIZED, {"isdisjoint": isdisjoint}))
_more.extend(range, SIZED)
_more.extend(type(one for one in ()), {"__iter__": iter})
_more.extend(memoryview, {
    "nbytes": property(len), "tobytes": bytes, "tolist": list, "release": lambda self: None,
    "format": "B", "readonly": False, "contiguous": True, "ndim": 1, "__iter__": iter,
    "__enter__": lambda self: self, "__exit__": lambda self, *_: None,
    "cast": lambda self, *_: self,
})  # fmt: skip
_more.extend(BaseException, {
    "__cause__": None, "__context__": None, "__traceback__": None, "__suppress_context__": False,
    "with_traceback": with_traceback, "add_note": add_note, "__notes__": (),
})  # fmt: skip
_more.extend(type(format), {
    "__module__": None, "__doc__": None, "__qualname__": property(lambda self: self.__name__),
    "__defaults__": property(_defaults), "__kwdefaults__": property(_keyword_defaults), "__code__": property(_Code), "__annotations__": property(lambda self: {}),
    "__dict__": property(lambda self: _more.attributes(self) or {}), "__closure__": None,
    "__name__": property(lambda self: "<lambda>"),
})  # fmt: skip
_more.extend(type("".join), {
    "__func__": property(_more.function), "__self__": property(_more.owner),
    "__name__": property(lambda self: _more.function(self).__name__), "__doc__": None,
})  # fmt: skip
_more.extend(
    super, {"__init_subclass__": _nothing, "__repr__": repr, "__call__": property(_super_call)}
)
_more.extend(type, {
    "__mro__": property(_mro), "mro": mro, "__subclasses__": lambda cls: list(subclasses.get(cls, ())),
    "__qualname__": property(lambda cls: cls.__name__), "__module__": property(_module_of), "__doc__": None,
    "__init_subclass__": _nothing, "__annotations__": property(lambda cls: {}), "__abstractmethods__": frozenset(),
    "__new__": property(lambda cls: str.__new__), "__init__": property(_initialiser),
    "__setattr__": property(lambda cls: object.__setattr__), "__delattr__": property(lambda cls: object.__delattr__),
    "__eq__": property(lambda cls: _same), "__ne__": property(lambda cls: _different), "__hash__": property(lambda cls: hash),
    "__repr__": property(lambda cls: _object_repr), "__str__": property(lambda cls: str), "__getattribute__": property(lambda cls: getattr),
    "maketrans": property(lambda cls: maketrans),
    "__instancecheck__": lambda cls, value: isinstance(value, cls),
    "__subclasscheck__": lambda cls, other: issubclass(other, cls), "__call__": _more.instantiate,
    "__base__": property(lambda cls: cls.__bases__[0])
})  # fmt: skip
_more.extend(object, {
    "__doc__": None, "__format__": _object_format, "__reduce__": None, "__reduce_ex__": None,
    "__init_subclass__": _nothing, "__getattribute__": getattr, "__repr__": _object_repr, "__str__": str,
})  # fmt: skip
_more.classes(_bases, _made, GenericAlias, _union)


# Built-in names


class Warning(Exception):
    """Any warning."""


def _kinds(base, names):
    return {name: type(name, (base,), {}) for name in names.split()}


def ascii(value):
    """The built-in function."""
    text = repr(value)
    if isascii(text):
        return text
    found = []
    for one in text:
        code = ord(one)
        found.append(
            one
            if code < 128
            else "\\x%02x" % code
            if code < 256
            else "\\u%04x" % code
            if code < 65536
            else "\\U%08x" % code
        )
    return "".join(found)


def vars(*thing):
    """The built-in function, of a thing."""
    return thing[0].__dict__ if thing else globals()


class BaseExceptionGroup(BaseException):
    """Several exceptions."""

    def __init__(self, message, exceptions):
        super().__init__(message, exceptions)
        self.message, self.exceptions = message, tuple(exceptions)


class ExceptionGroup(Exception):
    """Several exceptions."""

    def __init__(self, message, exceptions):
        super().__init__(message, exceptions)
        self.message, self.exceptions = message, tuple(exceptions)


def _opens(*_, **__):
    raise OSError(2)


def _compiles(*_, **__):
    raise NotImplementedError('the image has no compiler: features=["compiler"] adds it')


def _no_input(prompt=""):
    raise EOFError


_builtin_names = {
    "exec": _compiles, "eval": _compiles, "compile": _compiles,
    "Warning": Warning, "UnicodeDecodeError": UnicodeDecodeError, "UnicodeEncodeError": UnicodeEncodeError,
    "ascii": ascii, "input": _no_input, "format": format, "vars": vars, "IOError": OSError, "EnvironmentError": OSError,
    "BaseExceptionGroup": BaseExceptionGroup, "ExceptionGroup": ExceptionGroup, "open": _opens,
}  # fmt: skip
_builtin_names.update(
    _kinds(
        Warning,
        "UserWarning DeprecationWarning PendingDeprecationWarning SyntaxWarning RuntimeWarning FutureWarning ImportWarning UnicodeWarning BytesWarning ResourceWarning EncodingWarning",
    )
)
_builtin_names.update(_kinds(UnicodeError, "UnicodeTranslateError"))
_builtin_names.update(
    _kinds(
        OSError,
        "BlockingIOError ChildProcessError ConnectionError FileExistsError FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError PermissionError ProcessLookupError TimeoutError",
    )
)
_builtin_names.update(
    _kinds(
        _builtin_names["ConnectionError"],
        "BrokenPipeError ConnectionAbortedError ConnectionRefusedError ConnectionResetError",
    )
)
_builtin_names.update(_kinds(ImportError, "ModuleNotFoundError"))
_builtin_names.update(_kinds(ArithmeticError, "FloatingPointError"))
_builtin_names.update(_kinds(Exception, "ReferenceError BufferError"))
_builtin_names.update(_kinds(SyntaxError, "TabError"))

import builtins

for _name, _value in _builtin_names.items():
    if not hasattr(builtins, _name):
        setattr(builtins, _name, _value)
UserWarning = _builtin_names["UserWarning"]
