"""Temporary files: in memory those without a name, the others in a folder of the file system."""

import io
import os

tempdir = None
TMP_MAX = 10000
template = "tmp"
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"


def gettempdir():
    """The folder that temporary files are in, which is made when there is the first one."""
    return tempdir or os.getenv("TMPDIR") or "/tmp"


def gettempdirb():
    return os.fsencode(gettempdir())


def gettempprefix():
    return template


def gettempprefixb():
    return template.encode()


def _new(make, suffix, prefix, folder):
    """What `make` gives for a path that nothing has yet, and that path. Raises OSError."""
    if folder is None:
        folder = gettempdir()
        os.makedirs(folder, exist_ok=True)
    binary = isinstance(folder, bytes) or isinstance(suffix, bytes) or isinstance(prefix, bytes)
    for _ in range(TMP_MAX):
        middle = "".join([_LETTERS[one % len(_LETTERS)] for one in os.urandom(8)])
        name = os.fsdecode(template if prefix is None else prefix) + middle
        path = os.path.join(os.path.abspath(os.fsdecode(folder)), name + os.fsdecode(suffix or ""))
        if not os.path.exists(path):
            path = path.encode() if binary else path
            return make(path), path
    raise FileExistsError(17, "No usable temporary file name found")


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    return _new(lambda path: os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL), suffix, prefix, dir)


def mkdtemp(suffix=None, prefix=None, dir=None):
    return _new(os.mkdir, suffix, prefix, dir)[1]


def mktemp(suffix="", prefix=template, dir=None):
    return _new(lambda _: None, suffix, prefix, dir)[1]


class _TemporaryFileWrapper:
    """A file, and what it is called; it is removed when it is closed."""

    def __init__(self, file, name, delete=True):
        self.file, self.name, self.delete = file, name, delete

    def __getattr__(self, name):
        return getattr(self.__dict__["file"], name)

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, *details):
        self.close()

    def close(self):
        self.file.close()
        if self.delete:
            self.delete = False
            os.unlink(self.name)

    def __iter__(self):
        return iter(self.file)


def NamedTemporaryFile(
    mode="w+b",
    buffering=-1,
    encoding=None,
    newline=None,
    suffix=None,
    prefix=None,
    dir=None,
    delete=True,
    *,
    errors=None,
):
    def make(path):
        return io.open(path, mode.replace("w", "x"), buffering, encoding, errors, newline)

    return _TemporaryFileWrapper(*_new(make, suffix, prefix, dir), delete)


class TemporaryDirectory:
    """A folder that is removed with all that is in it."""

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False):
        self.name, self._ignores = mkdtemp(suffix, prefix, dir), ignore_cleanup_errors

    def __repr__(self):
        return "<TemporaryDirectory %r>" % self.name

    def __enter__(self):
        return self.name

    def __exit__(self, *_):
        self.cleanup()

    def cleanup(self):
        import shutil

        if os.path.exists(self.name):
            shutil.rmtree(self.name, self._ignores)


def TemporaryFile(mode="w+b", *_, newline=None, **__):
    """A file without a name."""
    return io.BytesIO() if "b" in mode else io.StringIO(newline=newline)


def SpooledTemporaryFile(max_size=0, mode="w+b", *_, **__):
    return TemporaryFile(mode)
