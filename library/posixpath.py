"""Paths as text, with slashes. What asks for files is `os`'s; without the feature `vfs` there are none."""

curdir, pardir, extsep, sep, pathsep, defpath, altsep, devnull = (
    ".",
    "..",
    ".",
    "/",
    ":",
    "/bin:/usr/bin",
    None,
    "/dev/null",
)
supports_unicode_filenames = False


def _os():
    import os

    return os


def _path(value):
    """A path, and the words that it is taken apart with: of text or of bytes."""
    if not isinstance(value, (str, bytes)):
        if not hasattr(value, "__fspath__"):
            raise TypeError(
                "expected str, bytes or os.PathLike object, not " + type(value).__name__
            )
        value = value.__fspath__()
    return (value, b"/", b".", b"..") if isinstance(value, bytes) else (value, "/", ".", "..")


def _same(first, others):
    """Paths, which are text or bytes as `first` is."""
    found = [_path(one)[0] for one in others]
    for one in found:
        if isinstance(one, bytes) != isinstance(first, bytes):
            raise TypeError("Can't mix strings and bytes in path components")
    return found


def normcase(s):
    return _path(s)[0]


def isabs(s):
    path, slash, _, _ = _path(s)
    return path.startswith(slash)


def join(a, *p):
    path, slash, _, _ = _path(a)
    for one in _same(path, p):
        if one.startswith(slash):
            path = one
        elif not path or path.endswith(slash):
            path += one
        else:
            path += slash + one
    return path


def split(p):
    path, slash, _, _ = _path(p)
    end = path.rfind(slash) + 1
    head, tail = path[:end], path[end:]
    return head.rstrip(slash) or head, tail


def splitext(p):
    path, slash, dot, _ = _path(p)
    name = path.rfind(slash) + 1
    at = path.rfind(dot)
    if at < name or not path[name:at].strip(dot):
        at = len(path)  # dots at the start belong to the name
    return path[:at], path[at:]


def splitdrive(p):
    path = _path(p)[0]
    return path[:0], path


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def normpath(path):
    path, slash, dot, up = _path(path)
    if not path:
        return dot
    start = len(path) - len(path.lstrip(slash))
    start = 2 if start == 2 else min(start, 1)  # two slashes mean something else than one, or three
    kept = []
    for one in path.split(slash):
        if not one or one == dot:
            continue
        if one != up or (not start and not kept) or (kept and kept[-1] == up):
            kept.append(one)
        elif kept:
            kept.pop()
    return slash * start + slash.join(kept) or dot


def abspath(path):
    path = _path(path)[0]
    if not isabs(path):
        folder = _os().getcwd()
        path = join(folder.encode() if isinstance(path, bytes) else folder, path)
    return normpath(path)


def realpath(filename, *, strict=False):
    if strict:
        _os().stat(filename)
    return abspath(filename)


def _parts(path, slash):
    return [one for one in abspath(path).split(slash) if one]


def relpath(path, start=None):
    if not path:
        raise ValueError("no path specified")
    path, slash, dot, up = _path(path)
    start = dot if start is None else _same(path, (start,))[0]
    begin, parts = _parts(start, slash), _parts(path, slash)
    shared = len(commonprefix([begin, parts]))
    return slash.join([up] * (len(begin) - shared) + parts[shared:]) or dot


def commonprefix(m):
    if not m:
        return ""
    if not isinstance(m[0], (list, tuple)):
        m = [_path(one)[0] for one in m]
    low, high = min(m), max(m)
    for at in range(len(low)):
        if low[at] != high[at]:
            return low[:at]
    return low


def commonpath(paths):
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    first, slash, dot, _ = _path(next(iter(paths)))
    found = _same(first, paths)
    root = first.startswith(slash)
    if any(one.startswith(slash) != root for one in found):
        raise ValueError("Can't mix absolute and relative paths")
    parts = [[one for one in path.split(slash) if one and one != dot] for path in found]
    return (slash if root else slash[:0]) + slash.join(commonprefix(parts))


def expanduser(path):
    path, slash, _, _ = _path(path)
    if not path.startswith("~" if isinstance(path, str) else b"~"):
        return path
    home = _os().environ.get("HOME")
    if home is None or (len(path) > 1 and path[1:2] != slash):
        return path  # of no other user is known where they live
    home = (home.encode() if isinstance(path, bytes) else home).rstrip(slash)
    return home + path[1:] or slash


def expandvars(path):
    path = _path(path)[0]
    if isinstance(path, bytes):
        return expandvars(path.decode()).encode()
    known, made, at = _os().environ, "", 0
    while at < len(path):
        end = at + 1
        name = None
        if path[at] == "$" and path[end : end + 1] == "{":
            close = path.find("}", end)
            if close >= 0:
                name, end = path[end + 1 : close], close + 1
        elif path[at] == "$":
            while end < len(path) and (
                path[end] == "_" or path[end].isalpha() or path[end].isdigit()
            ):
                end += 1
            name = path[at + 1 : end]
        made += known.get(name, path[at:end]) if name else path[at:end]
        at = end
    return made


def _kind(path):
    """The kind of a file, of those of its mode; 0 if there is none."""
    try:
        return _os().stat(path)[0] & 0xF000
    except (OSError, ValueError):
        return 0


def exists(path):
    return _kind(path) != 0


lexists = exists


def isfile(path):
    return _kind(path) == 0x8000


def isdir(s):
    return _kind(s) == 0x4000


def islink(path):
    return False


def ismount(path):
    return abspath(path) == _path(path)[1]


def getsize(filename):
    return _os().stat(filename)[6]


def getatime(filename):
    return _os().stat(filename)[7]


def getmtime(filename):
    return _os().stat(filename)[8]


def getctime(filename):
    return _os().stat(filename)[9]


def samefile(f1, f2):
    return samestat(_os().stat(f1), _os().stat(f2)) and abspath(f1) == abspath(f2)


def samestat(s1, s2):
    return s1[1:3] == s2[1:3]


def sameopenfile(fp1, fp2):
    return fp1 == fp2
