"""Types of types: `list[int]`, `int | None`."""


class GenericAlias:
    """A class with what it is subscripted by: `list[int]`."""

    __module__ = "types"
    __unpacked__ = False
    """Whether it stands for its items, as in `(*tuple[int],)`."""

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
        if self.__unpacked__:
            raise TypeError("%r is not a generic class" % (self,))
        return GenericAlias(self.__origin__, args)

    def __iter__(self):
        made = GenericAlias(self.__origin__, self.__args__)
        made.__unpacked__ = True
        yield made

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def __instancecheck__(self, value):
        raise TypeError("isinstance() argument 2 cannot be a parameterized generic")

    def __subclasscheck__(self, cls):
        raise TypeError("issubclass() argument 2 cannot be a parameterized generic")

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
        items = ", ".join(map(_type_name, self.__args__))
        return "*" * self.__unpacked__ + "%s[%s]" % (_type_name(self.__origin__), items)


def _type_name(value):
    if value is ...:
        return "..."
    if isinstance(value, type):
        module = getattr(value, "__module__", "builtins")
        return value.__qualname__ if module == "builtins" else module + "." + value.__qualname__
    return repr(value)


class UnionType:
    """Several types: `int | None`."""

    __module__ = "types"
    _is_union = True  # as typing's are

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
        return getattr(other, "_is_union", False) and set(self.__args__) == set(other.__args__)

    def __hash__(self):
        return hash(len(self.__args__))

    def __repr__(self):
        return " | ".join(
            ["None" if one is type(None) else _type_name(one) for one in self.__args__]
        )


def _union(one, other):
    return UnionType((one, other))
