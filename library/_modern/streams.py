"""What files in memory have besides reading and writing."""


def _is_closed(self):
    try:
        self.tell()
    except ValueError:
        return True
    return False


def _can(self):
    self.tell()  # it says whether the file is closed
    return True


def _cannot(self):
    self.tell()
    return False


def _unsupported(name):
    def refuse(self):
        from io import UnsupportedOperation

        raise UnsupportedOperation(name)

    return refuse


def read_lines(self, hint=-1):
    """The lines up to that one in which `hint` characters are passed; all if there is no hint."""
    if hint is None or hint <= 0:
        return list(self)
    found, size = [], 0
    for line in self:
        found.append(line)
        size += len(line)
        if size >= hint:
            break
    return found


def _write_lines(self, lines):
    _can(self)
    for one in lines:
        self.write(one)


IN_MEMORY = {
    "readlines": read_lines, "writelines": _write_lines, "__iter__": iter, "closed": property(_is_closed),
    "seekable": _can, "readable": _can, "writable": _can, "isatty": _cannot, "fileno": _unsupported("fileno"),
    "detach": _unsupported("detach"), "__next__": next,
}  # fmt: skip
