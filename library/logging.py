"""The small logging: loggers by name, with levels, handlers and formats, as in CPython. A logger's level is its own,
or that of the nearest one above it; without a handler, warnings are printed."""

import sys
import time

import _frames

NOTSET, DEBUG, INFO, WARNING, ERROR, CRITICAL = 0, 10, 20, 30, 40, 50
WARN, FATAL = WARNING, CRITICAL
BASIC_FORMAT = "%(levelname)s:%(name)s:%(message)s"
_names = {
    NOTSET: "NOTSET", DEBUG: "DEBUG", INFO: "INFO", WARNING: "WARNING", ERROR: "ERROR",
    CRITICAL: "CRITICAL",
}  # fmt: skip
raiseExceptions = True


def getLevelName(level):
    """The name of a level, or the level of a name."""
    for number, name in _names.items():
        if name == level:
            return number
    return _names.get(level, "Level %s" % level)


def addLevelName(level, name):
    _names[level] = name


class LogRecord:
    """What is logged once, and where."""

    def __init__(self, name, level, message, args, exception=None, place=("", 0, "")):
        self.name, self.levelno, self.msg, self.args = name, level, message, args
        self.levelname = getLevelName(level)
        self.created = time.time()
        self.msecs = int(self.created * 1000) % 1000
        self.exc_info = exception
        self.pathname, self.lineno, self.funcName = place
        self.filename = self.pathname.rpartition("/")[2]
        self.module = self.filename.rpartition(".")[0]

    def getMessage(self):
        message = str(self.msg)
        if len(self.args) == 1 and isinstance(self.args[0], dict):
            return message % self.args[0]
        return message % tuple(self.args) if self.args else message


class Formatter:
    """Makes a line of a record: `%(asctime)s`, `%(levelname)s`, `%(name)s`, `%(message)s`."""

    def __init__(self, fmt=None, datefmt=None, style="%", **_):
        self.format_text = fmt or "%(message)s"

    def formatTime(self, record, datefmt=None):
        return "%d-%02d-%02d %02d:%02d:%02d" % time.gmtime(int(record.created))[:6]

    def format(self, record):
        record.message = record.getMessage()
        if "%(asctime)" in self.format_text:
            record.asctime = self.formatTime(record)
        return self.format_text % record.__dict__


class Filter:
    """Lets records of a logger, and of those below it, pass."""

    def __init__(self, name=""):
        self.name = name

    def filter(self, record):
        return not self.name or (record.name + ".").startswith(self.name + ".")


class _Filtered:
    def addFilter(self, one):
        self.filters.append(one)

    def removeFilter(self, one):
        self.filters.remove(one)

    def filter(self, record):
        return all(
            one.filter(record) if hasattr(one, "filter") else one(record) for one in self.filters
        )

    def setLevel(self, level):
        self.level = getLevelName(level) if isinstance(level, str) else level


class Handler(_Filtered):
    """What records are given to; its `emit` writes them."""

    def __init__(self, level=NOTSET):
        self.level, self.formatter, self.filters = level, None, []

    def setFormatter(self, formatter):
        self.formatter = formatter

    def format(self, record):
        return (self.formatter or _plain).format(record)

    def handle(self, record):
        if record.levelno >= self.level and self.filter(record):
            self.emit(record)

    def emit(self, record):
        raise NotImplementedError("emit is for subclasses")

    def flush(self):
        pass

    close = flush


class StreamHandler(Handler):
    """Writes lines to a stream: the console, unless said."""

    terminator = "\n"

    def __init__(self, stream=None):
        super().__init__()
        self.stream = stream

    def emit(self, record):
        stream = self.stream or sys.stderr
        stream.write(self.format(record) + self.terminator)
        if record.exc_info:
            sys.print_exception(record.exc_info, stream)


class NullHandler(Handler):
    """Writes nothing."""

    def handle(self, record):
        pass

    emit = handle


def _place(level):
    """The file, line and function outside this module that log, or who is further out."""
    own = globals()
    outside = [one[:3] for one in _frames.frames() if one[3] is not own]
    return (
        outside[level - 1] if level <= len(outside) else ("(unknown file)", 0, "(unknown function)")
    )


