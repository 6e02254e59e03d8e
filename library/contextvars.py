"""Context variables. All tasks share one context, but for what `Context.run` runs."""

_NONE = object()


class Token:
    """What a variable was before it was set."""

    MISSING = _NONE

    def __init__(self, var, old):
        self.var, self.old_value, self._used = var, old, False


class ContextVar:
    """A variable."""

    def __init__(self, name, *, default=_NONE):
        self.name, self._default = name, default

    def __repr__(self):
        default = "" if self._default is _NONE else " default=%r" % (self._default,)
        return "<ContextVar name=%r%s at 0x%x>" % (self.name, default, id(self))

    def get(self, default=_NONE):
        for one in (_current[0]._values.get(self, _NONE), default, self._default):
            if one is not _NONE:
                return one
        raise LookupError(self)

    def set(self, value):
        values = _current[0]._values
        token = Token(self, values.get(self, _NONE))
        values[self] = value
        return token

    def reset(self, token):
        if not isinstance(token, Token):
            raise TypeError("expected an instance of Token, got %r" % (token,))
        if token._used:
            raise RuntimeError("%r has already been used once" % (token,))
        if token.var is not self:
            raise ValueError("%r was created by a different ContextVar" % (token,))
        token._used = True
        if token.old_value is _NONE:
            _current[0]._values.pop(self, None)
        else:
            _current[0]._values[self] = token.old_value

    def __class_getitem__(cls, _):
        return cls


class Context:
    """What variables are set to: a mapping."""

    def __init__(self):
        self._values, self._entered = {}, False

    def run(self, function, *args, **named):
        if self._entered:
            raise RuntimeError("cannot enter context: %r is already entered" % (self,))
        outside, self._entered = _current[0], True
        _current[0] = self
        try:
            return function(*args, **named)
        finally:
            _current[0], self._entered = outside, False

    def copy(self):
        made = Context()
        made._values = self._values.copy()
        return made

    def __getitem__(self, var):
        return self._values[self._key(var)]

    def __contains__(self, var):
        return self._key(var) in self._values

    def _key(self, var):
        if not isinstance(var, ContextVar):
            raise TypeError("a ContextVar key was expected, got %r" % (var,))
        return var

    def get(self, var, default=None):
        return self._values.get(self._key(var), default)

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def __eq__(self, other):
        return self._values == other._values if isinstance(other, Context) else NotImplemented

    def keys(self):
        return self._values.keys()

    def values(self):
        return self._values.values()

    def items(self):
        return self._values.items()


_current = [Context()]
_current[0]._entered = True


def copy_context():
    """A copy of what runs now."""
    return _current[0].copy()
