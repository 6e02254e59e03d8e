"""Modules with and without what CPython has in C: here there is one of each."""

import unittest


class _Absent:
    """A module that CPython has in C: what is asked of it is not to be tested."""

    def __bool__(self):
        return False

    def __getattr__(self, name):
        raise unittest.SkipTest("there is no such module in C")


def import_fresh_module(name, fresh=(), blocked=(), *_, **__):
    if fresh:
        return _Absent()
    module = __import__(name)
    for part in name.split(".")[1:]:
        module = getattr(module, part)
    return module


def import_module(name, *_, **__):
    try:
        return __import__(name)
    except ImportError:
        raise unittest.SkipTest("no module " + name) from None


def DirsOnSysPath(*_):
    raise unittest.SkipTest("modules are not looked for in folders")
