"""What works on whole files, in an image with the feature `vfs`; the console has eighty columns."""

import os

__all__ = (
    "Error", "SameFileError", "chown", "copy", "copy2", "copyfile", "copyfileobj", "copymode",
    "copystat", "copytree", "disk_usage", "get_terminal_size", "make_archive", "move", "rmtree",
    "unpack_archive", "which",
)  # fmt: skip


class Error(OSError):
    """A file could not be copied."""


class SameFileError(Error):
    """A file would be copied onto itself."""


def get_terminal_size(fallback=(80, 24)):
    return os.terminal_size(fallback)


def _refuse(*_, **__):
    raise OSError(38)


make_archive = unpack_archive = chown = _refuse


def copyfileobj(source, target, length=65536):
    while True:
        data = source.read(length)
        if not data:
            return
        target.write(data)


def _path(value):
    return os.fspath(value)


def _into(source, target):
    """The path that a file has in `target`, if that is a folder."""
    source, target = _path(source), _path(target)
    return os.path.join(target, os.path.basename(source)) if os.path.isdir(target) else target


def copyfile(src, dst, *, follow_symlinks=True):
    source, target = _path(src), _path(dst)
    if os.path.abspath(source) == os.path.abspath(target):
        raise SameFileError("%r and %r are the same file" % (source, target))
    with open(source, "rb") as read, open(target, "wb") as written:
        copyfileobj(read, written)
    return dst


def copymode(src, dst, **_):
    """Files have no modes."""


copystat = copymode


def copy(src, dst, **_):
    target = _into(src, dst)
    copyfile(src, target)
    return target


copy2 = copy


def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2, dirs_exist_ok=False, **_):
    source, target = _path(src), _path(dst)
    names = os.listdir(source)
    left = ignore(source, names) if ignore else ()
    os.makedirs(target, exist_ok=dirs_exist_ok)
    for name in names:
        if name in left:
            continue
        one, other = os.path.join(source, name), os.path.join(target, name)
        if os.path.isdir(one):
            copytree(one, other, symlinks, ignore, copy_function, dirs_exist_ok)
        else:
            copy_function(one, other)
    return dst


def rmtree(path, ignore_errors=False, onerror=None, **_):
    path = _path(path)
    try:
        for name in os.listdir(path):
            one = os.path.join(path, name)
            if os.path.isdir(one):
                rmtree(one, ignore_errors, onerror)
            else:
                os.remove(one)
        os.rmdir(path)
    except OSError as error:
        if onerror is not None:
            onerror(os.rmdir, path, (type(error), error, None))
        elif not ignore_errors:
            raise


def move(src, dst, copy_function=copy2):
    target = _into(src, dst)
    if target != _path(dst) and os.path.exists(target):
        raise Error("Destination path '%s' already exists" % target)
    try:
        os.rename(_path(src), target)
    except OSError:
        if os.path.isdir(src):
            copytree(src, target, copy_function=copy_function)
            rmtree(src)
        else:
            copy_function(src, target)
            os.remove(_path(src))
    return target


def disk_usage(path):
    from collections import namedtuple

    found = os.statvfs(path)
    total, free = found[1] * found[2], found[1] * found[4]
    return namedtuple("usage", ("total", "used", "free"))(total, total - free, free)


def which(cmd, mode=1, path=None):
    return None
