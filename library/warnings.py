"""Warnings: shown on `sys.stderr` with their places, or caught, as filters say. They tell of a place once,
and of what is deprecated only those who ask, as in CPython."""

import sys

import _frames
from _modern import UserWarning, Warning

__all__ = (
    "catch_warnings", "filterwarnings", "formatwarning", "resetwarnings", "showwarning",
    "simplefilter", "warn", "warn_explicit",
)  # fmt: skip


filters = []
"""(action, message, category, module, line), the newest first; of messages and modules the beginning."""
_told = set()
_QUIET = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)


class WarningMessage:
    """A warning that was caught."""

    def __init__(self, message, category, filename="", lineno=0, file=None, line=None, source=None):
        self.message, self.category, self.filename = message, category, filename
        self.lineno, self.file, self.line, self.source = lineno, file, line, source


def warn(message, category=None, stacklevel=1, source=None, **_):
    """Warn of what the caller does, or who is `stacklevel` calls further out."""
    if category is not None and not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError("category must be a Warning subclass, not '%s'" % type(category).__name__)
    calls = _frames.frames()
    file, line, _, names = calls[stacklevel] if stacklevel < len(calls) else ("sys", 1, "", {})
    warn_explicit(message, category, file, line, names.get("__name__"), source=source)


def warn_explicit(
    message,
    category,
    filename,
    lineno,
    module=None,
    registry=None,
    module_globals=None,
    source=None,
):
    """Warn of a place."""
    if isinstance(message, Warning):
        category = type(message)
    else:
        category = category or UserWarning
        message = category(message)
    action = _action(str(message), category, module or filename, lineno)
    if action == "error":
        raise message
    place = (str(message), category, filename if action != "once" else "", lineno)
    if action == "module":
        place = place[:3]
    if action == "ignore" or (action != "always" and place in _told):
        return
    if action != "always":
        _told.add(place)
    if showwarning is _plain:
        _show(WarningMessage(message, category, filename, lineno, source=source))
    else:
        showwarning(message, category, filename, lineno)


def _action(text, category, module, lineno):
    for action, message, kind, where, line in filters:
        if (
            issubclass(category, kind)
            and (not message or _begins(message, text))
            and (not where or _begins(where, module))
            and line in (0, lineno)
        ):
            return action
    if issubclass(category, _QUIET) and not (
        issubclass(category, DeprecationWarning) and module == "__main__"
    ):
        return "ignore"
    return "default"


def _begins(pattern, text):
    """Whether a text begins as a pattern says; in a program without `re`, patterns are plain text."""
    re = sys.modules.get("re")
    if re is None:
        return text.lower().startswith(pattern.lower())
    return re.match(pattern, text, re.I) is not None


def _print(told):
    file = told.file or sys.modules.get("_sys", sys).stderr
    if file is not None:
        file.write(
            formatwarning(told.message, told.category, told.filename, told.lineno, told.line)
        )


_show = _print


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    """What becomes of warnings that begin with `message`, in modules that begin with `module`."""
    if action not in ("error", "ignore", "always", "default", "module", "once"):
        raise AssertionError("invalid action: %r" % action)
    one = (action, message, category, module, lineno)
    if one in filters:
        filters.remove(one)
    filters.insert(len(filters) if append else 0, one)
    _told.clear()


def simplefilter(action, category=Warning, lineno=0, append=False):
    filterwarnings(action, "", category, "", lineno, append)


def resetwarnings():
    filters.clear()
    filters.append(("default", "", Warning, "", 0))


def showwarning(message, category, filename, lineno, file=None, line=None):
    _print(WarningMessage(message, category, filename, lineno, file, line))


_plain = showwarning


def formatwarning(message, category, filename, lineno, line=None):
    text = "%s:%s: %s: %s\n" % (filename, lineno, category.__name__, message)
    return text + "  %s\n" % line.strip() if line else text


class catch_warnings:
    """Keeps filters as they were; collects the warnings in between, with `record`."""

    def __init__(
        self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False
    ):
        self._record = record
        self._filter = action and (action, category, lineno, append)

    def __enter__(self):
        global _show, showwarning
        self._kept = (list(filters), _show, set(_told), showwarning)
        _told.clear()
        if self._filter:
            simplefilter(*self._filter)
        if not self._record:
            return None
        found = []
        _show, showwarning = found.append, _plain
        return found

    def __exit__(self, *_):
        global _show, showwarning
        filters[:], _show, told, showwarning = self._kept
        _told.clear()
        _told.update(told)


def deprecated(message, *_, **__):
    return lambda thing: thing
