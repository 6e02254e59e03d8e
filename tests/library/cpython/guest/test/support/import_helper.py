"""Modules with and without what CPython has in C: here there is one of each."""

import unittest


def import_fresh_module(name, fresh=(), blocked=(), *_, **__):
    if fresh:
        return None
    module = __import__(name)
    for part in name.split(".")[1:]:
        module = getattr(module, part)
    return module


def import_module(name, *_, **__):
    try:
        return __import__(name)
    except ImportError:
        raise unittest.SkipTest("no module " + name) from None
