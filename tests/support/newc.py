"""Archives in the `newc` format of cpio, which is what a Linux kernel unpacks as its first files.

archive = Archive()
archive.add("bin/busybox", content, mode=0o755)
path.write_bytes(archive.finish())
"""

from __future__ import annotations

import stat

TRAILER = "TRAILER!!!"


class Archive:
    """Files and folders, in the order in which they are added."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._folders: set[str] = set()
        self._number = 0

    def add(self, path: str, content: bytes, mode: int = 0o644) -> None:
        """A file, and the folders that it is in."""
        parts = path.split("/")
        for depth in range(1, len(parts)):
            self.folder("/".join(parts[:depth]))
        self._entry(path, stat.S_IFREG | mode, content)

    def folder(self, path: str) -> None:
        """A folder, unless it is there."""
        if path not in self._folders:
            self._folders.add(path)
            self._entry(path, stat.S_IFDIR | 0o755, b"")

    def finish(self) -> bytes:
        """The archive's bytes."""
        self._entry(TRAILER, 0, b"")
        return bytes(self._data)

    def _entry(self, path: str, mode: int, content: bytes) -> None:
        name = path.encode() + b"\0"
        self._number += 1
        fields = [
            self._number, mode, 0, 0,  # inode, mode, owner, group
            1, 0, len(content),  # links, time, size
            0, 0, 0, 0,  # device it is on, device it is
            len(name), 0,  # no checksum
        ]  # fmt: skip
        header = b"070701" + b"".join(b"%08x" % field for field in fields)
        for part in (header + name, content):
            self._data += part + bytes(-len(part) % 4)
