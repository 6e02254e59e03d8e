"""Exceptions as text: where they were raised, without the text of the lines, which an image does not
have."""

import io
import sys

__all__ = (
    "FrameSummary", "StackSummary", "TracebackException", "clear_frames", "extract_stack",
    "extract_tb", "format_exc", "format_exception", "format_exception_only", "format_list",
    "format_stack", "format_tb", "print_exc", "print_exception", "print_stack", "print_tb",
    "walk_stack", "walk_tb",
)  # fmt: skip


_IMPLICIT = object()
_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"
_SHOWN = 3
"""How many calls of the same place are written before the rest is only counted."""


class FrameSummary:
    """A call of a traceback."""

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, **_):
        self.filename, self.lineno, self.name, self._line = filename, lineno, name, line
        self.locals = {key: repr(value) for key, value in locals.items()} if locals else None

    @property
    def line(self):
        """What stands on the line, as far as somebody said it."""
        return None if self._line is None else self._line.strip()

    def _items(self):
        return (self.filename, self.lineno, self.name, self.line)

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return self._items() == other._items() and self.locals == other.locals
        return self._items() == other if isinstance(other, tuple) else NotImplemented

    def __getitem__(self, at):
        return self._items()[at]

    def __iter__(self):
        return iter(self._items())

    def __len__(self):
        return 4

    def __repr__(self):
        return "<FrameSummary file %s, line %s in %s>" % (self.filename, self.lineno, self.name)


def walk_tb(tb):
    """The frames of a traceback and their lines, the outermost first."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def walk_stack(f):
    """The same from a frame on outwards; from the caller's, if it is None."""
    return _walk(_running(1) if f is None else f)


def _walk(frame):
    while frame is not None:
        yield frame, frame.f_lineno
        frame = frame.f_back


def _running(depth):
    """The call that is `depth` outside of this one, where it is known: in images with packages."""
    modern = sys.modules.get("_modern.errors")
    return None if modern is None else modern.running(depth + 1)


def _limited(frames, limit):
    if limit is None:
        limit = getattr(sys, "tracebacklimit", None)
    if limit is None:
        return frames
    return frames[: max(limit, 0)] if limit >= 0 else frames[limit:]


