"""What the image of `mirage-py test` runs: tests, told of as pytest tells."""

import io
import sys
import time

WIDTH = 78
SKIPS = ("Skipped", "SkipTest")
"""The exceptions by which tests of pytest's and unittest's skip themselves."""
FAILED, ERROR, SKIPPED, XFAIL = "FAILED", "ERROR", "SKIPPED", "XFAIL"
WORDS = (
    (FAILED, "failed"), ("PASSED", "passed"), (SKIPPED, "skipped"), (XFAIL, "xfailed"),
    ("XPASS", "xpassed"), (ERROR, "error"),
)  # fmt: skip
NOTHING = 5
"""pytest's exit status when no test was run."""
INTERRUPTED = 2
"""That when a file of tests could not be read."""
FILE = '  File "'
OURS = tuple(FILE + one for one in ("_suite.py", "_cases.py", "_marks.py", "unittest/"))
"""How lines of tracebacks begin that are not the tests'."""
CLASS, MODULE = ("setUpClass", "setup_class"), ("setUpModule", "setup_module")
LEFT = {"setUpClass": "tearDownClass", "setup_class": "teardown_class"}
LEFT.update({"setUpModule": "tearDownModule", "setup_module": "teardown_module"})


def run(
    tests, wait, only=(), stop=False, marks=None, select=None, shown=None, left=0, deselected=0
):
    """Run tests, each (name, load, class or None, function, fixtures it takes), where `load()` is
    its module; end the image with 1 if one fails, and with 2, before any is run, if a module does.
    `wait` runs a coroutine to its end. `only` are the names of single cases, and `select` says of
    the name of a case, in small letters, whether it is run; with `stop` the first failure ends it.
    `marks` is what `pytest` is in the image, if it is; `shown` has the names of files, by those that
    the image has for them. `left` tests are not among these, for pytest alone can run them; nor are
    `deselected` ones."""
    told = Told(shown or {}, left, deselected)
    broken = told.broken({load: name.partition("::")[0] for name, load, *_ in tests})
    if broken:
        told.summary("Interrupted: %d error%s during collection" % (broken, "s"[: broken > 1]))
        sys.exit(INTERRUPTED)
    around = Around(wait, told)
    cases, early = [(name, None, tuple(test)) for name, *test in tests], ""
    while cases:
        name, case, test = cases.pop(0)
        if case is None and marks:
            found = marks.cases(around, name, *test)
            kept = [(full, one, test) for full, one in found if chosen(full, only, select)]
            told.deselected += len(found) - len(kept)
            cases[:0] = kept
            continue
        print(name, end=" ")
        outcome, ending = outcome_of(around, marks, case, *test)
        told.of(name, *outcome)
        told.ends(name, ending)
        after = cases[0][2][:2] if cases else (None, None)
        if stop and told.failures:
            around.leave(name, (None, None))
            early = "stopping after 1 failures"
            break
        around.leave(name, after)
    told.summary(early)
    sys.exit(1 if told.failures else 0 if told.counts else NOTHING)


def chosen(name, only, select):
    """Whether a case is among those that are named, if others of its test are, and is selected."""
    if select and not select(name.lower()):
        return False
    test = name.partition("[")[0]
    return name in only or not any(one.partition("[")[0] == test for one in only)


def trace(error, shown):
    """The traceback of an error, without what called the test; files have the names of `shown`."""
    written = io.StringIO()
    sys.print_exception(error, written)
    lines = written.getvalue().splitlines(True)
    return "".join([named(one, shown) for one in lines if not one.startswith(OURS)])


def named(line, shown):
    if not line.startswith(FILE):
        return line
    name, mark, rest = line[len(FILE) :].partition('"')
    return FILE + shown.get(name, name) + mark + rest


