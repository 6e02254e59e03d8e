"""What exceptions tell, in CPython and an image alike: causes, contexts, notes, places, and who handles
them."""

import base64
import binascii
import copy
import datetime as dt
import io
import re
import sys
import traceback
from collections import UserList, UserString
from functools import partial


class Failed(ValueError):
    __module__ = "__main__"


def start():
    chains()
    contexts()
    console()
    handled()
    kept()
    by_position()
    copies()
    sequences()
    patterns()
    texts()


PATTERNS = (
    "(", "é((a", "\\)(a", ")", "(a))", "x[", "[]", "*a", "a|*", "(*a)", "?", "é*+*", "x{1,3}{1}", "a???",
    "é\\q", "a\\", "(?i)*", "(?<=a*)b", "a{3,2}", "[z-a]", "\\1", "(?P=x)", "(?z)", "(?x) a ** # (",
    "a(?i)b", "(?i)(?m)a", "(a(?i)b)", "(?x) (?i)a",
)  # fmt: skip


def patterns():
    for one in PATTERNS:
        try:
            re.compile(one)
        except re.error as error:
            print(one, error, error.pos)


def texts():
    """Of mistakes that people read."""
    day = dt.datetime(2020, 1, 1)
    for act in (
        lambda: day.replace(year=0), lambda: day.replace(month=13), lambda: day.replace(day=32),
        lambda: day.replace(hour=24), lambda: day.replace(minute=60), lambda: day.replace(second=60),
        lambda: day.replace(microsecond=1000000), lambda: dt.date.fromisoformat("2023-02-29"),
        lambda: dt.time.fromisoformat("25:00"), lambda: dt.time.fromisoformat("x"),
        lambda: dt.date.max + dt.timedelta(1), lambda: dt.timedelta(10**9),
        lambda: base64.b64decode("a"), lambda: base64.b64decode("ab"), lambda: binascii.unhexlify("abc"),
        lambda: binascii.unhexlify("zz"),
        *(
            lambda data=data: base64.b64decode(data, validate=True)
            for data in (b"aGk=", b"aGk=\n", b"a$b=", b"=aGk", b"aG=k", b"aG==", b"aGk", b"a", b"a===")
        ),
    ):  # fmt: skip
        try:
            print(act())
        except (ValueError, OverflowError) as error:
            print(type(error).__name__, error)


def led_to(act):
    """What led to what a function raises, by type."""
    try:
        act()
    except Exception as error:
        names = []
        while error is not None:
            names.append(type(error).__name__)
            error = error.__context__
        print(*names)


def contexts():
    """What nobody raises by name has its context, too."""

    def missing():
        return {}["missing"]

    def in_function():
        try:
            1 / 0  # noqa: B018
        except ZeroDivisionError:
            missing()

    def unknown():
        try:
            int("x")
        except ValueError:
            undefined  # noqa: B018, F821

    def in_finally():
        try:
            try:
                [][3]
            finally:
                1 / 0  # noqa: B018
        finally:
            None.attribute  # noqa: B018

    def again():
        try:
            1 / 0  # noqa: B018
        except ZeroDivisionError:
            raise

    def afterwards():
        led_to(in_function)
        missing()

    for act in (in_function, unknown, in_finally, again, afterwards):
        led_to(act)


def chains():
    try:
        try:
            {}["key"]
        except KeyError as error:
            raise Failed("no key") from error
    except Failed as error:
        print(
            repr(error.__cause__), error.__suppress_context__, error.__context__ is error.__cause__
        )
        written = traceback.format_exception(error)
        print([line for line in written if line[:1] not in " "])
        print([(one.name, one.lineno > 0) for one in traceback.extract_tb(error.__traceback__)][-1])
        print(sys.exc_info()[2] is error.__traceback__, error.__traceback__ is error.__traceback__)
    try:
        outer()
    except Failed as error:
        print(repr(error.__context__), error.__cause__, error.__suppress_context__)
    try:
        try:
            raise KeyError
        except KeyError:
            raise Failed from None
    except Failed as error:
        print(error.__cause__, error.__suppress_context__)


def console():
    """What is written of an exception that nobody handles: here by the interpreter."""
    last = None
    for number in range(3):
        try:
            raise Failed(number) from last
        except Failed as error:
            last = error
    last.add_note("the last")
    round_ = KeyError("round")
    round_.__cause__ = Failed("and")
    round_.__cause__.__cause__ = round_
    for wrong in (last, round_, raised(outer), raised(hidden), raised(badly)):
        out = io.StringIO()
        if sys.implementation.name == "micropython":
            sys.print_exception(wrong, out)
        else:
            traceback.print_exception(wrong, file=out)
        print([line for line in out.getvalue().splitlines() if line[:1] != " "])


def raised(function):
    try:
        function()
    except Exception as error:
        return error


def hidden():
    try:
        inner()
    except KeyError:
        raise Failed("alone") from None


def badly():
    try:
        inner()
    except KeyError as error:
        raise error from 3


def outer():
    try:
        inner()
    except KeyError:
        raise Failed("late")  # noqa: B904 - what is implied


def inner():
    raise KeyError("early")


def handled():
    """The innermost handler that is active, here or in what called."""

    def told():
        try:
            pass
        finally:
            kind = sys.exc_info()[0]
        return kind and kind.__name__

    def steps():
        try:
            raise KeyError
        except KeyError:
            yield told()
            yield told()

    found = steps()
    print(told(), next(found), told(), next(found), told())
    try:
        raise Failed
    except Failed:
        try:
            raise KeyError
        except KeyError:
            print(told())
        print(told(), traceback.format_exc().splitlines()[-1])
    print(told())


def kept():
    error = OSError("text")
    error.detail = [1]
    error.args = ("other", 2)
    error.add_note("see the log")
    print(error.detail, error.args, error.__notes__, repr(Failed("one")), repr(Failed(1, 2)))
    print(traceback.format_exception_only(Failed("text")))
    made = Failed("x")
    print(made.with_traceback(None) is made, made.__cause__, made.__context__)


def by_position():
    def take(one, two=2, /, three=3, **named):
        return one, two, three, named

    print(take(1, one=5, two=6), take(1, 9, three=4), partial(take, 1, self=2)(func=3))
    try:
        take(one=1)
    except TypeError:
        print("by position")


def copies():
    class Items(list):
        pass

    class Plain:
        def __init__(self):
            self.inside = [1]

    items, plain = Items([1, 2]), Plain()
    items.name = "n"
    twice, deep = copy.copy(items), copy.deepcopy(plain)
    print(type(twice) is Items, twice, twice.name, deep.inside, deep.inside is plain.inside)
    print(type("Made", (Plain,), {"x": 1})().inside, type(items).__name__)


def sequences():
    items = list(range(10))
    del items[::3]
    items[::2] = "abc"
    print(items, items[: 10**30], [1, 2, 3][slice(1, None)])
    text = " a b  c "
    print("ab".center(5, "*"), text.rsplit(None, 1), text.strip(None))
    print(UserList([1, 2])[::-1], UserString("ab").upper() + "c")


if __name__ == "__main__":
    start()
