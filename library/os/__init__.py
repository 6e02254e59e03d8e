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


def _missing(*_, **__):
    raise OSError(_ENOENT)


def _of(name, missing=_missing):
    return getattr(_base, name, missing)


chdir, listdir, mkdir, remove, rename, rmdir, ilistdir, statvfs = [
    _of(one)
    for one in ("chdir", "listdir", "mkdir", "remove", "rename", "rmdir", "ilistdir", "statvfs")
]
unlink = remove
getcwd = _of("getcwd", lambda: "/")
sync = _of("sync", lambda: None)
chown = utime = symlink = link = readlink = truncate = open = fdopen = pipe = dup = dup2 = close = (
    read
) = write = lseek = replace = renames = removedirs = access = scandir = fsync = ftruncate = _missing


class stat_result(tuple):
    """What is known of a file."""

    def __getattr__(self, name):
        if name in _STAT:
            return self[_STAT.index(name)]
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
    if _base is None:
        raise OSError(_ENOENT)
    return stat_result(_base.stat(fspath(path)))


lstat = fstat = stat


def makedirs(name, mode=0o777, exist_ok=False):
    made = ""
    for part in fspath(name).split("/"):
        made = made + part if not made else made + "/" + part
        if made:
            try:
                mkdir(made)
            except OSError:
                pass


def walk(top, topdown=True, onerror=None, followlinks=False):
    folders, files = [], []
    for entry in ilistdir(top):
        (folders if entry[1] & 0x4000 else files).append(entry[0])
    if topdown:
        yield top, folders, files
    for one in folders:
        yield from walk(top + ("" if not top or top[-1] == "/" else "/") + one, topdown)
    if not topdown:
        yield top, folders, files


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


def strerror(code):
    return OSError(code).strerror or "Unknown error %d" % code


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
