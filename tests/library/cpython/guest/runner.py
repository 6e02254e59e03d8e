"""Runs the tests of CPython's that a module holds: a line each."""

PARTS = ("setUp", "tearDown", "doCleanups")
"""What a test case has, be it of the unittest here or of CPython's."""


def run(name, slow):
    module = __import__(name, None, None, ["*"])
    done = []
    for title in sorted(dir(module)):
        kind = getattr(module, title)
        if isinstance(kind, type) and kind not in done and is_case(kind):
            done.append(kind)
            run_class(kind, title, slow)


def is_case(kind):
    """A case with tests: of unittest's own class, there are two."""
    tests = kind.__name__ != "TestCase" or any(one.startswith("test") for one in dir(kind))
    return tests and all(hasattr(kind, one) for one in PARTS)


def run_class(kind, title, slow):
    names = set()
    for one in kind.__mro__:
        names |= {each for each in one.__dict__ if each.startswith("test")}
    try:
        kind.setUpClass()
    except Exception as error:
        print("FAIL", title, "setUpClass", repr(error)[:200])
        return
    for name in sorted(names - slow):
        print(outcome(kind, name, title + "." + name), flush=True)


def outcome(kind, name, title):
    method = getattr(kind, name)
    reason = getattr(kind, "__unittest_skip__", None) or getattr(method, "__unittest_skip__", None)
    if reason:
        return "SKIP " + title
    case = None
    try:
        case = kind(name)
        case.setUp()
        try:
            getattr(case, name)()
        finally:
            case.tearDown()
            case.doCleanups()
    except BaseException as error:
        if type(error).__name__ == "SkipTest":
            return "SKIP " + title
        if isinstance(error, ImportError) and "_testcapi" in str(error):
            return "SKIP " + title  # it is about CPython's interface in C
        text = "%s: %s" % (type(error).__name__, error)
        return "FAIL %s %s" % (title, text.replace("\n", " ")[:200])
    return "PASS " + title
