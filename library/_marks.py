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


class warns:
    """What a block warns of; a failure if it warns of nothing of the kind."""

    def __new__(cls, expected=Warning, *args, match=None, **named):
        self = object.__new__(cls)
        if args:
            self.__init__(expected, match=match)
            with self:
                return args[0](*args[1:], **named)
        return self

    def __init__(self, expected=Warning, *args, match=None, **_):
        if not args:
            self.expected, self.pattern, self.list = expected, match, []

    def __enter__(self):
        import warnings

        self._caught = warnings.catch_warnings(record=True)
        self.list = self._caught.__enter__()
        warnings.simplefilter("always")
        return self

    def __exit__(self, kind, error, _):
        self._caught.__exit__(None, None, None)
        if error is not None:
            return False
        found = [one for one in self.list if issubclass(one.category, self.expected)]
        if not found:
            fail("DID NOT WARN %r, but %s" % (self.expected, self._said(self.list)))
        if self.pattern is not None and not any(self._matches(one) for one in found):
            fail("no warning matches %r: %s" % (self.pattern, self._said(found)))
        return False

    def _matches(self, one):
        import re

        return re.search(self.pattern, str(one.message))

    def _said(self, found):
        said = ["%s: %s" % (one.category.__name__, one.message) for one in found]
        return ", ".join(said) or "nothing"

    def __len__(self):
        return len(self.list)

    def __getitem__(self, index):
        return self.list[index]


def deprecated_call(*args, match=None, **named):
    kinds = DeprecationWarning, PendingDeprecationWarning, FutureWarning
    return warns(kinds, *args, match=match, **named)


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
        if name not in mapping and not raising:
            return
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

    def setenv(self, name, value, prepend=None):
        import os

        old = os.environ.get(name)
        self.setitem(os.environ, name, value + prepend + old if prepend and old else value)

    def delenv(self, name, raising=True):
        import os

        self.delitem(os.environ, name, raising)

    @classmethod
    def context(cls):
        return _Context()

    def undo(self):
        while self._undo:
            self._undo.pop()()


class _Context:
    """What is set in a block."""

    def __enter__(self):
        self._patch = MonkeyPatch()
        return self._patch

    def __exit__(self, *_):
        self._patch.undo()


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


class LogCaptureFixture:
    """What is logged while a test runs."""

    def __init__(self):
        import logging

        self.handler, self._root = logging.StreamHandler(), logging.getLogger()
        self.handler.emit, self._levels = self._take, []
        self.clear()
        self._root.addHandler(self.handler)

    def clear(self):
        self.records = []

    def _take(self, record):
        self.records.append(record)

    @property
    def messages(self):
        return [one.getMessage() for one in self.records]

    @property
    def record_tuples(self):
        return [(one.name, one.levelno, one.getMessage()) for one in self.records]

    @property
    def text(self):
        told = [(one.levelname, one.name, one.getMessage()) for one in self.records]
        return "".join(["%-8s %s:%s\n" % one for one in told])

    def set_level(self, level, logger=None):
        import logging

        one = logging.getLogger(logger)
        self._levels.append((one, one.level))
        one.setLevel(level)

    def close(self):
        self._root.removeHandler(self.handler)
        while self._levels:
            one, level = self._levels.pop()
            one.setLevel(level)


BUILTIN = {
    "monkeypatch": (MonkeyPatch, "undo"),
    "capsys": (CaptureFixture, "close"),
    "caplog": (LogCaptureFixture, "close"),
}
"""The fixtures of pytest's that an image has, and what ends them."""


class FixtureRequest:
    """What a fixture is asked for: `param`, `getfixturevalue`, `addfinalizer`."""

    def __init__(self, values, name, scope, ends):
        self.fixturename, self.scope, self.addfinalizer = name, scope, ends.append
        self.getfixturevalue = values.of
        if name in values.case.params:
            self.param = values.case.params[name][1]
