"""Temporary files: an image keeps them in memory, and has none by name."""

import io

tempdir = None
TMP_MAX = 10000
template = "tmp"


def _refuse(*_, **__):
    raise OSError(38, "an image has no temporary files by name")


NamedTemporaryFile = TemporaryDirectory = mkstemp = mkdtemp = mktemp = _refuse


class _TemporaryFileWrapper:
    """A file, and what it is called."""

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

    def __iter__(self):
        return iter(self.file)


def TemporaryFile(mode="w+b", *_, **__):
    """A file without a name."""
    return io.BytesIO() if "b" in mode else io.StringIO()


def SpooledTemporaryFile(max_size=0, mode="w+b", *_, **__):
    return TemporaryFile(mode)


def gettempdir():
    return "/tmp"


def gettempdirb():
    return b"/tmp"


def gettempprefix():
    return template