class Told:
    """What was told of the tests so far."""

    def __init__(self, shown, left, deselected):
        self.shown, self.left, self.deselected = shown, left, deselected
        self.begin, self.failures, self.counts = time.ticks_ms(), [], {}

    def of(self, name, outcome, errors=(), why=""):
        """The outcome of the test that was named last."""
        print("%s (%s)" % (outcome, why) if why else outcome)
        self.counts[outcome] = self.counts.get(outcome, 0) + 1
        if outcome in (FAILED, ERROR):
            self.failures += [(outcome, name, error) for error in errors]

    def ends(self, name, errors):
        """What was raised after that test, which is told of by itself."""
        for error in errors:
            print(name, end=" ")
            self.of(name, ERROR, [error])

    def broken(self, loads):
        """How many modules cannot be loaded: what loads each, with the name of its file."""
        for load, file in loads.items():
            try:
                load()
            except BaseException as error:
                _, errors, _ = caught(ERROR, error)
                self.failures += [(ERROR, file, one) for one in errors]
        if self.failures:
            self.counts[ERROR] = len(self.failures)
        return len(self.failures)

    def summary(self, early):
        """Why tests failed, why not all were run, and how many did what."""
        took = time.ticks_diff(time.ticks_ms(), self.begin) / 1000
        if self.failures:
            print(line("FAILURES", "="))
        for _, name, error in self.failures:
            print(line(name, "_"))
            print(trace(error, self.shown), end="")
        if self.failures:
            print(line("short test summary info", "="))
        for outcome, name, error in self.failures:
            why = str(error).partition("\n")[0]
            print("%s %s - %s: %s" % (outcome, name, type(error).__name__, why))
        if early:
            print(line(early, "!"))
        counted = ["%d %s" % (self.counts[one], word) for one, word in WORDS if one in self.counts]
        if self.counts.get(ERROR, 0) > 1:
            counted[-1] += "s"
        if self.deselected:
            counted.append("%d deselected" % self.deselected)
        if self.left:
            counted.append("%d left to pytest" % self.left)
        print(line("%s in %.2fs" % (", ".join(counted) or "no tests ran", took), "="))


class Around:
    """What surrounds tests, by what it lasts for: one test, those of a class, of a module, all."""

    SCOPES = ("session", "module", "class", "function")

    def __init__(self, wait, told):
        self.wait, self.told = wait, told
        self.ends = {scope: [] for scope in self.SCOPES}
        self.values, self.last = {}, (None, None)
        self.begun = {}
        """The module and the class whose hooks were called, and the error that was."""

    def call(self, function, *args):
        """What a function returns; a coroutine is run to its end."""
        outcome = function(*args)
        return self.wait(outcome) if hasattr(outcome, "send") else outcome

    def begin(self, load, owner):
        """The module and the class of a test, after the hooks before the first of them. Raises what
        they raised, for each test."""
        module = load()
        self.enter(("module", load), module, MODULE)
        if owner is None:
            return module, None
        cls = getattr(module, owner)
        if not getattr(cls, "__unittest_skip__", False):
            self.enter(("class", load, owner), cls, CLASS)
        return module, cls

    def enter(self, key, place, names):
        if key not in self.begun:
            self.begun[key] = None
            if hasattr(place, "doClassCleanups"):
                self.ends[key[0]].append(lambda: cleaned(place))
            try:
                for name in names:
                    if hasattr(place, name):
                        self.call(bound(getattr(place, name), place))
                    if hasattr(place, LEFT[name]):
                        self.ends[key[0]].append(bound(getattr(place, LEFT[name]), place))
            except BaseException as error:
                self.begun[key] = error
        if self.begun[key] is not None:
            raise self.begun[key]

    def leave(self, name, after):
        """End what the next test, of that module and class, is not in."""
        scopes = [scope for scope in self.SCOPES if self.ended(scope, after)]
        self.told.ends(name, self.end(*reversed(scopes)))

    def ended(self, scope, after):
        if scope in ("session", "module"):
            return after[0] is not self.last[0] if scope == "module" else after[0] is None
        return scope == "function" or after != self.last

    def end(self, *scopes):
        """Call what stands at the end of scopes, and return what it raised."""
        errors = []
        for scope in scopes:
            while self.ends[scope]:
                try:
                    self.call(self.ends[scope].pop())
                except BaseException as error:
                    errors.append(error)
        return errors


