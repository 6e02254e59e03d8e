"""What CPython's tests ask of the Python that runs them: what is not here is not to be tested."""

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


def _skipped(*args, **_):
    if len(args) == 1 and (isinstance(args[0], type) or callable(args[0])):
        return unittest.skip("of CPython alone")(args[0])
    return _skipped


def __getattr__(name):
    if name.endswith("_helper"):  # a module below this
        raise AttributeError(name)
    return _skipped
