import fsspec
from fsspec.implementations.memory import MemoryFileSystem


def start():
    files = MemoryFileSystem()
    with files.open("/a/b.txt", "wb") as out:
        out.write(b"hello")
    print(
        files.ls("/a", detail=False),
        files.cat("/a/b.txt"),
        files.exists("/c"),
        fsspec.filesystem("memory").info("/a/b.txt")["size"],
    )
