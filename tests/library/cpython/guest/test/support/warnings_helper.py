"""Nothing of it is in an image."""

from test.support import _skipped


def import_deprecated(_):
    from test.support import absent  # noqa: PLC0415 - few need it

    return absent


def __getattr__(name):
    return _skipped
