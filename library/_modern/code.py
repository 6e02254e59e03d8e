"""What is known of the code of functions."""

import _frames

POSITION = "posonly_"
"""What the name of a parameter by position only begins with (mirage_py.lower)."""


def bare(name):
    """A parameter's name as it was written."""
    return name[len(POSITION) :] if name.startswith(POSITION) else name


class _Code:
    """What is known of the code of a function: its parameters, and where it stands."""

    co_filename, co_firstlineno, co_consts, co_names = "", 0, (), ()

    def __init__(self, function):
        place = _frames.origin(function)
        if place is not None:
            self.co_filename, self.co_firstlineno = place[:2]
        found = _frames.parameters(function) or ((), 0, (), None, False, False)
        names, count, _, _, star, stars = found
        self.co_name = self.co_qualname = function.__name__
        self.co_varnames = (
            tuple(map(bare, names)) + ("args",) * bool(star) + ("kwargs",) * bool(stars)
        )
        self.co_argcount, self.co_kwonlyargcount = count, len(names) - count
        self.co_posonlyargcount = len([one for one in names if one.startswith(POSITION)])
        self.co_flags = 4 * star + 8 * stars


def globals_of(function):
    """The names of the module that a function was made in; none of a native one."""
    place = _frames.origin(function)
    return {} if place is None else place[3]


def _module(function):
    return globals_of(function).get("__name__")


def _defaults(function):
    found = _frames.parameters(function)
    return (found[2] or None) if found else None


def _keyword_defaults(function):
    found = _frames.parameters(function)
    return found[3] if found else None
