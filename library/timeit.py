"""How long a call takes. Statements as text need the feature `compiler`; functions do not."""

import gc
import itertools
import time

default_timer, default_number, default_repeat = time.perf_counter, 1000000, 5


def _function(statement, names):
    if callable(statement):
        return statement
    code = compile(statement, "<timeit-src>", "exec")
    return lambda: exec(code, names)  # noqa: S102


class Timer:
    """What is timed, after a set-up that is not. While it is timed nothing is collected."""

    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        names = {} if globals is None else globals
        self.timer = timer
        self._calls = [_function(one, names) for one in (setup, stmt)]

    def timeit(self, number=default_number):
        """The seconds of so many calls."""
        setup, call = self._calls
        collects = gc.isenabled()
        gc.disable()
        try:
            setup()
            start = self.timer()
            for _ in itertools.repeat(None, number):
                call()
            return self.timer() - start
        finally:
            if collects:
                gc.enable()

    def repeat(self, repeat=default_repeat, number=default_number):
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        """(calls, seconds) of as many as take 0.2 s."""
        taken, step = 0, -1
        while taken < 0.2:
            step += 1
            number = (1, 2, 5)[step % 3] * 10 ** (step // 3)
            taken = self.timeit(number)
            if callback:
                callback(number, taken)
        return number, taken


def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(
    stmt="pass",
    setup="pass",
    timer=default_timer,
    repeat=default_repeat,
    number=default_number,
    globals=None,
):
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)
