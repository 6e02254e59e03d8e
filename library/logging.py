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


def addLevelName(level, levelName):
    _names[level] = levelName


def _refuse(more):
    """What this module does not take, and mirage-py did not see asked of it."""
    if more:
        raise TypeError("`from logging import handlers` brings what takes " + ", ".join(more))


class LogRecord:
    """What is logged once, and where."""

    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None):
        self.name, self.levelno, self.msg, self.args = name, level, msg, args
        self.levelname = getLevelName(level)
        self.created = time.time()
        self.msecs = int(self.created * 1000) % 1000
        self.exc_info = exc_info
        self.pathname, self.lineno, self.funcName = pathname, lineno, func
        self.filename = self.pathname.rpartition("/")[2]
        self.module = self.filename.rpartition(".")[0]

    def getMessage(self):
        message = str(self.msg)
        if len(self.args) == 1 and isinstance(self.args[0], dict):
            return message % self.args[0]
        return message % tuple(self.args) if self.args else message


class Formatter:
    """Makes a line of a record: `%(asctime)s`, `%(levelname)s`, `%(name)s`, `%(message)s`."""

    def __init__(self, fmt=None, **more):
        _refuse(more)
        self._fmt = fmt or "%(message)s"

    def formatTime(self, record, datefmt=None):
        _refuse(["datefmt"] if datefmt else [])
        now = time.gmtime(int(record.created))
        return "%d-%02d-%02d %02d:%02d:%02d,%03d" % (*now[:6], record.msecs)

    def format(self, record):
        record.message = record.getMessage()
        if "%(asctime)" in self._fmt:
            record.asctime = self.formatTime(record, None)
        return self._fmt % record.__dict__


class Filter:
    """Lets records of a logger, and of those below it, pass."""

    def __init__(self, name=""):
        self.name = name

    def filter(self, record):
        return not self.name or (record.name + ".").startswith(self.name + ".")


class _Filtered:
    def addFilter(self, filter):
        if filter not in self.filters:
            self.filters.append(filter)

    def removeFilter(self, filter):
        if filter in self.filters:
            self.filters.remove(filter)

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

    def setFormatter(self, fmt):
        self.formatter = fmt

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


class _Levels:
    """A method for each level, of what has `log`."""

    def debug(self, msg, *args, **kwargs):
        self.log(DEBUG, msg, *args, **kwargs)

    def info(self, msg, *args, **kwargs):
        self.log(INFO, msg, *args, **kwargs)

    def warning(self, msg, *args, **kwargs):
        self.log(WARNING, msg, *args, **kwargs)

    def error(self, msg, *args, **kwargs):
        self.log(ERROR, msg, *args, **kwargs)

    def critical(self, msg, *args, **kwargs):
        self.log(CRITICAL, msg, *args, **kwargs)

    def exception(self, msg, *args, exc_info=True, **kwargs):
        """An error, and the exception that is handled."""
        self.log(ERROR, msg, *args, exc_info=exc_info, **kwargs)

    warn, fatal = warning, critical


class Logger(_Levels, _Filtered):
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

    def addHandler(self, hdlr):
        if hdlr not in self.handlers:
            self.handlers.append(hdlr)

    def removeHandler(self, hdlr):
        if hdlr in self.handlers:
            self.handlers.remove(hdlr)

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

    def log(self, level, msg, *args, exc_info=None, stacklevel=1, extra=None, **more):
        _refuse(more)
        if self.disabled or not self.isEnabledFor(level):
            return
        if exc_info and not isinstance(exc_info, BaseException):
            exc_info = sys.exc_info()[1]
        path, line, function = _place(stacklevel)
        record = LogRecord(self.name, level, path, line, msg, args, exc_info or None, function)
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


class LoggerAdapter(_Levels):
    """A logger with something more in its messages: `process` says what."""

    def __init__(self, logger, extra=None):
        self.logger, self.extra = logger, extra

    def process(self, msg, kwargs):
        """The message, and what is told with it: what is the adapter's."""
        kwargs["extra"] = self.extra
        return msg, kwargs

    def log(self, level, msg, *args, **kwargs):
        msg, kwargs = self.process(msg, kwargs)
        self.logger.log(level, msg, *args, **kwargs)


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


def basicConfig(
    *, level=None, format=BASIC_FORMAT, stream=None, handlers=None, force=False, **kwargs
):
    """Give the root logger a handler, if it has none."""
    _refuse(kwargs)
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


def captureWarnings(capture):
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
