"""There are no threads in an image."""

from test.support import _skipped


def threading_setup():
    return ()


def threading_cleanup(*_):
    pass


def __getattr__(name):
    return _skipped
