"""Iterators, as in CPython."""

from _operator import index
from sys import maxsize

_NONE = object()


class count:
    """Numbers from a first one, by a step."""

    def __init__(self, start=0, step=1):
        for one in (start, step):
            if not hasattr(one, "__add__") or isinstance(one, (str, bytes, list, tuple)):
                raise TypeError("a number is required")
        self._next, self._step = start, step

    def __iter__(self):
        return self

    def __next__(self):
        found = self._next
        self._next += self._step
        return found

    def __repr__(self):
        if type(self._step) is int and self._step == 1:
            return "count(%r)" % (self._next,)
        return "count(%r, %r)" % (self._next, self._step)


def cycle(iterable, /):
    return _cycle(iter(iterable))


def _cycle(values):
    kept = []
    for one in values:
        kept.append(one)
        yield one
    while kept:
        yield from kept


class repeat:
    """A value again and again."""

    def __init__(self, object, *times, **named):
        if named:
            times += (named.pop("times"),)
        if len(times) > 1 or named:
            raise TypeError("repeat() takes at most 2 arguments")
        self._value, self._left = object, max(index(times[0]), 0) if times else None

    def __iter__(self):
        return self

    def __next__(self):
        if self._left is not None:
            if self._left == 0:
                raise StopIteration
            self._left -= 1
        return self._value

    def __length_hint__(self):
        if self._left is None:
            raise TypeError("len() of unsized object")
        return self._left

    def __repr__(self):
        left = "" if self._left is None else ", %d" % self._left
        return "repeat(%r%s)" % (self._value, left)


def accumulate(iterable, func=None, *, initial=None):
    return _accumulate(iter(iterable), func, initial)


def _accumulate(iterable, func, initial):
    total = initial
    if initial is not None:
        yield initial
    first = initial is None
    for one in iterable:
        if first:
            total, first = one, False
        else:
            total = total + one if func is None else func(total, one)
        yield total


class chain:
    """Several iterables as one."""

    def __init__(self, *iterables):
        self._parts = iter(iterables)
        self._now = iter(())

    @classmethod
    def from_iterable(cls, iterables):
        made = cls()
        made._parts = iter(iterables)
        return made

    def __iter__(self):
        return self

    def __class_getitem__(cls, _):
        return cls

    def __next__(self):
        while True:
            value = next(self._now, _NONE)
            if value is not _NONE:
                return value
            self._now = iter(next(self._parts))


def compress(data, selectors):
    return _compress(iter(data), iter(selectors))


def _compress(data, selectors):
    for one, chosen in zip(data, selectors):
        if chosen:
            yield one


def dropwhile(predicate, iterable, /):
    return _dropwhile(predicate, iter(iterable))


def _dropwhile(predicate, values):
    for one in values:
        if not predicate(one):
            yield one
            break
    yield from values


def takewhile(predicate, iterable, /):
    return _takewhile(predicate, iter(iterable))


def _takewhile(predicate, values):
    for one in values:
        if not predicate(one):
            return
        yield one


def filterfalse(predicate, iterable, /):
    return _filterfalse(predicate, iter(iterable))


def _filterfalse(predicate, values):
    for one in values:
        if not (one if predicate is None else predicate(one)):
            yield one


class groupby:
    """Runs of values with the same key."""

    def __init__(self, iterable, key=None):
        self._values = iter(iterable)
        self._key = key or (lambda value: value)
        self._target = self._current = self._value = _NONE
        self._run = None

    def __iter__(self):
        return self

    def __next__(self):
        self._run = object()
        while self._current is self._target or self._current == self._target:
            self._advance()
        self._target = self._current
        return (self._current, self._group(self._target, self._run))

    def _advance(self):
        self._value = next(self._values)
        self._current = self._key(self._value)

    def _group(self, target, run):
        while self._run is run and self._current == target:
            yield self._value
            try:
                self._advance()
            except StopIteration:
                self._current = _END
                self._target = _END if self._target is target else self._target
                self._values = iter(())
                return


class _End:
    def __eq__(self, other):
        return self is other

    def __hash__(self):
        return 0


_END = _End()


