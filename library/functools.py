"""Functions that make functions, as in CPython."""

from _bound import native as _native

__all__ = (
    "WRAPPER_ASSIGNMENTS", "WRAPPER_UPDATES", "cache", "cached_property", "cmp_to_key", "lru_cache",
    "partial", "partialmethod", "reduce", "singledispatch", "singledispatchmethod",
    "total_ordering", "update_wrapper", "wraps",
)  # fmt: skip


_MISSING = object()


def reduce(function, values, initial=_MISSING):
    """`function` applied to the values from left to right, as a sum is."""
    values = iter(values)
    if initial is _MISSING:
        initial = next(values, _MISSING)
        if initial is _MISSING:
            raise TypeError("reduce() of empty iterable with no initial value")
    for value in values:
        initial = function(initial, value)
    return initial


class partial:
    """A function that is given some of its arguments. No name of them is `posonly_self`."""

    def __init__(posonly_self, *args, **keywords):
        if not args:
            raise TypeError("type 'partial' takes at least one argument")
        posonly_func, args = args[0], args[1:]
        if not callable(posonly_func):
            raise TypeError("the first argument must be callable")
        if type(posonly_func) is partial:
            args = posonly_func.args + args
            keywords = _joined(posonly_func.keywords, keywords)
            posonly_func = posonly_func.func
        posonly_self.func, posonly_self.args, posonly_self.keywords = posonly_func, args, keywords

    def __call__(posonly_self, *args, **keywords):
        named, func = _joined(posonly_self.keywords, keywords), posonly_self.func
        args = posonly_self.args + args
        if func is int and len(args) == 1 and list(named) == ["base"]:
            return int(args[0], named["base"])  # the native type takes it by position
        return func(*args, **named)

    def __repr__(self):
        return _written(self, "functools." + type(self).__name__ if type(self) is partial else None)

    def __reduce__(self):
        own = ("func", "args", "keywords")
        more = {name: value for name, value in self.__dict__.items() if name not in own}
        return (type(self), (self.func,), (self.func, self.args, self.keywords, more))

    def __setstate__(self, state):
        if not isinstance(state, tuple) or len(state) != 4:
            raise TypeError("invalid partial state")
        func, args, keywords, names = state
        if not callable(func) or not isinstance(args, tuple):
            raise TypeError("invalid partial state")
        for name, value in (names or {}).items():
            setattr(self, name, value)
        self.func, self.args, self.keywords = func, tuple(args), dict(keywords or {})


def _joined(named, more):
    if not more:
        return named
    made = dict(named)
    made.update(more)
    return made


def _written(one, name=None):
    """The call that makes a partial function or method."""
    parts = [repr(one.func)] + [repr(each) for each in one.args]
    parts += ["%s=%r" % each for each in one.keywords.items()]
    return "%s(%s)" % (name or type(one).__name__, ", ".join(parts))


def _check_method(func):
    plain = callable(func) or isinstance(func, (classmethod, staticmethod))
    if not plain and not hasattr(func, "__get__"):
        raise TypeError("%r is not callable or a descriptor" % (func,))


class partialmethod:
    """A method that is given some of its arguments."""

    def __init__(posonly_self, posonly_func, *args, **keywords):
        _check_method(posonly_func)
        posonly_self.func, posonly_self.args, posonly_self.keywords = posonly_func, args, keywords

    def __get__(self, instance, owner=None):
        func = self.func
        if isinstance(func, (classmethod, staticmethod)):
            first = (owner,) if isinstance(func, classmethod) else ()
            return partial(func.__func__, *(first + self.args), **self.keywords)
        if hasattr(func, "__get__") and not hasattr(func, "__name__"):
            return partial(func.__get__(instance, owner), *self.args, **self.keywords)
        if instance is None:
            return lambda one, *args, **named: func(
                one, *(self.args + args), **_joined(self.keywords, named)
            )
        return partial(func, instance, *self.args, **self.keywords)

    def __repr__(self):
        return _written(self, "functools.partialmethod")


WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """The wrapper, with the attributes of what it wraps: where functions have any, which they do in
    images with packages."""
    try:
        for name in assigned:
            if hasattr(wrapped, name):
                setattr(wrapper, name, getattr(wrapped, name))
        for each in updated:
            for name, value in getattr(wrapped, each, {}).items():
                if each == "__dict__":
                    setattr(wrapper, name, value)
                else:
                    getattr(wrapper, each)[name] = value
        wrapper.__wrapped__ = wrapped
    except AttributeError:
        if hasattr(update_wrapper, "__dict__"):
            raise
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """A decorator that makes a function look like `wrapped`."""
    return lambda wrapper: update_wrapper(wrapper, wrapped, assigned, updated)


def lru_cache(maxsize=128, typed=False):
    """Keep the results of the last `maxsize` calls; of all, if it is None."""
    if callable(maxsize):
        return _Cached(maxsize, 128, typed)
    if maxsize is not None and not isinstance(maxsize, int):
        raise TypeError("Expected first argument to be an integer, a callable, or None")
    return lambda function: _Cached(function, maxsize and max(maxsize, 0), typed)


def cache(user_function):
    """Keep the result of every call."""
    return _Cached(user_function, None, False)


class _CacheInfo(tuple):
    def __new__(cls, hits, misses, maxsize, currsize):
        return tuple.__new__(cls, (hits, misses, maxsize, currsize))

    hits, misses = property(lambda self: self[0]), property(lambda self: self[1])
    maxsize, currsize = property(lambda self: self[2]), property(lambda self: self[3])

    def __repr__(self):
        return "CacheInfo(hits=%d, misses=%d, maxsize=%r, currsize=%d)" % tuple(self)


class _Cached:
    def __init__(self, function, most, typed):
        self._most, self._typed = most, typed
        update_wrapper(self, function)
        self.__wrapped__ = function
        self.__name__ = getattr(function, "__name__", "")
        self.cache_clear()

    def cache_clear(self):
        self._results, self._hits, self._misses = {}, 0, 0

    def cache_info(self):
        return _CacheInfo(self._hits, self._misses, self._most, len(self._results))

    def cache_parameters(self):
        return {"maxsize": self._most, "typed": self._typed}

    def __get__(self, instance, owner=None):
        return self if instance is None else _CachedMethod(self, instance)

    def __copy__(self):
        return self

    def __deepcopy__(self, _):
        return self

    def __call__(posonly_self, *args, **named):
        self = posonly_self
        key = (args, tuple(named.items())) if named else args
        if self._typed:
            key = (key, tuple(map(type, args)), tuple(map(type, named.values())))
        results = self._results
        if self._most != 0 and key in results:
            self._hits += 1
            if self._most is None:
                return results[key]
            value = results.pop(key)
        else:
            self._misses += 1
            value = self.__wrapped__(*args, **named)
            if self._most == 0:
                return value
            if self._most is not None and key not in results and len(results) >= self._most:
                del results[next(iter(results))]  # that which was used least recently
        results[key] = value
        return value


class _CachedMethod:
    """A cached function as a method of an object."""

    def __init__(self, cached, instance):
        self.__func__, self.__self__ = cached, instance

    def __call__(posonly_self, *args, **named):
        return posonly_self.__func__(posonly_self.__self__, *args, **named)

    def __getattr__(self, name):
        return getattr(self.__dict__["__func__"], name)


class cached_property:
    """A method as an attribute that is computed once. It needs classes that tell descriptors their
    names, which MicroPython's do: `__set_name__`."""

    def __init__(self, func):
        self.func, self.attrname = func, None
        self.__doc__ = getattr(func, "__doc__", None)

    def __set_name__(self, owner, name):
        if self.attrname not in (None, name):
            raise TypeError(
                "Cannot assign the same cached_property to two different names (%r and %r)."
                % (self.attrname, name)
            )
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError(
                "Cannot use cached_property instance without calling __set_name__ on it."
            )
        value = self.func(instance)
        setattr(instance, self.attrname, value)
        return value


def cmp_to_key(mycmp):
    """A key for sorting by a function that compares two values."""

    class Key:
        __hash__ = None

        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0

    return Key


def _negated(name, equal):
    """A comparison by the opposite one: `equal` says what it tells of equal values."""

    def compare(self, other):
        found = getattr(type(self), name)(self, other)
        if found is NotImplemented:
            return found
        return (not found and self != other) if equal is False else not found

    return compare


def _extended(name, equal):
    """A comparison by the same one with, or without, what is equal."""

    def compare(self, other):
        found = getattr(type(self), name)(self, other)
        if found is NotImplemented:
            return found
        return (found or self == other) if equal else (found and self != other)

    return compare


