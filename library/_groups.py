"""Groups of exceptions (PEP 654), and what `except*` makes of them."""

import builtins


class _Group:
    """What both classes of groups do."""

    def __init__(self, message, exceptions):
        if not isinstance(message, str):
            raise TypeError("argument 1 must be str, not %s" % type(message).__name__)
        given, exceptions = exceptions, tuple(exceptions)
        if not exceptions:
            raise ValueError("second argument (exceptions) must be a non-empty sequence")
        for number, one in enumerate(exceptions):
            if not isinstance(one, BaseException):
                raise ValueError(
                    "Item %d of second argument (exceptions) is not an exception" % number
                )
        super().__init__(message, given)
        self.message, self.exceptions = message, exceptions

    def __str__(self):
        count = len(self.exceptions)
        return "%s (%d sub-exception%s)" % (self.message, count, "" if count == 1 else "s")

    def derive(self, exceptions):
        """A group of the same message."""
        return _group(self.message, exceptions)

    def subgroup(self, condition):
        """The group of those that are of a type, or that a function takes; None if there are none."""
        return self.split(condition)[0]

    def split(self, condition):
        """Those that are of a type, or that a function takes, and the others."""
        takes = condition
        if isinstance(condition, (type, tuple)):

            def takes(one):
                return isinstance(one, condition)

        if takes(self):
            return self, None
        parts = [], []
        for one in self.exceptions:
            if isinstance(one, _Group):
                found = one.split(condition)
            else:
                found = (one, None) if takes(one) else (None, one)
            for part, each in zip(parts, found):
                if each is not None:
                    part.append(each)
        return self._part(parts[0]), self._part(parts[1])

    def _part(self, exceptions):
        if not exceptions:
            return None
        made = self.derive(exceptions)
        for name in ("__cause__", "__context__", "__notes__"):
            if hasattr(self, name):
                setattr(made, name, getattr(self, name))
        return made


class BaseExceptionGroup(_Group, BaseException):
    """Several exceptions; of exceptions alone, it is an ExceptionGroup."""

    def __new__(cls, message, exceptions):
        plain = all(isinstance(one, Exception) for one in exceptions)
        made = ExceptionGroup if plain and cls is BaseExceptionGroup else cls
        return BaseException.__new__(made, message, exceptions)


class ExceptionGroup(BaseExceptionGroup, Exception):
    """Several exceptions."""


def _group(message, exceptions):
    if all(isinstance(one, Exception) for one in exceptions):
        return ExceptionGroup(message, exceptions)
    return BaseExceptionGroup(message, exceptions)


class Parts:
    """What was raised where there is `except*`, as its handlers take it apart."""

    def __init__(self, error):
        self._error = self._rest = error
        self._alone = not isinstance(error, _Group)
        self._raised = []
        self._again = []
        self.caught = None

    def take(self, kind):
        """Whether there is something of a kind left; it is `caught` now."""
        if self._rest is None:
            return False
        if self._alone:
            if not isinstance(self._rest, kind):
                return False
            self.caught = _group("", (self._rest,))
            self._rest = None
            return True
        self.caught, self._rest = self._rest.split(kind)
        return self.caught is not None

    def add(self, error):
        """What a handler raised, which may be what it caught."""
        (self._again if error is self.caught else self._raised).append(error)

    def end(self):
        """Raise what is left."""
        left = [] if self._rest is None else [self._rest]
        if self._alone and left:
            raise self._error
        if len(self._raised) == 1 and not self._again + left:
            raise self._raised[0]
        if not self._alone and left == [self._error] and not self._raised:
            raise self._error
        again = self._again + left
        if again and not self._alone:
            kept = set()
            for one in again:
                kept.update(_leaves(one))
            again = [self._error.subgroup(lambda one: id(one) in kept)]
            if not self._raised:
                raise again[0]
        if self._raised + again:
            raise _group("", self._raised + again)


def _leaves(error):
    if not isinstance(error, _Group):
        return [id(error)]
    return [leaf for one in error.exceptions for leaf in _leaves(one)]


builtins.BaseExceptionGroup, builtins.ExceptionGroup = BaseExceptionGroup, ExceptionGroup
