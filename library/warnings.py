"""Warnings: they are not shown, and can be caught."""

from _modern import UserWarning, Warning

_caught = []
filters = []


class WarningMessage:
    """A warning that was caught."""

    def __init__(self, message, category):
        self.message, self.category = message, category
        self.filename, self.lineno, self.line = "", 0, None


def warn(message, category=None, stacklevel=1, source=None, **_):
    """Tell whoever catches warnings."""
    kind = category or (type(message) if isinstance(message, Warning) else UserWarning)
    if "error" in filters:
        raise kind(message)
    if _caught and _caught[-1] is not None:
        _caught[-1].append(
            WarningMessage(message if isinstance(message, Warning) else kind(message), kind)
        )


def warn_explicit(message, category, *_, **__):
    warn(message, category, stacklevel=2)


def filterwarnings(action, *_, **__):
    if action == "error":
        filters.append(action)


simplefilter = filterwarnings


def resetwarnings():
    del filters[:]


def showwarning(*_, **__):
    return None


def formatwarning(message, category, filename, lineno, line=None):
    return "%s:%s: %s: %s\n" % (filename, lineno, category.__name__, message)


class catch_warnings:
    """Collects the warnings in between, with `record`."""

    def __init__(
        self, *, record=False, module=None, action=None, category=None, lineno=0, append=False
    ):
        self._record = record

    def __enter__(self):
        self._filters = list(filters)
        _caught.append([] if self._record else None)
        return _caught[-1]

    def __exit__(self, *_):
        _caught.pop()
        filters[:] = self._filters


def deprecated(message, *_, **__):
    return lambda thing: thing
