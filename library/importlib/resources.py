"""Files of packages: those that were put into the image beside a package's modules."""

import _resources

_ZONE = b"TZif2" + bytes(31) + b"\0\0\0\1\0\0\0\4" + bytes(6) + b"UTC\0"
"""A zone's data (RFC 8536) without transitions: one type of time, and its name."""
ALWAYS = dict.fromkeys(("tzdata/zoneinfo/UTC", "tzdata/zoneinfo/Etc/UTC"), _ZONE * 2 + b"\nUTC0\n")
"""What is found without the package that has it: UTC needs no table of zones."""


class _File:
    """A file, or a folder, of a package."""

    def __init__(self, parts):
        self._parts = parts
        self.name = parts[-1]

    def joinpath(self, *names):
        found = self._parts
        for one in names:
            found = found + tuple(str(one).split("/"))
        return _File(found)

    __truediv__ = joinpath

    def read_bytes(self):
        path = "/".join(self._parts)
        found = _resources.FILES.get(path, ALWAYS.get(path))
        if found is None:
            raise FileNotFoundError(2, "No such file or directory: " + "/".join(self._parts))
        return found

    def read_text(self, encoding="utf-8", errors="strict"):
        return self.read_bytes().decode(encoding, errors)

    def is_file(self):
        return "/".join(self._parts) in _resources.FILES

    def is_dir(self):
        start = "/".join(self._parts) + "/"
        return any(one.startswith(start) for one in _resources.FILES)

    def iterdir(self):
        start = "/".join(self._parts) + "/"
        below = [one[len(start) :] for one in _resources.FILES if one.startswith(start)]
        return iter(
            [self.joinpath(one) for one in sorted({one.partition("/")[0] for one in below})]
        )

    def open(self, mode="r", **named):
        import io

        return io.BytesIO(self.read_bytes()) if "b" in mode else io.StringIO(self.read_text())

    def __str__(self):
        return "/".join(self._parts)


def files(package):
    name = package if isinstance(package, str) else package.__name__
    return _File(tuple(name.split(".")))


def read_binary(package, name):
    return files(package).joinpath(name).read_bytes()


def read_text(package, name, encoding="utf-8", errors="strict"):
    return files(package).joinpath(name).read_text(encoding, errors)


def open_binary(package, name):
    return files(package).joinpath(name).open("rb")


def open_text(package, name, encoding="utf-8", errors="strict"):
    return files(package).joinpath(name).open("r")


class as_file:
    """A file's name while it is used: there is none to open."""

    def __init__(self, file):
        self._file = file

    def __enter__(self):
        return self._file

    def __exit__(self, *_):
        pass


def contents(package):
    return [one.name for one in files(package).iterdir()]


def is_resource(package, name):
    return files(package).joinpath(name).is_file()
