"""Tests that pickle are skipped."""

from unittest import SkipTest

HIGHEST_PROTOCOL = 5


class PicklingError(Exception):
    pass


def dumps(*_, **__):
    raise SkipTest("nothing is pickled")


loads = dump = load = _loads = _dumps = dumps
