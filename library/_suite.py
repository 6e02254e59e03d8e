"""What the image of `mirage-py test` runs: tests, told of as pytest tells."""

import sys
import time

WIDTH = 78
SKIPS = ("Skipped", "SkipTest")
"""The exceptions by which tests of pytest's and unittest's skip themselves."""


EXPECTED = "__unittest_expecting_failure__"
"""What `unittest.expectedFailure` gives a test."""


def run(tests, wait):
    """Run tests, each (name, load, class or None, function), where `load()` is its module; end the
    image with 1 if one fails. `wait` runs a coroutine to its end."""
    begin, failures, counts = time.ticks_ms(), [], {}
    for name, *test in tests:
        print(name, end=" ")
        outcome, errors = outcome_of(wait, *test)
        print(outcome)
        counts[outcome] = counts.get(outcome, 0) + 1
        if outcome in ("FAILED", "ERROR"):
            failures += [(outcome, name, error) for error in errors]
    took = time.ticks_diff(time.ticks_ms(), begin) / 1000
    tell(failures, counts, took)
    sys.exit(1 if failures else 0)


class SubTests:
    """What unittest's `subTest` asks of a test's outcome: a part that fails stops no other part."""

    result_supports_subtests = success = True
    expectedFailure = result = None

    def __init__(self):
        self.errors = []

    def testPartExecutor(self, *_, **__):
        return self

    def __enter__(self):
        return self

    def __exit__(self, kind, error, _):
        if error is None or kind.__name__ in SKIPS or not isinstance(error, Exception):
            return False
        self.errors.append(error)
        return True


def outcome_of(wait, load, owner, function):
    """A word, and the exceptions that there were. A module or a class may have hooks around it."""

    def call(function):
        outcome = function()
        if hasattr(outcome, "send"):
            wait(outcome)

    def hook(name):
        found = getattr(place, name, None)
        if found is not None:
            call(found)

    outcome, expected, parts = "ERROR", False, SubTests()
    try:
        place = load()
        if owner is not None:
            place = getattr(place, owner)()
            place._outcome = parts
        test = getattr(place, function)
        expected = getattr(test, EXPECTED, False)
        kind = "function" if owner is None else "method"
        hook("setUp")
        hook(f"setup_{kind}")
        outcome = "FAILED"
        try:
            call(test)
            if parts.errors:
                raise parts.errors.pop()
        finally:
            hook(f"teardown_{kind}")
            hook("tearDown")
    except BaseException as error:
        if type(error).__name__ in SKIPS:
            return "SKIPPED", []
        return ("XFAIL" if expected and outcome == "FAILED" else outcome), [*parts.errors, error]
    if expected:
        return "FAILED", [AssertionError("it was expected to fail")]
    return "PASSED", []


def tell(failures, counts, took):
    """Why tests failed, and how many did what."""
    if failures:
        print(line("FAILURES", "="))
    for _, name, error in failures:
        print(line(name, "_"))
        sys.print_exception(error)
    if failures:
        print(line("short test summary info", "="))
    for outcome, name, error in failures:
        print("%s %s - %s: %s" % (outcome, name, type(error).__name__, error))
    words = ("FAILED", "failed"), ("PASSED", "passed"), ("SKIPPED", "skipped")
    words += ("XFAIL", "xfailed"), ("ERROR", "error")
    counted = ["%d %s" % (counts[one], word) for one, word in words if one in counts]
    print(line("%s in %.2fs" % (", ".join(counted), took), "="))


def line(text, mark):
    left = (WIDTH - len(text)) // 2
    return "%s %s %s" % (mark * left, text, mark * (WIDTH - len(text) - left))
