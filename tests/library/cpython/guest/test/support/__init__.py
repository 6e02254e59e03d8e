"""What CPython's tests ask of the Python that runs them: what is not here is not to be tested."""

import io
import sys
import unittest


class _Equal:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False


class _Never:
    def __eq__(self, other):
        return False

    def __ne__(self, other):
        return True

    def __hash__(self):
        return 1


ALWAYS_EQ, NEVER_EQ = _Equal(), _Never()
verbose = False
_1M, _1G, _2G, _4G = 1 << 20, 1 << 30, 1 << 31, 1 << 32
MAX_Py_ssize_t = sys.maxsize
is_emscripten = is_wasi = is_android = is_jython = False
has_fork_support = has_subprocess_support = Py_DEBUG = HAVE_DOCSTRINGS = MISSING_C_DOCSTRINGS = (
    False
)


def _same(it):
    return it


requires_IEEE_754 = _same


def run_with_locale(*_):
    return _same


def gc_collect():
    pass


def check_free_after_iterating(*_):
    raise unittest.SkipTest("nothing is freed at once")


class _Skipped:
    """A decorator, or what is given its arguments and then is one, or a context."""

    def __call__(self, *args, **_):
        if len(args) == 1 and (isinstance(args[0], type) or callable(args[0])):
            return unittest.skip("of CPython alone")(args[0])
        return self

    def __enter__(self):
        raise unittest.SkipTest("of CPython alone")

    def __exit__(self, *_):
        return False


_skipped = _Skipped()


class _Extreme:
    """More, or less, than anything."""

    def __init__(self, is_more):
        self._is_more = is_more

    def __gt__(self, other):
        return self._is_more and self is not other

    def __lt__(self, other):
        return not self._is_more and self is not other

    def __ge__(self, other):
        return self._is_more or self is other

    def __le__(self, other):
        return not self._is_more or self is other


LARGEST, SMALLEST = _Extreme(True), _Extreme(False)


class _Captured:
    """What is written to a stream of `sys`, but for what `print` prints."""

    def __init__(self, name):
        self._name = name

    def __enter__(self):
        self._kept = getattr(sys, self._name)
        setattr(sys, self._name, io.StringIO())
        return getattr(sys, self._name)

    def __exit__(self, *_):
        setattr(sys, self._name, self._kept)


def captured_stdout():
    return _Captured("stdout")


def captured_stderr():
    return _Captured("stderr")


class swap_attr:
    def __init__(self, thing, name, value):
        self._thing, self._name, self._value = thing, name, value

    def __enter__(self):
        self._kept = getattr(self._thing, self._name)
        setattr(self._thing, self._name, self._value)
        return self._kept

    def __exit__(self, *_):
        setattr(self._thing, self._name, self._kept)


class Matcher:
    """Whether a record has values; of texts, whether it holds them."""

    _partial_matches = ("msg", "message")

    def matches(self, record, **wanted):
        return all(
            value in record.get(name, "")
            if name in self._partial_matches
            else value == record.get(name)
            for name, value in wanted.items()
        )


def is_resource_enabled(_):
    return False


def __getattr__(name):
    if name.endswith("_helper"):  # a module below this
        raise AttributeError(name)
    return _skipped