def islice(iterable, *limits):
    piece = slice(*limits)
    wrong = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."
    if len(limits) == 1:
        wrong = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."
    for one in (piece.start, piece.stop):
        if one is not None and (not hasattr(one, "__index__") and not isinstance(one, int)):
            raise ValueError(wrong)
        if one is not None and not 0 <= index(one) <= maxsize:
            raise ValueError(wrong)
    step = 1 if piece.step is None else piece.step
    if not isinstance(step, int) or not 1 <= step <= maxsize:
        raise ValueError("Step for islice() must be a positive integer or None.")
    stop = None if piece.stop is None else index(piece.stop)
    return _islice(iter(iterable), index(piece.start or 0), stop, step)


def _islice(values, start, stop, step):
    for _ in range(start if stop is None else min(start, stop)):
        if next(values, _NONE) is _NONE:
            return
    at, missing = start, _NONE
    while stop is None or at < stop:
        one = next(values, missing)
        if one is missing:
            return
        yield one
        following = at + step
        at += 1
        while at < following and (stop is None or at < stop):
            if next(values, missing) is missing:
                return
            at += 1


def pairwise(iterable, /):
    return _pairwise(iter(iterable))


def _pairwise(values):
    one = next(values, _NONE)
    if one is _NONE:
        return
    for other in values:
        yield (one, other)
        one = other


def starmap(function, iterable, /):
    return _starmap(function, iter(iterable))


def _starmap(function, values):
    for one in values:
        yield function(*one)


class _tee:
    """One of several iterators over the same: links of a chain, each with its value."""

    def __init__(self, values, link=None):
        if isinstance(values, _tee):
            self._values, self._link = values._values, values._link
        else:
            self._values, self._link = iter(values), link or [None, None]

    def __iter__(self):
        return self

    def __next__(self):
        if self._link[1] is None:
            self._link[0], self._link[1] = next(self._values), [None, None]
        value, self._link = self._link
        return value

    def __copy__(self):
        return _tee(self)


def tee(iterable, n=2, /):
    if n < 0:
        raise ValueError("n must be >= 0")
    if not n:
        return ()
    if n > 1 << 32:
        raise MemoryError
    first = _tee(iterable)
    return (first, *[_tee(first) for _ in range(n - 1)])


def zip_longest(*iterables, fillvalue=None):
    return _zip_longest([iter(one) for one in iterables], fillvalue)


def _zip_longest(iterators, fillvalue):
    left = len(iterators)
    while left:
        row = []
        for number, one in enumerate(iterators):
            value = _NONE if one is None else next(one, _NONE)
            if value is _NONE:
                if one is not None:
                    iterators[number] = None
                    left -= 1
                value = fillvalue
            row.append(value)
        if not left:
            return
        yield tuple(row)


def product(*iterables, repeat=1):
    if repeat < 0:
        raise ValueError("repeat argument cannot be negative")
    return _product([tuple(one) for one in iterables] * repeat)


def _product(pools):
    if not pools:
        yield ()
        return
    last = [(one,) for one in pools[-1]]
    if len(pools) == 1:
        yield from last
    elif last:
        for first in _product(pools[:-1]):
            for one in last:
                yield first + one


def permutations(iterable, r=None):
    pool = tuple(iterable)
    return _permutations(pool, _checked(len(pool) if r is None else r))


def _checked(r):
    """A number of items. Raises TypeError and ValueError."""
    if not isinstance(r, int):
        raise TypeError("Expected int as r")
    if r < 0:
        raise ValueError("r must be non-negative")
    return r


def _permutations(pool, r):
    def below(rest, size):
        if size == 0:
            yield ()
            return
        for number, one in enumerate(rest):
            for more in below(rest[:number] + rest[number + 1 :], size - 1):
                yield (one,) + more

    yield from below(pool, r)


def combinations(iterable, r):
    return _combinations(tuple(iterable), _checked(r))


def _combinations(pool, r):
    def below(start, size):
        if size == 0:
            yield ()
            return
        for at in range(start, len(pool) - size + 1):
            for rest in below(at + 1, size - 1):
                yield (pool[at],) + rest

    yield from below(0, r)


def combinations_with_replacement(iterable, r):
    return _combinations_again(tuple(iterable), _checked(r))


def _combinations_again(pool, r):
    def below(start, size):
        if size == 0:
            yield ()
            return
        for at in range(start, len(pool)):
            for rest in below(at, size - 1):
                yield (pool[at],) + rest

    yield from below(0, r)
