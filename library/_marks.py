"""What `import pytest` gives inside an image. What it is told of tests is for _cases."""

import math
import sys

SCOPES = ("session", "package", "module", "class", "function")
_told = {}
"""By the id of a function or class, its marks, the nearest first."""
_fixtures = {}
"""By the id of a function, what its fixture is told to be."""


class Skipped(BaseException):
    pass


class Failed(BaseException):
    pass


class XFailed(BaseException):
    pass


def skip(reason="", *, allow_module_level=False):
    raise Skipped(reason)


def fail(reason="", pytrace=True):
    raise Failed(reason)


def xfail(reason=""):
    raise XFailed(reason)


def importorskip(modname, minversion=None, reason=None):
    """The module, if the image has it."""
    try:
        __import__(modname)
    except ImportError as error:
        raise Skipped(reason or "could not import %r: %s" % (modname, error)) from None
    return sys.modules[modname]


class Mark:
    """A mark, which marks what it is called with."""

    def __init__(self, name, args=(), named=None):
        self.name, self.args, self.kwargs = name, args, named or {}

    def __call__(self, *args, **named):
        if len(args) == 1 and callable(args[0]) and not named and not isinstance(args[0], _Param):
            _told.setdefault(id(args[0]), []).append(self)
            return args[0]
        return Mark(self.name, self.args + args, dict(self.kwargs, **named))


class _Mark:
    def __getattr__(self, name):
        return Mark(name)


mark = _Mark()


def fixture(function=None, *, scope="function", params=None, autouse=False, ids=None, name=None):
    """Mark a fixture."""

    def told(function):
        _fixtures[id(function)] = (SCOPES.index(scope), params, autouse, ids)
        return function

    return told if function is None else told(function)


class _Param:
    def __init__(self, values, marks, id):
        self.values, self.id = values, id
        self.marks = [marks] if isinstance(marks, Mark) else list(marks)


def param(*values, marks=(), id=None):
    return _Param(values, marks, id)


class raises:
    """What a block raises; a failure if it raises nothing."""

    def __new__(cls, expected, *args, **named):
        self = object.__new__(cls)
        if args:
            self.__init__(expected)
            with self:
                args[0](*args[1:], **named)
        return self

    def __init__(self, expected, *args, match=None, **_):
        if not args:
            self.expected, self.pattern, self.value = expected, match, None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, _):
        if error is None:
            fail("DID NOT RAISE %r" % (self.expected,))
        if not isinstance(error, self.expected):
            return False
        self.value, self.type, self.typename = error, type(error), type(error).__name__
        if self.pattern is not None:
            self.match(self.pattern)
        return True

    def match(self, pattern):
        import re

        if not re.search(pattern, str(self.value)):
            raise AssertionError("%r does not match %r" % (pattern, str(self.value)))
        return True


class approx:
    """Numbers, or lists, tuples and dictionaries of such, of which others differ by little."""

    def __init__(self, expected, rel=None, abs=None, nan_ok=False):
        self.expected, self.rel, self.abs, self.nan_ok = expected, rel, abs, nan_ok

    def __eq__(self, other):
        if isinstance(other, approx):
            other = other.expected
        return self._is_near(self.expected, other)

    def __ne__(self, other):
        return not self == other

    def _is_near(self, one, other):
        if isinstance(one, dict):
            return one.keys() == other.keys() and all(self._is_near(one[k], other[k]) for k in one)
        if isinstance(one, (list, tuple)):
            pairs = zip(one, other)
            return len(one) == len(other) and all(self._is_near(*pair) for pair in pairs)
        if one == other or not isinstance(one, (int, float, complex)) or isinstance(one, bool):
            return one == other
        if not isinstance(one, complex) and not math.isfinite(one):
            return self.nan_ok and math.isnan(one) and math.isnan(other)
        least = 1e-12 if self.abs is None else self.abs
        part = 0 if self.rel is None and self.abs is not None else self.rel or 1e-6
        return abs(one - other) <= max(least, part * abs(one))

    def __repr__(self):
        return "approx(%r)" % (self.expected,)


class MonkeyPatch:
    """What is set until a test ends."""

    def __init__(self):
        self._undo = []

    def setattr(self, target, name, *value, raising=True):
        if isinstance(target, str):
            module, _, attribute = target.rpartition(".")
            __import__(module)
            target, name, value = sys.modules[module], attribute, (name,)
        self._keep(lambda: getattr(target, name), raising, lambda old: setattr(target, name, old))
        setattr(target, name, *value)

    def delattr(self, target, name, raising=True):
        self._keep(lambda: getattr(target, name), raising, lambda old: setattr(target, name, old))
        delattr(target, name)

    def setitem(self, mapping, name, value):
        if name in mapping:
            old = mapping[name]
            self._undo.append(lambda: mapping.__setitem__(name, old))
        else:
            self._undo.append(lambda: mapping.pop(name))
        mapping[name] = value

    def delitem(self, mapping, name, raising=True):
        old = mapping[name]
        self._undo.append(lambda: mapping.__setitem__(name, old))
        del mapping[name]

    def _keep(self, get, raising, put):
        try:
            old = get()
        except AttributeError:
            if raising:
                raise
            return
        self._undo.append(lambda: put(old))

    def undo(self):
        while self._undo:
            self._undo.pop()()


class CaptureFixture:
    """What `print` writes while a test runs."""

    def __init__(self):
        from contextlib import redirect_stderr, redirect_stdout

        self._redirects = redirect_stdout, redirect_stderr
        self._open()

    def _open(self):
        from io import StringIO

        self._files = [StringIO(), StringIO()]
        self._open_ones = [kind(file) for kind, file in zip(self._redirects, self._files)]
        for one in self._open_ones:
            one.__enter__()

    def close(self):
        for one in reversed(self._open_ones):
            one.__exit__(None, None, None)

    def readouterr(self):
        from collections import namedtuple

        self.close()
        out, err = [file.getvalue() for file in self._files]
        self._open()
        return namedtuple("CaptureResult", ("out", "err"))(out, err)


BUILTIN = {"monkeypatch": (MonkeyPatch, "undo"), "capsys": (CaptureFixture, "close")}
"""The fixtures of pytest's that an image has, and what ends them."""


class FixtureRequest:
    """What a fixture is asked for: `param`, `getfixturevalue`, `addfinalizer`."""

    def __init__(self, values, name, scope, ends):
        self.fixturename, self.scope, self.addfinalizer = name, scope, ends.append
        self.getfixturevalue = values.of
        if name in values.case.params:
            self.param = values.case.params[name][1]
