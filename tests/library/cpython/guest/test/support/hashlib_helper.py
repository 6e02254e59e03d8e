"""Tests of a hash that images have not are skipped."""

import functools
import hashlib
import unittest


def requires_hashdigest(name, *_, **__):
    def needing(test):
        @functools.wraps(test)
        def checked(*args, **named):
            try:
                hashlib.new(name)
            except ValueError:
                raise unittest.SkipTest("no " + name) from None
            return test(*args, **named)

        return test if isinstance(test, type) else checked

    return needing
