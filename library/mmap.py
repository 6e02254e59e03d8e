"""Files as memory, which an image has none of: the module is there for packages that ask for it and go on
without."""

error = OSError
ACCESS_DEFAULT, ACCESS_READ, ACCESS_WRITE, ACCESS_COPY = 0, 1, 2, 3
PAGESIZE = ALLOCATIONGRANULARITY = 4096


class mmap:
    def __init__(self, *_, **__):
        raise OSError(38, "an image maps no files")
