"""What exceptions tell: causes, where they were raised, notes."""

import _more

from _modern.code import _Code


def caused(error, cause):
    """`raise error from cause`: the exception to raise."""
    made = error() if isinstance(error, type) else error
    made.__cause__ = cause() if isinstance(cause, type) else cause
    made.__suppress_context__ = True
    return made


class frame:
    """What is known of a call that an exception passed: where it was."""

    f_back, f_lasti = None, -1

    def __init__(self, file, line, name):
        self.f_lineno, self.f_globals, self.f_locals, self.f_builtins = line, {}, {}, {}
        self.f_code = code = object.__new__(_Code)
        code.co_filename, code.co_firstlineno = file, line
        code.co_name = code.co_qualname = name


class traceback:
    """A call that an exception passed, and the one inside it."""

    def __init__(self, tb_next, tb_frame, tb_lasti, tb_lineno):
        self.tb_next, self.tb_frame = tb_next, tb_frame
        self.tb_lasti, self.tb_lineno = tb_lasti, tb_lineno


def traceback_of(error):
    """`error.__traceback__`: None before it is raised."""
    found = None
    for file, line, name in reversed(_more.traceback(error)):
        found = traceback(found, frame(file, line, name), -1, line)
    return found


def with_traceback(self, tb):
    self.__traceback__ = tb
    return self


def add_note(self, note):
    if not isinstance(note, str):
        raise TypeError("note must be a str, not %r" % type(note).__name__)
    if not hasattr(self, "__notes__"):
        self.__notes__ = []
    self.__notes__.append(note)