class StackSummary(list):
    """The calls of a traceback."""

    @classmethod
    def extract(cls, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        made = cls()
        for frame, line in _limited(list(frame_gen), limit):
            code = frame.f_code
            values = frame.f_locals if capture_locals else None
            made.append(FrameSummary(code.co_filename, line, code.co_name, locals=values))
        return made

    @classmethod
    def from_list(cls, a_list):
        made = cls()
        for one in a_list:
            if not isinstance(one, FrameSummary):
                filename, lineno, name, line = one
                one = FrameSummary(filename, lineno, name, line=line)
            made.append(one)
        return made

    def format_frame_summary(self, frame_summary):
        one = frame_summary
        text = '  File "%s", line %s, in %s\n' % (one.filename, one.lineno, one.name)
        if one.line:
            text += "    %s\n" % one.line
        for name in sorted(one.locals or ()):
            text += "    %s = %s\n" % (name, one.locals[name])
        return text

    def format(self):
        """The lines, of which those that repeat are counted."""
        found, last, count = [], None, 0
        for one in self:
            place = (one.filename, one.lineno, one.name)
            if place != last:
                found += _repeated(count)
                last, count = place, 0
            count += 1
            text = self.format_frame_summary(one) if count <= _SHOWN else None
            if text is not None:
                found.append(text)
        return found + _repeated(count)


def _repeated(count):
    more = count - _SHOWN
    if more <= 0:
        return []
    return ["  [Previous line repeated %d more time%s]\n" % (more, "s" if more > 1 else "")]


def _stack_of(error, tb, limit, capture_locals):
    """The calls that an exception passed, by its traceback; by what the interpreter prints, where
    exceptions have no traceback."""
    if tb is not None or error is None or hasattr(error, "__traceback__"):
        return StackSummary.extract(walk_tb(tb), limit=limit, capture_locals=capture_locals)
    out, found = io.StringIO(), StackSummary()
    sys.print_exception(error, out)
    for line in out.getvalue().split("\n"):
        if line.startswith('  File "'):
            place, _, name = line[8:].partition(", in ")
            filename, _, lineno = place.partition('", line ')
            found.append(FrameSummary(filename, int(lineno), name or "<module>"))
    return found


class TracebackException:
    """An exception, to be written later."""

    def __init__(
        self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True,
        capture_locals=False, compact=False, _seen=None, **_,
    ):  # fmt: skip
        seen = set() if _seen is None else _seen
        seen.add(id(exc_value))
        self.exc_type = exc_type
        self.stack = _stack_of(exc_value, exc_traceback, limit, capture_locals)
        self._str = _text(exc_value)
        self.__notes__ = getattr(exc_value, "__notes__", None)
        self.__suppress_context__ = getattr(exc_value, "__suppress_context__", False)
        self.__cause__ = self.__context__ = None

        def other(error):
            if error is None or id(error) in seen:
                return None
            tb = getattr(error, "__traceback__", None)
            return TracebackException(
                type(error), error, tb, limit=limit, capture_locals=capture_locals, _seen=seen
            )

        self.__cause__ = other(getattr(exc_value, "__cause__", None))
        if not compact or (self.__cause__ is None and not self.__suppress_context__):
            self.__context__ = other(getattr(exc_value, "__context__", None))

    @classmethod
    def from_exception(cls, exc, **named):
        return cls(type(exc), exc, getattr(exc, "__traceback__", None), **named)

    def __eq__(self, other):
        if not isinstance(other, TracebackException):
            return NotImplemented
        return self.__dict__ == other.__dict__

    def __str__(self):
        return self._str

    def format_exception_only(self):
        if self.exc_type is None:
            yield "NoneType: None\n"
            return
        kind = self.exc_type
        name = getattr(kind, "__qualname__", kind.__name__)
        module = getattr(kind, "__module__", "builtins")
        if module not in ("builtins", "__main__"):
            name = "%s.%s" % (module, name)
        yield "%s: %s\n" % (name, self._str) if self._str else name + "\n"
        for note in self.__notes__ or ():
            for line in _text(note, "__notes__").split("\n"):
                yield line + "\n"

    def format(self, *, chain=True, **_):
        if chain and self.__cause__ is not None:
            yield from self.__cause__.format()
            yield _CAUSE
        elif chain and self.__context__ is not None and not self.__suppress_context__:
            yield from self.__context__.format()
            yield _CONTEXT
        if self.stack:
            yield "Traceback (most recent call last):\n"
            yield from self.stack.format()
        yield from self.format_exception_only()

    def print(self, *, file=None, chain=True):
        _print(self.format(chain=chain), file)


def _text(value, what="exception"):
    try:
        if type(value) is KeyError and len(value.args) == 1:
            return repr(value.args[0])
        return str(value)
    except Exception:
        return "<%s str() failed>" % what


def _print(lines, file):
    file = sys.stderr if file is None else file
    for line in lines:
        file.write(line)


def _told(exc, value, tb):
    """The exception, and where it was raised, of arguments that may be all three or the exception
    alone. Raises TypeError and ValueError."""
    if (value is _IMPLICIT) != (tb is _IMPLICIT):
        raise ValueError("Both or neither of value and tb must be given")
    if value is not _IMPLICIT:
        return value, tb
    if exc is not None and not isinstance(exc, BaseException):
        raise TypeError("Exception expected for value, %s found" % type(exc).__name__)
    return exc, getattr(exc, "__traceback__", None)


def _made(exc, value, tb, limit):
    value, tb = _told(exc, value, tb)
    kind = None if value is None else type(value)
    return TracebackException(kind, value, tb, limit=limit, compact=True)


def print_exception(exc, value=_IMPLICIT, tb=_IMPLICIT, limit=None, file=None, chain=True):
    _made(exc, value, tb, limit).print(file=file, chain=chain)


def format_exception(exc, value=_IMPLICIT, tb=_IMPLICIT, limit=None, chain=True):
    return list(_made(exc, value, tb, limit).format(chain=chain))


def format_exception_only(exc, value=_IMPLICIT):
    value = exc if value is _IMPLICIT else value
    return list(_made(value, _IMPLICIT, _IMPLICIT, 0).format_exception_only())


def format_exc(limit=None, chain=True):
    return "".join(format_exception(sys.exc_info()[1], limit=limit, chain=chain))


def print_exc(limit=None, file=None, chain=True):
    print_exception(sys.exc_info()[1], limit=limit, file=file, chain=chain)


def extract_tb(tb, limit=None):
    return StackSummary.extract(walk_tb(tb), limit=limit)


def extract_stack(f=None, limit=None):
    found = StackSummary.extract(_walk(_running(1) if f is None else f), limit=limit)
    found.reverse()
    return found


def format_list(extracted_list):
    return StackSummary.from_list(extracted_list).format()


def print_list(extracted_list, file=None):
    _print(format_list(extracted_list), file)


def format_tb(tb, limit=None):
    return extract_tb(tb, limit).format()


def print_tb(tb, limit=None, file=None):
    _print(format_tb(tb, limit), file)


def format_stack(f=None, limit=None):
    f = _running(1) if f is None else f
    return extract_stack(f, limit).format()


def print_stack(f=None, limit=None, file=None):
    f = _running(1) if f is None else f
    _print(format_stack(f, limit), file)


def clear_frames(tb):
    """Nothing: the frames of a traceback hold no variables."""
