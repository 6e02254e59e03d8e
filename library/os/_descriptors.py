"""Files by number: those that `open` here made, or that told their `fileno`."""

import os


def _flags(kinds):
    """What `open` here takes for the letters of a mode."""
    found = os.O_RDWR if "+" in kinds else os.O_RDONLY if kinds == "r" else os.O_WRONLY
    for letter, more in (
        ("w", os.O_CREAT | os.O_TRUNC),
        ("x", os.O_CREAT | os.O_EXCL),
        ("a", os.O_CREAT | os.O_APPEND),
    ):
        found |= more if letter in kinds else 0
    return found


def _letters(path, flags):
    """The same the other way round."""
    more = "+" if flags & os.O_RDWR else ""
    if not flags & (os.O_RDWR | os.O_WRONLY):
        return "r"
    if flags & os.O_CREAT and flags & os.O_EXCL:
        return "x" + more
    if not flags & os.O_CREAT or os.access(path, os.F_OK):
        os.stat(path)
        return "w" + more if flags & os.O_TRUNC else "a" + more if flags & os.O_APPEND else "r+"
    return "a" + more if flags & os.O_APPEND else "w" + more


def open(path, flags, mode=0o777, *, dir_fd=None):
    from io import FileIO

    return FileIO(os.fspath(path), _letters(path, flags)).fileno()


def _file(number):
    try:
        from _files import opened
    except ImportError:  # without the feature `vfs`
        raise OSError(9, "Bad file descriptor") from None
    return opened(number)


def close(fd):
    _file(fd).close()


def read(fd, n):
    return _file(fd).read(n)


def write(fd, data):
    return _file(fd).write(data)


def lseek(fd, position, whence):
    return _file(fd).seek(position, whence)


def fsync(fd):
    _file(fd if isinstance(fd, int) else fd.fileno()).flush()


def ftruncate(fd, length):
    _file(fd).truncate(length)


def truncate(path, length):
    import io

    with io.open(path, "r+b") as file:
        file.truncate(length)


def fstat(fd):
    file = _file(fd)
    file.flush()
    return os.stat(file._path)


def fdopen(fd, mode="r", *args, **named):
    import io

    return io.open(fd, mode, *args, **named)


def utime(path, times=None, *, ns=None, **_):
    """Make a file one that has just been written; no store lets others say when."""
    if times is not None or ns is not None:
        os.stat(path)
        raise OSError(38, "Function not implemented", os.fspath(path))
    if not os.path.isdir(path):
        import io

        with io.open(path, "ab") as file:
            file.write(b"")
