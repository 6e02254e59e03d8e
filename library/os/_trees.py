"""Whole folders."""

import os


class DirEntry:
    """What a folder holds under a name."""

    def __init__(self, folder, name, kind):
        self.name, self._kind = name, kind
        self.path = os.path.join(folder, name)

    def __repr__(self):
        return "<DirEntry %r>" % (self.name,)

    def __fspath__(self):
        return self.path

    def is_dir(self, *, follow_symlinks=True):
        return bool(self._kind & 0x4000)

    def is_file(self, *, follow_symlinks=True):
        return not self._kind & 0x4000

    def is_symlink(self):
        return False

    def stat(self, *, follow_symlinks=True):
        return os.stat(self.path)

    def inode(self):
        return 0


class _Entries:
    """An iterator that can be closed."""

    def __init__(self, entries):
        self._entries = entries

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._entries = iter(())


def scandir(path="."):
    path = "." if path is None else os.fspath(path)
    binary = isinstance(path, bytes)
    try:
        found = [*os.ilistdir(os.fsdecode(path))]
    except OSError as error:
        raise os._said(error, path) from None
    return _Entries(
        iter([DirEntry(path, one[0].encode() if binary else one[0], one[1]) for one in found])
    )


def makedirs(name, mode=0o777, exist_ok=False):
    name = os.fspath(name)
    head, tail = os.path.split(name)
    if not tail:
        head, tail = os.path.split(head)
    if head and tail and not os.path.exists(head):
        makedirs(head, exist_ok=True)
        if tail in (".", b"."):
            return
    try:
        os.mkdir(name, mode)
    except OSError:
        if not exist_ok or not os.path.isdir(name):
            raise


def removedirs(name):
    os.rmdir(name)
    _prune(os.path.dirname(os.fspath(name).rstrip("/")))


def _prune(folder):
    """Remove it, and what is above it, as far as they are empty."""
    while folder.strip("/"):
        try:
            os.rmdir(folder)
        except OSError:
            break
        folder = os.path.dirname(folder)


def renames(old, new):
    folder = os.path.dirname(os.fspath(new))
    if folder and not os.path.exists(folder):
        makedirs(folder)
    os.rename(old, new)
    _prune(os.path.dirname(os.fspath(old)))


def walk(top, topdown=True, onerror=None, followlinks=False):
    top = os.fspath(top)
    folders, files = [], []
    try:
        for one in scandir(top):
            (folders if one.is_dir() else files).append(one.name)
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    if topdown:
        yield top, folders, files
    for one in folders:
        yield from walk(os.path.join(top, one), topdown, onerror)
    if not topdown:
        yield top, folders, files
