"""What CPython's tests need of unittest."""

import re


class SkipTest(Exception):
    """A test that says that it cannot run here."""


def skip(reason=""):
    def mark(it):
        it.__unittest_skip__ = reason or "skipped"
        return it

    return mark(reason) if callable(reason) else mark


def skipIf(condition, reason):
    return skip(reason) if condition else lambda it: it


def skipUnless(condition, reason):
    return skipIf(not condition, reason)


def expectedFailure(it):
    return skip("it is expected to fail")(it)


class _Raises:
    """`with self.assertRaises(kind):`."""

    def __init__(self, case, kinds, pattern=None):
        self.case, self.kinds, self.pattern, self.exception = case, kinds, pattern, None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, _):
        if kind is None:
            self.case.fail("%r is not raised" % (self.kinds,))
        if not issubclass(kind, self.kinds):
            return False
        self.exception = value
        if self.pattern is not None and not re.search(self.pattern, str(value)):
            self.case.fail("%r does not match %r" % (self.pattern, str(value)))
        return True


class _SubTest:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


class TestCase:
    """A group of tests."""

    maxDiff = None
    longMessage = True
    failureException = AssertionError

    def __init__(self, name="runTest"):
        self._testMethodName, self._cleanups = name, []

    def setUp(self):
        pass

    def tearDown(self):
        pass

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def id(self):
        return self._testMethodName

    def addCleanup(self, function, *args, **named):
        self._cleanups.append((function, args, named))

    def doCleanups(self):
        while self._cleanups:
            function, args, named = self._cleanups.pop()
            function(*args, **named)

    def addTypeEqualityFunc(self, kind, function):
        pass

    def enterContext(self, manager):
        value = manager.__enter__()
        self.addCleanup(manager.__exit__, None, None, None)
        return value

    def subTest(self, *_, **__):
        return _SubTest()

    def skipTest(self, reason):
        raise SkipTest(reason)

    def fail(self, msg=None):
        raise AssertionError(msg)

    def _check(self, holds, text, msg):
        if not holds:
            raise AssertionError(text if msg is None else "%s : %s" % (text, msg))

    def assertTrue(self, value, msg=None):
        self._check(value, "%r is not true" % (value,), msg)

    def assertFalse(self, value, msg=None):
        self._check(not value, "%r is not false" % (value,), msg)

    def assertEqual(self, first, second, msg=None):
        self._check(first == second, "%r != %r" % (first, second), msg)

    def assertNotEqual(self, first, second, msg=None):
        self._check(first != second, "%r == %r" % (first, second), msg)

    def assertSequenceEqual(self, first, second, msg=None, seq_type=None):
        self._check(list(first) == list(second), "%r != %r" % (first, second), msg)

    def assertIs(self, first, second, msg=None):
        self._check(first is second, "%r is not %r" % (first, second), msg)

    def assertIsNot(self, first, second, msg=None):
        self._check(first is not second, "%r is %r" % (first, second), msg)

    def assertIsNone(self, value, msg=None):
        self.assertIs(value, None, msg)

    def assertIsNotNone(self, value, msg=None):
        self.assertIsNot(value, None, msg)

    def assertIn(self, member, container, msg=None):
        self._check(member in container, "%r not in %r" % (member, container), msg)

    def assertNotIn(self, member, container, msg=None):
        self._check(member not in container, "%r in %r" % (member, container), msg)

    def assertIsInstance(self, value, kind, msg=None):
        self._check(isinstance(value, kind), "%r is no %r" % (value, kind), msg)

    def assertNotIsInstance(self, value, kind, msg=None):
        self._check(not isinstance(value, kind), "%r is %r" % (value, kind), msg)

    def assertLess(self, first, second, msg=None):
        self._check(first < second, "%r >= %r" % (first, second), msg)

    def assertLessEqual(self, first, second, msg=None):
        self._check(first <= second, "%r > %r" % (first, second), msg)

    def assertGreater(self, first, second, msg=None):
        self._check(first > second, "%r <= %r" % (first, second), msg)

    def assertGreaterEqual(self, first, second, msg=None):
        self._check(first >= second, "%r < %r" % (first, second), msg)

    def _near(self, first, second, places, delta):
        if first == second:
            return True
        difference = abs(first - second)
        if delta is not None:
            return difference <= delta
        return round(difference, 7 if places is None else places) == 0

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        self._check(self._near(first, second, places, delta), "%r != %r" % (first, second), msg)

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        self._check(not self._near(first, second, places, delta), "%r == %r" % (first, second), msg)

    def assertCountEqual(self, first, second, msg=None):
        rest = list(second)
        for one in first:
            self._check(one in rest, "%r is missing" % (one,), msg)
            rest.remove(one)
        self._check(not rest, "%r is too much" % (rest,), msg)

    def assertRegex(self, text, pattern, msg=None):
        self._check(re.search(pattern, text), "%r not in %r" % (pattern, text), msg)

    def assertNotRegex(self, text, pattern, msg=None):
        self._check(not re.search(pattern, text), "%r in %r" % (pattern, text), msg)

    def _raises(self, manager, args, named):
        if not args:
            return manager
        with manager:
            args[0](*args[1:], **named)

    def assertRaises(self, kinds, *args, **named):
        return self._raises(_Raises(self, kinds), args, named)

    def assertRaisesRegex(self, kinds, pattern, *args, **named):
        return self._raises(_Raises(self, kinds, pattern), args, named)

    def assertWarns(self, *_, **__):
        raise SkipTest("warnings are not shown")

    assertWarnsRegex = assertWarns
    assertListEqual = assertTupleEqual = assertDictEqual = assertSetEqual = assertEqual
    assertMultiLineEqual = assertEqual


IsolatedAsyncioTestCase = TestCase


class TestSuite:
    pass


def main(*_, **__):
    pass
