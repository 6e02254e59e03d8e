"""What CPython and an image print alike: paths as text."""

import os.path
from os import path as same

PATHS = (
    "", ".", "..", "/", "//", "///", "a", "a/", "/a", "//a", "///a", "a/b", "a//b/", "/a/../..", "../..", "./a/./b",
    "a/../../b", ".bashrc", "a.tar.gz", "..x", "a.b/c", "a/.b.c", "~", "~/a", "$X/a", "a$", "${X", "é/ü.txt",
)  # fmt: skip
FUNCTIONS = (
    "basename", "dirname", "isabs", "normpath", "normcase", "split", "splitext", "splitdrive", "expandvars", "exists",
    "isfile", "islink",
)  # fmt: skip


def start():
    for path in PATHS:
        for name in FUNCTIONS:
            function = getattr(os.path, name)
            if name in ("exists", "isfile", "islink") and path.strip("./"):
                path = "/no/such/file"
            elif name.startswith(("exists", "is")) and name != "isabs":
                continue
            print(name, repr(path), function(path))
            if name not in ("exists", "isfile", "islink"):
                print(function(path.encode()))
        for other in PATHS:
            print(os.path.join(path, other), os.path.join("x", path, other))
    for path in ("a", "a/b/c", "/a", "/a/b"):
        for begin in ("/", "/a/b", "/x/y"):
            print(os.path.relpath("/" + path, begin), os.path.isabs(os.path.abspath(path)))
    print(os.path.commonpath(["/a/b/c", "/a/b", "/a/bc"]), os.path.commonpath(["a//b", "a/c/./d"]))
    print(os.path.commonprefix(["abc", "abd"]), os.path.commonprefix([]))
    print(same.join("a", "b"), os.path.sep, os.path.pardir, os.sep, os.linesep == "\n")
    os.environ["X"] = "of x"
    print(os.path.expandvars("$X ${X} $Y $Xa $"), os.getenv("X"), os.fspath("a"))
    print(os.path.join(Path(), "b"), os.path.basename(Path()))
    refused(lambda: os.path.join("a", b"b"))
    refused(lambda: os.path.join("a", 3))
    refused(lambda: os.path.relpath(""))
    refused(lambda: os.path.commonpath(["a", "/a"]))
    refused(lambda: os.path.commonpath([]))
    refused(lambda: os.path.getsize("/no/such/file"))


class Path:
    def __fspath__(self):
        return "of/path"


def refused(call):
    try:
        print(call())
    except (TypeError, ValueError) as error:
        print(type(error).__name__)
    except OSError as error:
        print("OSError", error.errno)


if __name__ == "__main__":
    start()
