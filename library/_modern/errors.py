"""What exceptions tell: causes, where they were raised, notes."""

import _frames
import _more

from _modern.code import _Code


def set_cause(error, cause):
    """`error.__cause__ = cause`."""
    if isinstance(error, BaseException):
        if cause is not None and not isinstance(cause, BaseException):
            raise TypeError("exception cause must be None or derive from BaseException")
        error.__suppress_context__ = True
    error.__cause__ = cause


class frame:
    """What is known of a call: where it is, and of which module."""

    f_lasti = -1

    def __init__(self, file, line, name, names=None, outside=()):
        self._outside, self.f_lineno, self.f_builtins = outside, line, {}
        self.f_globals = {} if names is None else names
        self.f_locals = self.f_globals if name == "<module>" else {}
        self.f_code = code = object.__new__(_Code)
        code.co_filename, code.co_firstlineno = file, line
        code.co_name = code.co_qualname = name

    @property
    def f_back(self):
        return _outermost(self._outside)


def _outermost(calls):
    return frame(*calls[0], calls[1:]) if calls else None


def running(depth=0):
    """The call that runs, or the one that is `depth` further out; None if there is none."""
    return _outermost(_frames.frames()[depth + 1 :])


class traceback:
    """A call that an exception passed, and the one inside it."""

    def __init__(self, tb_next, tb_frame, tb_lasti, tb_lineno):
        self.tb_next, self.tb_frame = tb_next, tb_frame
        self.tb_lasti, self.tb_lineno = tb_lasti, tb_lineno


_asked = {}
"""By the identity of an exception, its traceback and the calls that this tells, of the last few. One
of another that stands where the exception stood tells the same, if it is taken for it."""
_MOST_ASKED = 8


def traceback_of(error):
    """`error.__traceback__`: None before it is raised; the same until it passes another call."""
    calls = _more.traceback(error)
    found, told = _asked.get(id(error), (None, []))
    if told == calls:
        return found
    found = None
    for file, line, name in reversed(calls):
        found = traceback(found, frame(file, line, name), -1, line)
    if len(_asked) >= _MOST_ASKED:
        _asked.clear()
    _asked[id(error)] = found, calls
    return found


def with_traceback(self, tb):
    if tb is not None:
        self.__traceback__ = tb
        return self
    _more.forget(self)
    try:
        del self.__traceback__
    except AttributeError:
        pass
    return self


def add_note(self, note):
    if not isinstance(note, str):
        raise TypeError("note must be a str, not %r" % type(note).__name__)
    if not hasattr(self, "__notes__"):
        self.__notes__ = []
    self.__notes__.append(note)
