"""What works on whole files; the console has eighty columns."""

import os


class Error(OSError):
    """A file could not be copied."""


SameFileError = Error


def get_terminal_size(fallback=(80, 24)):
    return os.terminal_size(fallback)


def _refuse(*_, **__):
    raise OSError(38)


copy = copy2 = copyfile = copymode = copystat = copytree = rmtree = move = make_archive = (
    unpack_archive
) = disk_usage = chown = _refuse


def copyfileobj(source, target, length=65536):
    while True:
        data = source.read(length)
        if not data:
            return
        target.write(data)


def which(cmd, mode=1, path=None):
    return None
