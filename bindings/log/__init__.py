"""Logging: one line a message, on the console.

    from mirage import log
    log.info("hello")       2024-04-14T14:15:22-00:00: [INFO] [application] hello

A message is formatted with `%` only if its level is shown: `log.debug("%d bytes", n)`. A source of
your own is named once: `http = log.source("http")`, and then `http.warning("slow")`. The boot
argument `--logs=warning,http:debug` says which levels are shown, of all sources and of one.
"""

import time

import _args
from mirage import ptime

if False:  # for type checkers
    from collections.abc import Callable

QUIET, APP, ERROR, WARNING, INFO, DEBUG = range(6)

_NAMES = ("quiet", "app", "error", "warning", "info", "debug")
_TAGS = ("", "", "[ERROR]", "[WARNING]", "[INFO]", "[DEBUG]")
_sources = {}
_given = {}  # what --logs says, by source
_default = INFO


class Source:
    """What messages come from: its name stands in each line. `source` makes it."""

    def __init__(self, name: str, level: int) -> None:
        self.name = name
        self.level = level
        """The last level that is shown."""

    def log(self, at: int, message: str, *args: object) -> None:
        """Show `message` if level `at` is shown."""
        if at <= self.level:
            _reporter(self.name, at, message % args if args else message)

    def app(self, message: str, *args: object) -> None:
        """What the application has to say, whatever goes well or wrong."""
        self.log(APP, message, *args)

    def error(self, message: str, *args: object) -> None:
        self.log(ERROR, message, *args)

    def warning(self, message: str, *args: object) -> None:
        self.log(WARNING, message, *args)

    def info(self, message: str, *args: object) -> None:
        self.log(INFO, message, *args)

    def debug(self, message: str, *args: object) -> None:
        self.log(DEBUG, message, *args)

    def exception(self, message: str, error: BaseException) -> None:
        """Show `message` as an error, and below it the traceback of `error`."""
        if self.level >= ERROR:
            import io
            import sys

            text = io.StringIO()
            sys.print_exception(error, text)
            self.log(ERROR, "%s\n%s", message, text.getvalue().rstrip())


def source(name: str) -> Source:
    """The source of that name. Raises TypeError unless it is a str."""
    if name not in _sources:
        if not isinstance(name, str):
            raise TypeError("a source has a name, not %r" % (name,))
        _sources[name] = Source(name, _level_of(name))
    return _sources[name]


def set_level(level: str) -> None:
    """Show messages up to `level`, such as "debug", of all sources that `--logs` does not name.
    Raises ValueError if there is no such level."""
    global _default
    _default = _number(level)
    _apply()


def set_levels(levels: str) -> None:
    """Show messages as `--logs` would: `warning,http:debug`. Raises ValueError if there is no such
    level."""
    given = {}
    for item in levels.split(","):
        name, _, level = item.rpartition(":")
        given[name or "*"] = _number(level)
    if "*" in given:
        _given.clear()
    _given.update(given)
    _apply()


def levels() -> dict[str, str]:
    """The last level that is shown of each source, by its name, and as `*` that of all others."""
    shown = {name: _NAMES[one.level] for name, one in _sources.items()}
    return shown | {"*": _NAMES[_level_of("*")]}


def _number(level):
    if level not in _NAMES:
        raise ValueError("unknown level: %s" % (level,))
    return _NAMES.index(level)


def _level_of(name):
    return _given.get(name, _given.get("*", _default))


def _apply():
    for name, one in _sources.items():
        one.level = _level_of(name)


def connect(level: str) -> None:
    """Begin: show messages up to `level`, but for what `--logs` says."""
    set_level(level)
    for name in _given:
        if name != "*" and name not in _sources:
            print("WARNING: %s is not a valid log source." % name)


def set_reporter(reporter: Callable[[str, int, str], object]) -> None:
    """Let `reporter(source, level, message)` show messages, in place of `console`.
    Raises TypeError unless it can be called."""
    global _reporter
    if not callable(reporter):
        raise TypeError("a reporter is a function, not %r" % (reporter,))
    _reporter = reporter


def local_time() -> tuple[int, ...]:
    """Year, month, day, hour, minute and second, in the zone of this place if it is known."""
    return time.gmtime(ptime.now() // 1_000_000_000 + (ptime.current_tz_offset_s() or 0))[:6]


def timestamp() -> str:
    """The time as it stands in a line: RFC 3339, section 4.3, where the zone is not known."""
    offset = ptime.current_tz_offset_s()
    zone = "-00:00"
    if offset is not None:
        minutes = abs(offset) // 60
        zone = "%s%02d:%02d" % ("-" if offset < 0 else "+", minutes // 60, minutes % 60)
    return "%04d-%02d-%02dT%02d:%02d:%02d" % local_time() + zone


def console(source: str, level: int, message: str) -> None:
    """Show a message on the console: the reporter, unless another is set."""
    print("%s: %s [%s] %s" % (timestamp(), _TAGS[level], source, message))


_reporter = console
if _args.get("--logs"):
    set_levels(_args.get("--logs"))

application: Source = source("application")
log = application.log
app = application.app
error = application.error
warning = application.warning
info = application.info
debug = application.debug
exception = application.exception
