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


def repeat(value, times=None):
    if times is None:
        while True:
            yield value
    for _ in range(times):
        yield value


def accumulate(values, func=None, *, initial=None):
    total = initial
    if initial is not None:
        yield initial
    first = initial is None
    for one in values:
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
    start, stop, step = piece.start or 0, piece.stop, piece.step or 1
    if start < 0 or step < 1 or (stop is not None and stop < 0):
        raise ValueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
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
    pools = [tuple(one) for one in iterables] * repeat
    result = [()]
    for pool in pools:
        result = [one + (value,) for one in result for value in pool]
    yield from result


def permutations(values, r=None):
    pool = tuple(values)
    size = len(pool) if r is None else r
    for chosen in product(range(len(pool)), repeat=size):
        if len(set(chosen)) == size:
            yield tuple([pool[one] for one in chosen])


def combinations(values, r):
    pool = tuple(values)

    def below(start, size):
        if size == 0:
            yield ()
            return
        for at in range(start, len(pool) - size + 1):
            for rest in below(at + 1, size - 1):
                yield (pool[at],) + rest

    yield from below(0, r)


def combinations_with_replacement(values, r):
    pool = tuple(values)

    def below(start, size):
        if size == 0:
            yield ()
            return
        for at in range(start, len(pool)):
            for rest in below(at, size - 1):
                yield (pool[at],) + rest

    yield from below(0, r)
