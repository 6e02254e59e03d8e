"""What is called at the end of the program."""

import sys as _sys

_calls = []


def register(function, *args, **named):
    if not _calls:
        _sys.atexit(_run)
    _calls.append((function, args, named))
    return function


def unregister(function):
    _calls[:] = [one for one in _calls if one[0] is not function]


def _run():
    while _calls:
        function, args, named = _calls.pop()
        function(*args, **named)
