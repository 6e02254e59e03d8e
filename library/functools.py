"""Functions that make functions, as in CPython."""


def reduce(function, values, *initial):
    """`function` applied to the values from left to right, as a sum is."""
    values = iter(values)
    result = initial[0] if initial else next(values)
    for value in values:
        result = function(result, value)
    return result


class partial:
    """A function that is given some of its arguments."""

    def __init__(self, func, *args, **keywords):
        self.func, self.args, self.keywords = func, args, keywords

    def __call__(self, *args, **keywords):
        named = dict(self.keywords)
        named.update(keywords)
        return self.func(*(self.args + args), **named)


class partialmethod:
    """A method that is given some of its arguments."""

    def __init__(self, func, *args, **keywords):
        self.func, self.args, self.keywords = func, args, keywords

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return partial(self.func, instance, *self.args, **self.keywords)


WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """The wrapper, with the attributes of what it wraps: where functions have any, which they do in
    images with packages."""
    try:
        for name in assigned:
            if hasattr(wrapped, name):
                setattr(wrapper, name, getattr(wrapped, name))
        for name, value in (
            getattr(wrapped, "__dict__", {}).items() if "__dict__" in updated else ()
        ):
            setattr(wrapper, name, value)
        wrapper.__wrapped__ = wrapped
    except AttributeError:
        pass
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """A decorator that makes a function look like `wrapped`."""
    return lambda wrapper: update_wrapper(wrapper, wrapped, assigned, updated)


def lru_cache(maxsize=128, typed=False):
    """Keep the results of the last `maxsize` calls; of all, if it is None."""
    if callable(maxsize):
        return _Cached(maxsize, 128)
    return lambda function: _Cached(function, maxsize)


def cache(function):
    """Keep the result of every call."""
    return _Cached(function, None)


class _CacheInfo(tuple):
    def __new__(cls, *values):
        return tuple.__new__(cls, values)

    hits, misses = property(lambda self: self[0]), property(lambda self: self[1])
    maxsize, currsize = property(lambda self: self[2]), property(lambda self: self[3])

    def __repr__(self):
        return "CacheInfo(hits=%d, misses=%d, maxsize=%r, currsize=%d)" % tuple(self)


class _Cached:
    def __init__(self, function, most):
        self.__wrapped__, self.most = function, most
        self.__name__ = getattr(function, "__name__", "")
        self.cache_clear()

    def cache_clear(self):
        self.results, self.hits, self.misses = {}, 0, 0

    def cache_info(self):
        return _CacheInfo(self.hits, self.misses, self.most, len(self.results))

    def cache_parameters(self):
        return {"maxsize": self.most, "typed": False}

    def __get__(self, instance, owner=None):
        return self if instance is None else lambda *args, **named: self(instance, *args, **named)

    def __call__(self, *args, **named):
        key = (args, tuple(sorted(named.items()))) if named else args
        if key in self.results:
            self.hits += 1
            value = self.results.pop(key)
        else:
            self.misses += 1
            value = self.__wrapped__(*args, **named)
            if self.most is not None and len(self.results) >= self.most:
                self._drop()
        if self.most != 0:
            self.results[key] = value
        return value

    def _drop(self):
        """Forget the result that was used least recently."""
        if self.results:
            del self.results[next(iter(self.results))]


class cached_property:
    """A method as an attribute that is computed once. It needs classes that tell descriptors their
    names, which MicroPython's do: `__set_name__`."""

    def __init__(self, func):
        self.func, self.name = func, func.__name__

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = self.func(instance)
        setattr(instance, self.name, value)
        return value


def cmp_to_key(compare):
    """A key for sorting by a function that compares two values."""

    class Key:
        def __init__(self, value):
            self.value = value

        def __lt__(self, other):
            return compare(self.value, other.value) < 0

        def __gt__(self, other):
            return compare(self.value, other.value) > 0

        def __eq__(self, other):
            return compare(self.value, other.value) == 0

    return Key


def total_ordering(kind):
    """Derive the other comparisons from `__lt__` and `__eq__`."""
    if not hasattr(kind, "__gt__"):
        kind.__gt__ = lambda self, other: not (self < other or self == other)
    if not hasattr(kind, "__le__"):
        kind.__le__ = lambda self, other: self < other or self == other
    if not hasattr(kind, "__ge__"):
        kind.__ge__ = lambda self, other: not self < other
    return kind


def singledispatch(function):
    """A function that is chosen by the type of its first argument."""
    return _Dispatched(function)


class singledispatchmethod:
    """A method that is chosen by the type of its first argument."""

    def __init__(self, function):
        self.dispatcher = singledispatch(function)

    def register(self, kind, method=None):
        return self.dispatcher.register(kind, method)

    def __get__(self, instance, owner=None):
        return lambda first, *args, **named: self.dispatcher.dispatch(type(first))(
            instance, first, *args, **named
        )


class _Dispatched:
    def __init__(self, function):
        self.registry = {object: function}
        self.__name__ = getattr(function, "__name__", "")

    def register(self, kind, function=None):
        if function is None:
            return lambda function: self.register(kind, function)
        self.registry[kind] = function
        return function

    def dispatch(self, kind):
        while kind not in self.registry:
            kind = (kind.__bases__ or (object,))[0]
        return self.registry[kind]

    def __call__(self, first, *args, **named):
        return self.dispatch(type(first))(first, *args, **named)
