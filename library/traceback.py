"""Exceptions as text. What an image keeps of a traceback is what MicroPython prints."""

import io
import sys


def print_exception(exc, value=None, tb=None, limit=None, file=None, chain=True):
    sys.print_exception(exc if value is None else value, sys.stderr if file is None else file)


def format_exception(exc, value=None, tb=None, limit=None, chain=True):
    out = io.StringIO()
    sys.print_exception(exc if value is None else value, out)
    return [line + "\n" for line in out.getvalue().split("\n") if line]


def format_exception_only(exc, value=None):
    value = exc if value is None else value
    text = str(value)
    name = type(value).__name__
    return [name + ": " + text + "\n" if text else name + "\n"]


def format_exc(limit=None, chain=True):
    return "".join(format_exception(sys.exc_info()[1]))


def print_exc(limit=None, file=None, chain=True):
    print_exception(sys.exc_info()[1], file=file)


def _nothing(*_, **__):
    return []


extract_tb = extract_stack = format_tb = format_stack = format_list = walk_tb = walk_stack = (
    _nothing
)


def print_tb(*_, **__):
    return None


print_stack = print_list = clear_frames = print_tb


class StackSummary(list):
    """The frames of a traceback: none is kept."""

    @classmethod
    def extract(cls, *_, **__):
        return cls()

    def format(self):
        return []


class FrameSummary:
    def __init__(self, filename, lineno, name, **_):
        self.filename, self.lineno, self.name, self.line = filename, lineno, name, ""


class TracebackException:
    """An exception, to be written later."""

    def __init__(self, exc_type, exc_value, exc_traceback=None, **_):
        self.exc_type, self._value, self.stack = exc_type, exc_value, StackSummary()
        self.__cause__ = self.__context__ = None

    @classmethod
    def from_exception(cls, exc, **named):
        return cls(type(exc), exc, None, **named)

    def format(self, *, chain=True):
        return iter(format_exception(self._value))

    def format_exception_only(self):
        return iter(format_exception_only(self._value))

    def __str__(self):
        return str(self._value)
