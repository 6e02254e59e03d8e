"""The interpreter's `os`, where the image has it, and what it lacks of CPython's. Without the feature
`vfs` there are no files, and what asks for one raises OSError."""

try:
    import uos as _base
except ImportError:
    _base = None

_NATIVE = (
    "chdir",
    "getcwd",
    "ilistdir",
    "listdir",
    "mkdir",
    "remove",
    "rename",
    "rmdir",
    "sep",
    "stat",
    "statvfs",
    "uname",
    "unlink",
    "urandom",
)
_attrs = {"path": "path"}
name = "posix"
sep, altsep, extsep, pathsep, linesep, curdir, pardir, devnull, defpath = (
    "/",
    None,
    ".",
    ":",
    "\n",
    ".",
    "..",
    "/dev/null",
    "",
)
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
(
    O_RDONLY,
    O_WRONLY,
    O_RDWR,
    O_CREAT,
    O_EXCL,
    O_TRUNC,
    O_APPEND,
    O_CLOEXEC,
    O_NONBLOCK,
    O_NOFOLLOW,
) = 0, 1, 2, 64, 128, 512, 1024, 524288, 2048, 131072
F_OK, X_OK, W_OK, R_OK = 0, 1, 2, 4
P_NOWAIT = 1
supports_fd = supports_dir_fd = supports_follow_symlinks = set()
error = OSError


def __getattr__(name):
    if name not in _attrs:
        raise AttributeError(name)
    globals()[name] = found = __import__(
        "posixpath"
    )  # os/path.py, which is taken then, asks for it
    return found


_ENOENT, _ENOSYS = 2, 38


class _Environ(dict):
    """The environment: empty at the start."""

    def copy(self):
        return dict(self)


environ = _Environ()
environb = {}


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value):
    environ[key] = value


def unsetenv(key):
    environ.pop(key, None)


class PathLike:
    """What has a path."""

    @classmethod
    def __subclasshook__(cls, other):
        return hasattr(other, "__fspath__")

    @classmethod
    def register(cls, other):
        return other

    @classmethod
    def __class_getitem__(cls, _):
        return cls


def fspath(value):
    if isinstance(value, (str, bytes)):
        return value
    if hasattr(value, "__fspath__"):
        return value.__fspath__()
    raise TypeError("expected str, bytes or os.PathLike object, not " + type(value).__name__)


def fsencode(value):
    value = fspath(value)
    return value if isinstance(value, bytes) else value.encode()


def fsdecode(value):
    value = fspath(value)
    return value if isinstance(value, str) else bytes(value).decode()


def strerror(code):
    return OSError(code).strerror or "Unknown error %d" % code


def _said(error, *paths):
    """An error of the interpreter's, or a store's, as CPython's: with the paths that were given."""
    number = error.errno
    return OSError(
        number, strerror(number), *(paths if len(paths) < 2 else (paths[0], None, paths[1]))
    )


def _missing(*_, **__):
    raise OSError(_ENOENT)


def _of(name, missing=_missing):
    return getattr(_base, name, missing)


def _about(name):
    """The interpreter's function of paths, for whatever is a path."""
    function = _of(name)

    def call(*paths):
        try:
            return function(*[fsdecode(one) for one in paths])
        except OSError as error:
            raise _said(error, *[fspath(one) for one in paths]) from None

    return call


_stat, _list, _mkdir, _remove, _rename, _rmdir = [
    _about(one) for one in ("stat", "listdir", "mkdir", "remove", "rename", "rmdir")
]
chdir, statvfs, ilistdir = _about("chdir"), _about("statvfs"), _of("ilistdir")
getcwd = _of("getcwd", lambda: "/")
sync = _of("sync", lambda: None)
chown = symlink = link = readlink = pipe = dup = dup2 = _missing


def getcwdb():
    return getcwd().encode()


def listdir(path="."):
    found = _list("." if path is None else path)
    return [one.encode() for one in found] if isinstance(path, bytes) else found


def mkdir(path, mode=0o777, *, dir_fd=None):
    _mkdir(path)


def remove(path, *, dir_fd=None):
    if _stat(path)[0] & _FOLDER:  # littlefs removes empty ones
        raise _said(OSError(21), fspath(path))
    _remove(path)


unlink = remove


def rmdir(path, *, dir_fd=None):
    if not _stat(path)[0] & _FOLDER:
        raise _said(OSError(20), fspath(path))
    _rmdir(path)


def rename(src, dst, **_):
    try:
        _rename(src, dst)
    except OSError as error:
        if error.errno != 17:  # of FAT, which replaces nothing
            raise
        try:
            _remove(dst)
        except OSError:
            raise error from None
        _rename(src, dst)


replace = rename
_FOLDER = 0x4000


class stat_result(tuple):
    """What is known of a file."""

    def __getattr__(self, name):
        if name in _STAT:
            return self[_STAT.index(name)]
        if name[-3:] == "_ns" and name[:-3] in _STAT[7:]:
            return self[_STAT.index(name[:-3])] * 1_000_000_000
        raise AttributeError(name)


_STAT = (
    "st_mode",
    "st_ino",
    "st_dev",
    "st_nlink",
    "st_uid",
    "st_gid",
    "st_size",
    "st_atime",
    "st_mtime",
    "st_ctime",
)


def stat(path, **_):
    if isinstance(path, int):
        return fstat(path)
    return stat_result(_stat(path))


lstat = stat


def access(path, mode, **_):
    """Files have no modes."""
    try:
        stat(path)
    except OSError:
        return False
    return True


def urandom(size):
    import _random

    data = bytearray(size)
    _random.fill(data)
    return bytes(data)


def getpid():
    return 1


getppid = getuid = geteuid = getgid = getegid = lambda: 0


def cpu_count():
    return 1


def get_terminal_size(fd=1):
    raise OSError(_ENOSYS)


class terminal_size(tuple):
    columns, lines = property(lambda self: self[0]), property(lambda self: self[1])


def isatty(_):
    return False


class uname_result(tuple):
    sysname, nodename, release, version, machine = (
        property(lambda self, at=at: self[at]) for at in range(5)
    )


def uname():
    return uname_result(("mirage", "", "", "", "x86_64"))


def chmod(path, mode, **_):
    """Files have no modes."""
    stat(path)


def register_at_fork(**_):
    return None


def umask(mode):
    return 0o022


def kill(*_):
    raise OSError(_ENOSYS)


def abort():
    raise SystemExit(134)


def _exit(status):
    raise SystemExit(status)


from os._descriptors import (
    _flags,
    close,
    fdopen,
    fstat,
    fsync,
    ftruncate,
    lseek,
    open,
    read,
    truncate,
    utime,
    write,
)
from os._trees import DirEntry, makedirs, removedirs, renames, scandir, walk
