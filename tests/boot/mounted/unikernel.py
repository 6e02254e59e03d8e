"""What ordinary code does with files, on each store: a unikernel's program. It prints a line for
each store: what each operation gave, `-` for nothing, or the number of its error."""

import os
from mirage.kv import files


def read(path, mode="r"):
    with open(path, mode) as file:
        return file.read()


def lines(path):
    with open(path) as file:
        return file.readline().strip(), file.tell(), [line.strip() for line in file]


def write(path, mode, text, at=None):
    with open(path, mode) as file:
        if at is not None:
            file.seek(at)
        print(text, file=file, end="")
    return read(path)


def update(path):
    with open(path, "r+") as file:
        first = file.read(1)
        file.write("N")
        file.seek(0)
        return first + file.read()


def end(path):
    file = open(path)
    file.close()
    return file.read()


def tried(operation):
    try:
        found = operation()
    except OSError as error:
        return error.errno
    except ValueError:
        return "ValueError"
    return "-" if found is None else found


READ = [
    ("read", lambda: read("a")),
    ("binary", lambda: read("a", "rb")),
    ("lines", lambda: lines("a")),
    ("none", lambda: read("none")),
    ("below", lambda: read("a/b")),
    ("dir", lambda: read("sub")),
    ("closed", lambda: end("a")),
    ("mode", lambda: open("a", "q")),
    ("write", lambda: open("a").write("x")),
    ("stat", lambda: os.stat("a")[6]),
    ("stat", lambda: os.stat("sub")[0]),
    ("stat", lambda: os.stat("none")),
    ("list", lambda: sorted(os.listdir())),
    ("list", lambda: os.listdir("a")),
    ("ilist", lambda: sorted(one[:2] for one in os.ilistdir("sub"))),
    ("chdir", lambda: os.chdir("sub")),
    ("chdir", lambda: read("b") + read("../a")[:3]),
    ("chdir", lambda: os.chdir("..")),
    ("chdir", lambda: os.chdir("a")),
    ("statvfs", lambda: len(os.statvfs(""))),
]
WRITE = [
    ("w", lambda: write("new", "w", "text")),
    ("wb", lambda: write("sub/bin", "wb", "text")),
    ("w+", lambda: write("plus", "w+", "text", 0)),
    ("x", lambda: write("made", "x", "text")),
    ("x", lambda: write("made", "x", "text")),
    ("a", lambda: write("a", "a", "end")),
    ("a+", lambda: write("a", "a+", "more", 0)),
    ("r+", lambda: update("new")),
    ("again", lambda: write("new", "w", "again")),
    ("w", lambda: open("none/new", "w")),
    ("w", lambda: open("sub", "w")),
    ("w", lambda: open("n" * 300, "w")),
    ("read", lambda: open("other", "w").read()),
    ("mkdir", lambda: os.mkdir("dir")),
    ("mkdir", lambda: os.mkdir("dir")),
    ("mkdir", lambda: os.mkdir("none/dir")),
    ("rmdir", lambda: os.rmdir("sub")),
    ("rmdir", lambda: os.rmdir("new")),
    ("rmdir", lambda: os.rmdir("none")),
    ("remove", lambda: os.remove("sub")),
    ("remove", lambda: os.remove("none")),
    ("rmdir", lambda: os.rmdir("dir")),
    ("rename", lambda: os.rename("made", "moved")),
    ("rename", lambda: os.rename("none", "x")),
    ("rename", lambda: os.rename("moved", "none/x")),
    ("rename", lambda: os.rename("moved", "sub")),
    ("rename", lambda: os.rename("sub", "sub/x")),
    ("rename", lambda: os.rename("moved", "new")),
    ("remove", lambda: os.remove("plus")),
    ("left", lambda: open("left", "w").write("left") and read("left")),
    ("list", lambda: sorted(os.listdir())),
]


def start(*stores):
    for store, place in zip(stores, PLACES):
        files.mount(store, place)
        if place == "/memory":
            for name in ("a", "sub/b"):
                store._write(name, b"one\ntwo\n" if name == "a" else b"below")
        print(place, tried(lambda: files.mount(store, place)))
        os.chdir(place)
        for kind, operations in (("read", READ), ("write", WRITE)):
            for name, operation in operations:
                print(kind, name, repr(tried(operation)))
        os.chdir("/")
    print(sorted(os.listdir("/")))
