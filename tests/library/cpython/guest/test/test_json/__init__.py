"""What the tests of json share: here there is one json."""

import json
import unittest


class PyTest(unittest.TestCase):
    json = json
    loads = staticmethod(json.loads)
    dumps = staticmethod(json.dumps)
    JSONDecodeError = json.JSONDecodeError


@unittest.skip("of CPython alone")
class CTest(unittest.TestCase):
    pass