class Logger(_Filtered):
    """A source of records."""

    def __init__(self, name, level=NOTSET):
        self.name, self.level, self.parent = name, level, None
        self.handlers, self.filters, self.propagate, self.disabled = [], [], True, False

    def getEffectiveLevel(self):
        logger = self
        while logger.parent is not None and not logger.level:
            logger = logger.parent
        return logger.level

    def isEnabledFor(self, level):
        return level >= self.getEffectiveLevel() and level > _disabled[0]

    def addHandler(self, handler):
        if handler not in self.handlers:
            self.handlers.append(handler)

    def removeHandler(self, handler):
        if handler in self.handlers:
            self.handlers.remove(handler)

    def hasHandlers(self):
        return any(logger.handlers for logger in self._line())

    def getChild(self, suffix):
        return getLogger(suffix if self is root else "%s.%s" % (self.name, suffix))

    def _line(self):
        """This logger, and those above it that its records go to."""
        logger = self
        while logger is not None:
            yield logger
            logger = logger.parent if logger.propagate else None

    def log(self, level, message, *args, exc_info=None, stacklevel=1, extra=None, **_):
        if self.disabled or not self.isEnabledFor(level):
            return
        if exc_info and not isinstance(exc_info, BaseException):
            exc_info = sys.exc_info()[1]
        record = LogRecord(self.name, level, message, args, exc_info or None, _place(stacklevel))
        record.__dict__.update(extra or {})
        self.handle(record)

    def handle(self, record):
        if not self.filter(record):
            return
        found = False
        for logger in self._line():
            for handler in logger.handlers:
                found = True
                handler.handle(record)
        if not found and record.levelno >= lastResort.level:
            lastResort.handle(record)

    def debug(self, message, *args, **named):
        self.log(DEBUG, message, *args, **named)

    def info(self, message, *args, **named):
        self.log(INFO, message, *args, **named)

    def warning(self, message, *args, **named):
        self.log(WARNING, message, *args, **named)

    def error(self, message, *args, **named):
        self.log(ERROR, message, *args, **named)

    def critical(self, message, *args, **named):
        self.log(CRITICAL, message, *args, **named)

    def exception(self, message, *args, exc_info=True, **named):
        """An error, and the exception that is handled."""
        self.log(ERROR, message, *args, exc_info=exc_info, **named)

    warn, fatal = warning, critical


class LoggerAdapter:
    """A logger with something more in its messages: `process` says what."""

    def __init__(self, logger, extra=None):
        self.logger, self.extra = logger, extra or {}

    def process(self, message, named):
        return message, named

    def log(self, level, message, *args, **named):
        message, named = self.process(message, named)
        self.logger.log(level, message, *args, **named)

    def debug(self, message, *args, **named):
        self.log(DEBUG, message, *args, **named)

    def info(self, message, *args, **named):
        self.log(INFO, message, *args, **named)

    def warning(self, message, *args, **named):
        self.log(WARNING, message, *args, **named)

    def error(self, message, *args, **named):
        self.log(ERROR, message, *args, **named)


_plain = Formatter()
_disabled = [NOTSET]
root = Logger("root", WARNING)
_loggers = {}
lastResort = StreamHandler()
lastResort.setLevel(WARNING)


def getLogger(name=None):
    """The logger of that name; the one above all without a name."""
    if not name or name == "root":
        return root
    if name not in _loggers:
        logger = _loggers[name] = Logger(name)
        above = name.rpartition(".")[0]
        logger.parent = getLogger(above) if above else root
    return _loggers[name]


def basicConfig(level=None, format=BASIC_FORMAT, stream=None, handlers=None, force=False, **_):
    """Give the root logger a handler, if it has none."""
    if force:
        root.handlers = []
    if not root.handlers:
        for handler in handlers or [StreamHandler(stream)]:
            if handler.formatter is None:
                handler.setFormatter(Formatter(format))
            root.addHandler(handler)
    if level is not None:
        root.setLevel(level)


def disable(level=CRITICAL):
    """Log nothing up to that level."""
    _disabled[0] = level


def captureWarnings(_):
    """There are no warnings to be captured."""


def _of_root(call):
    def say(*args, **named):
        basicConfig()
        call(*args, **named)

    return say


debug, info, warning, error, critical, exception, log = map(
    _of_root,
    (root.debug, root.info, root.warning, root.error, root.critical, root.exception, root.log),
)
