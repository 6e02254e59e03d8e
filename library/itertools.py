"""Iterators, as in CPython."""

_NONE = object()


def count(start=0, step=1):
    while True:
        yield start
        start += step


def cycle(values):
    kept = []
    for one in values:
        kept.append(one)
        yield one
    while kept:
        yield from kept


class repeat:
    """A value again and again."""

    def __init__(self, object, times=None):
        self._value, self._left = object, None if times is None else max(times, 0)

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

    def __next__(self):
        while True:
            value = next(self._now, _NONE)
            if value is not _NONE:
                return value
            self._now = iter(next(self._parts))


def compress(data, selectors):
    for one, chosen in zip(data, selectors):
        if chosen:
            yield one


def dropwhile(predicate, values):
    values = iter(values)
    for one in values:
        if not predicate(one):
            yield one
            break
    yield from values


def takewhile(predicate, values):
    for one in values:
        if not predicate(one):
            return
        yield one


def filterfalse(predicate, values):
    for one in values:
        if not (one if predicate is None else predicate(one)):
            yield one


class groupby:
    """Runs of values with the same key."""

    def __init__(self, values, key=None):
        self._values = iter(values)
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


def islice(values, *limits):
    piece = slice(*limits)
    start, stop = piece.start or 0, piece.stop
    step = 1 if piece.step is None else piece.step
    for one in (start, 0 if stop is None else stop, step):
        if not isinstance(one, int):
            raise ValueError(
                "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."
            )
    if start < 0 or step < 1 or (stop is not None and stop < 0):
        raise ValueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
    return _islice(values, start, stop, step)


def _islice(values, start, stop, step):
    at = 0
    values = iter(values)
    if stop is not None and start >= stop:
        for _ in range(stop):
            next(values, None)
        return
    while stop is None or at < stop:
        one = next(values, _NONE)
        if one is _NONE:
            return
        if at == start:
            yield one
            start += step
            if stop is not None and start >= stop:
                for _ in range(stop - at - 1):
                    next(values, None)
                return
        at += 1


def pairwise(values):
    values = iter(values)
    one = next(values, _NONE)
    if one is _NONE:
        return
    for other in values:
        yield (one, other)
        one = other


def starmap(function, values):
    for one in values:
        yield function(*one)


def tee(values, n=2):
    if n < 0:
        raise ValueError("n must be >= 0")
    values = iter(values)
    waiting = [[] for _ in range(n)]

    def each(own):
        while True:
            if not own:
                one = next(values, _NONE)
                if one is _NONE:
                    return
                for other in waiting:
                    other.append(one)
            yield own.pop(0)

    return tuple([each(own) for own in waiting])


def zip_longest(*iterables, fillvalue=None):
    iterators = [iter(one) for one in iterables]
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
    return _product([tuple(one) for one in iterables] * repeat)


def _product(pools):
    if not all(pools):
        return
    at = [0] * len(pools)
    place = 0
    while place >= 0:
        yield tuple([pool[number] for pool, number in zip(pools, at)])
        place = len(pools) - 1
        while place >= 0 and at[place] == len(pools[place]) - 1:
            at[place] = 0
            place -= 1
        if place >= 0:
            at[place] += 1


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