def bound(function, place):
    """A hook of a class, which need not be a class method."""
    plain = isinstance(place, type) and type(function) is type(bound)
    return (lambda: function(place)) if plain else function


def cleaned(cls):
    """Call what a class of unittest's is to be cleaned up with."""
    cls.doClassCleanups()
    if cls.tearDown_exceptions:
        raise cls.tearDown_exceptions[0][1]


def outcome_of(around, marks, case, load, owner, function, *_):
    """A word, the exceptions that there were, and why it was skipped; and those that there were
    after it."""
    expected, word = None, ERROR
    try:
        around.last = (load, owner)
        if case and case.error:
            raise case.error
        expected = marks.expected(case.marks) if case else None
        module, cls = around.begin(load, owner)
        if hasattr(cls, "doClassCleanups"):
            word, errors, why = unit(around, cls(function))
        else:
            place = module if cls is None else cls()
            hook(around, place, "setup_", cls)
            around.ends["function"].append(lambda: hook(around, place, "teardown_", cls))
            values = marks.values(around, case, place) if case else {}
            word, errors, why = FAILED, [], ""
            around.call(lambda: getattr(place, function)(**values))
            word = "PASSED"
    except BaseException as error:
        word, errors, why = caught(word, error)
    outcome = word, errors, why
    return expected(*outcome) if expected else outcome, around.end("function")


def hook(around, place, word, cls):
    """Call what stands before, or after, each test of a class or module."""
    found = getattr(place, word + ("function" if cls is None else "method"), None)
    if found is not None:
        around.call(found)


def caught(word, error):
    """The outcome of a test, by what it raised."""
    name = type(error).__name__
    if name in SKIPS:
        return SKIPPED, [], str(error)
    if name == "XFailed":
        return XFAIL, [], str(error)
    return word, [error], ""


def unit(around, case):
    """The outcome of a test of unittest's, which itself knows what stands around it."""
    result = Result()

    def waiting(*names):
        return lambda: [around.call(getattr(case, one)) for one in names if hasattr(case, one)]

    case._setupAsyncioRunner = case._tearDownAsyncioRunner = waiting()
    case._callSetUp, case._callTearDown = (
        waiting("setUp", "asyncSetUp"),
        waiting("asyncTearDown", "tearDown"),
    )
    case._callTestMethod = around.call
    case._callCleanup = lambda function, *args, **named: around.call(
        lambda: function(*args, **named)
    )
    case.run(result)
    return result.word, result.errors, result.why


class Result:
    """What unittest tells of one test: the worst that it says."""

    shouldStop = failfast = False

    def __init__(self):
        self.word, self.errors, self.why = None, [], ""

    def startTest(self, _):
        pass

    stopTest = addDuration = startTest

    def addSuccess(self, _):
        self.word = "PASSED"

    def addError(self, _, error):
        word, errors, why = caught(FAILED, error[1])
        self.word, self.why = self.word or word, why
        self.errors += errors

    addFailure = addError

    def addSubTest(self, _, part, error):
        if error is not None:
            self.addError(part, error)

    def addSkip(self, _, why):
        self.word, self.why = SKIPPED, why

    def addExpectedFailure(self, _, __):
        self.word = XFAIL

    def addUnexpectedSuccess(self, _):
        self.word, self.errors = FAILED, [AssertionError("it was expected to fail")]


def line(text, mark):
    left = max((WIDTH - len(text)) // 2, 1)
    return "%s %s %s" % (mark * left, text, mark * max(WIDTH - len(text) - left, 1))
