"""Logging: one line a message, on the console.

    from mirage import log
    log.info("hello")       2024-04-14T14:15:22-00:00: [INFO] [application] hello

A message is formatted with `%` only if its level is shown: `log.debug("%d bytes", n)`. A source of
your own is named once: `http = log.source("http")`, and then `http.warning("slow")`.
"""

import time

import _time

QUIET, APP, ERROR, WARNING, INFO, DEBUG = range(6)

level = INFO
"""The last level that is shown."""

_TAGS = ("", "", "[ERROR]", "[WARNING]", "[INFO]", "[DEBUG]")


class Source:
    """What messages come from: its name stands in each line."""

    def __init__(self, name):
        self.name = name

    def log(self, at, message, *args):
        """Show `message` if level `at` is shown."""
        if at > level:
            return
        if args:
            message = message % args
        y, mo, d, h, mi, s = time.gmtime(_time.wall_ns() // 1_000_000_000)[:6]
        print(
            "%04d-%02d-%02dT%02d:%02d:%02d-00:00: %s [%s] %s"
            % (y, mo, d, h, mi, s, _TAGS[at], self.name, message)
        )

    def app(self, message, *args):
        """What the application has to say, whatever goes well or wrong."""
        self.log(APP, message, *args)

    def error(self, message, *args):
        self.log(ERROR, message, *args)

    def warning(self, message, *args):
        self.log(WARNING, message, *args)

    def info(self, message, *args):
        self.log(INFO, message, *args)

    def debug(self, message, *args):
        self.log(DEBUG, message, *args)


def source(name):
    """The source of that name."""
    return Source(name)


application = Source("application")
log = application.log
app = application.app
error = application.error
warning = application.warning
info = application.info
debug = application.debug
