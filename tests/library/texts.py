"""Text in memory, read and written: CPython and an image must print the same."""

import contextlib
import io
import logging
import sys
import warnings


def attempt(*functions):
    """What each of them returns, or raises."""
    for function in functions:
        try:
            print(repr(function()))
        except Exception as error:
            print(type(error).__name__, str(error).rstrip("."))


def places():
    text = io.StringIO("äöü\nbcd\n")
    print(text.read(2), text.tell(), repr(text.readline()), text.tell(), repr(text.read(None)))
    print(text.seek(2), text.write("€x"), text.getvalue(), text.tell())
    print(text.seek(12), text.write("z"), repr(text.getvalue()))
    print(text.truncate(3), repr(text.getvalue()), text.tell())
    print(text.write("!"), repr(text.getvalue()), text.seek(0, 2), text.seek(0, 1))
    attempt(
        lambda: text.write(b"x"),
        lambda: io.StringIO(b"x"),
        lambda: io.StringIO(5),
        lambda: text.seek(-1),
        lambda: text.seek(1, 1),
        lambda: text.seek(0, 3),
        lambda: text.truncate(-2),
    )


def newlines():
    for newline in (None, "", "\n", "\r", "\r\n"):
        text = io.StringIO("a\r\nb\rc\nd\r", newline=newline)
        text.seek(0, 2)
        text.write("e\nf")
        text.seek(0)
        print(repr(text.getvalue()), list(text), repr(text.newlines))
    attempt(lambda: io.StringIO("", "x"), lambda: io.StringIO("", 3))


class Upper(io.StringIO):
    def __init__(self, more):
        super().__init__()
        self.more = more

    def write(self, text):
        return super().write(text.upper())


def streams():
    text = io.StringIO()
    print("hé", 1.5, [1, "ü"], file=text)
    print(text.tell(), repr(text.getvalue()))
    with text as same:
        print(same is text, text.closed)
    print(text.closed)
    attempt(text.read, text.getvalue, text.tell, lambda: text.write(""), lambda: next(iter(text)))
    upper = Upper(3)
    print("abc", file=upper)
    upper.write("d")
    print(upper.getvalue(), upper.more, upper.tell())
    upper.seek(0)
    print([*upper])
    data = io.BytesIO(b"abc")
    data.seek(5)
    print(data.write(b""), data.getvalue(), data.write(b"d"), data.getvalue())
    attempt(lambda: data.seek(1, -1))


class Lines:
    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text


def redirected():
    kept, lines = sys.stdout, Lines()
    sys.stdout = lines
    print("to", "lines")
    sys.stdout.write("by hand")
    with contextlib.redirect_stdout(io.StringIO()) as inner:
        print("to text")
    sys.stdout = kept
    print(repr(lines.text), repr(inner.getvalue()))
    print("to an object", file=lines)
    print(lines.text.endswith("to an object\n"), sys.stdout is sys.__stdout__)


def logged(log):
    log.warning("in %s", "logged")


def ends():
    text = "a\nb\r\nc\rd\x0be\x0cf\x1cg\x1dh\x1ei\x85j\u2028k\u2029l\x1fm\xc2n\u2027o\r\n\n"
    print(text.splitlines(), text.splitlines(True), "\x85".splitlines(), "\u2028a".splitlines())
    print(text.encode().splitlines(), "".splitlines(), "\r".splitlines(True), "é\x85".splitlines())


def where():
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(logging.Formatter("%(filename)s:%(lineno)d %(funcName)s: %(message)s"))
    log = logging.getLogger("where")
    log.addHandler(handler)
    log.propagate = False
    logged(log)
    log.error("here")
    print(text.getvalue(), end="")
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        warnings.warn("first", DeprecationWarning, stacklevel=1)
        warnings.warn("second", stacklevel=1)
    print([(str(one.message), one.category.__name__, one.lineno) for one in found])
    with contextlib.redirect_stderr(io.StringIO()) as shown:
        warnings.warn("shown", stacklevel=1)
        warnings.warn("not shown", DeprecationWarning, stacklevel=3)
    print(shown.getvalue().splitlines()[0].rpartition("/")[2])
    print(sys._getframe().f_lineno, sys._getframe().f_code.co_name)
    print(sys.float_info.max, sys.intern("text"), sys.getrecursionlimit() > 0)


def start():
    places()
    ends()
    newlines()
    streams()
    redirected()
    where()


if __name__ == "__main__":
    start()