_DERIVED = {
    "__lt__": {
        "__gt__": (_negated, False),
        "__le__": (_extended, True),
        "__ge__": (_negated, None),
    },
    "__le__": {
        "__ge__": (_negated, True),
        "__lt__": (_extended, False),
        "__gt__": (_negated, None),
    },
    "__gt__": {
        "__lt__": (_negated, False),
        "__ge__": (_extended, True),
        "__le__": (_negated, None),
    },
    "__ge__": {
        "__le__": (_negated, True),
        "__gt__": (_extended, False),
        "__lt__": (_negated, None),
    },
}
"""By the comparison that is there, how the others are derived of it."""


def _negated_or_equal(name):
    def compare(self, other):
        found = getattr(type(self), name)(self, other)
        return found if found is NotImplemented else not found or self == other

    return compare


def total_ordering(cls):
    """Derive the other comparisons from one of them and `__eq__`."""
    root = next((one for one in _DERIVED if _defines(cls, one)), None)
    if root is None:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    for name, (make, equal) in _DERIVED[root].items():
        if not _defines(cls, name):
            made = (
                _negated_or_equal(root) if equal is True and make is _negated else make(root, equal)
            )
            setattr(cls, name, made)
    return cls


def _defines(cls, name):
    """Whether a class, or one above it that is not native, defines a comparison."""
    return name in cls.__dict__ or any(
        one is not object and hasattr(one, "__dict__") and _defines(one, name)
        for one in cls.__bases__
    )


def singledispatch(func):
    """A function that is chosen by the type of its first argument."""
    return _Dispatched(func)


class singledispatchmethod:
    """A method that is chosen by the type of its first argument."""

    def __init__(self, func):
        _check_method(func)
        self.func, self.dispatcher = func, singledispatch(func)

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, method)

    def __get__(self, instance, owner=None):
        def call(*args, **named):
            method = self.dispatcher.dispatch(type(args[0]))
            if isinstance(method, classmethod):
                return method.__func__(owner or type(instance), *args, **named)
            if isinstance(method, staticmethod):
                return method.__func__(*args, **named)
            if hasattr(method, "__get__") and not hasattr(method, "__name__"):
                return method.__get__(instance, owner)(*args, **named)
            return method(instance, *args, **named)

        call.register = self.register
        return call


class _Dispatched:
    def __init__(self, function):
        self.registry = {object: function}
        update_wrapper(self, function)
        self.__name__ = getattr(function, "__name__", "")

    def register(self, cls, func=None):
        if func is None:
            annotations = getattr(cls, "__annotations__", None)
            if not isinstance(cls, type) and annotations:
                func, cls = cls, next(iter(annotations.values()))
                if isinstance(cls, str):
                    cls = _named(cls)
                return self.register(cls, func)
            if not isinstance(cls, type) and not hasattr(cls, "__args__"):
                raise TypeError(
                    "Invalid first argument to `register()`: %r. Use either `@register(some_class)`"
                    " or plain `@register` on an annotated function." % (cls,)
                )
            return lambda func: self.register(cls, func)
        for one in getattr(cls, "__args__", None) or (cls,):
            self.registry[one] = func
        return func

    def dispatch(self, cls):
        """What is registered for a class or that above it which comes first; then for an abstract
        class that it is one of."""
        order = _order(cls)
        for one in order[:-1]:
            if one in self.registry:
                return self.registry[one]
        best = None
        for one in self.registry:
            if one is not object and one not in order and issubclass(cls, one):
                if best is None or issubclass(one, best):
                    best = one
        return self.registry[object if best is None else best]

    def __call__(self, *args, **named):
        if not args:
            raise TypeError("%s requires at least 1 positional argument" % self.__name__)
        return self.dispatch(type(args[0]))(*args, **named)


def _named(name):
    """The built-in class of that name. Raises TypeError."""
    import builtins

    found = getattr(builtins, name, None)
    if not isinstance(found, type):
        raise TypeError("Invalid annotation: %r is not a class." % name)
    return found


def _order(cls):
    """The classes that a class is one of, itself first and `object` last."""
    known = getattr(cls, "__mro__", None)
    if known is not None:
        return list(known)
    found = [cls]
    for base in cls.__bases__:
        found += [one for one in _order(base) if one not in found and one is not object]
    return found + [object]


_native(reduce, cmp_to_key)
