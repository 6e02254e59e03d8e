"""Files of tests, in the store that is mounted."""

import os
import shutil

from test.support import _skipped

TESTFN = TESTFN_ASCII = TESTFN_NONASCII = "@test"


class FakePath:
    """What has a path, and nothing else."""

    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        if isinstance(self.path, BaseException) or (
            isinstance(self.path, type) and issubclass(self.path, BaseException)
        ):
            raise self.path
        return self.path


class EnvironmentVarGuard:
    """The environment, which is put back at the end."""

    def __enter__(self):
        self.old = dict(os.environ)
        return self

    def __exit__(self, *_):
        os.environ.clear()
        os.environ.update(self.old)

    def __contains__(self, name):
        return name in os.environ

    def __getitem__(self, name):
        return os.environ[name]

    def __delitem__(self, name):
        del os.environ[name]

    def __setitem__(self, name, value):
        os.environ[name] = value

    def set(self, name, value):
        os.environ[name] = value

    def unset(self, name):
        os.environ.pop(name, None)


def unlink(path):
    try:
        os.unlink(path)
    except OSError:
        pass


def rmtree(path):
    shutil.rmtree(path, ignore_errors=True)


def create_empty_file(path):
    with open(path, "wb"):
        pass


def can_symlink():
    return False


def fs_is_case_insensitive(_):
    return False


def __getattr__(name):
    return _skipped
