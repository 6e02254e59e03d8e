"""Git's packs on a block device as key-value stores: what `docteur` in config.py gives to `start`.

Every object is compared with the SHA-1 that it is called by when it is read (pack.py). `Fast` knows
the layout of all directories from the start, `Light` looks for each key anew and keeps nothing.
"""

from mirage.docteur.pack import BLOB, COMMIT, DIGEST, TREE, BadPack, Damaged, Objects
from mirage.kv import DICTIONARY, VALUE, Reader

if False:  # for type checkers
    from mirage.block import Device

__all__ = ["BadPack", "Fast", "Light", "connect"]


def _lines(data):
    """The words of each line that a commit begins with."""
    for line in bytes(data).split(b"\n\n", 1)[0].split(b"\n"):
        yield line.split(b" ")


def _entries(data):
    """Of a tree: name, VALUE or DICTIONARY, SHA-1. Links and other repositories are left out."""
    data, at = bytes(data), 0
    while at < len(data):
        space = data.find(b" ", at)
        zero = data.find(b"\0", space)
        end = zero + 1 + DIGEST
        if space < 0 or zero < 0 or end > len(data):
            raise Damaged("a directory cannot be read")
        mode = int(data[at:space], 8) & 0o170000
        if mode in (0o040000, 0o100000):
            kind = DICTIONARY if mode == 0o040000 else VALUE
            yield str(data[space + 1 : zero], "utf-8"), kind, data[zero + 1 : end]
        at = end


class Light(Reader):
    """The files of a commit. A key is looked for in all the directories that lead to it."""

    constant = True

    def __init__(self, device: Device, analyze: bool = True) -> None:
        self._objects = Objects(device)
        self.name: str = device.name
        if analyze:
            self._objects.verify()
        self.commit: bytes = self._objects.commit
        """The SHA-1 of the commit."""
        self._part = None, b""
        self._root, self._modified = self._head()

    def _head(self):
        """The tree of the commit, and when that was made, in nanoseconds since 1970."""
        root, seconds = None, 0
        try:
            for words in _lines(self._objects.get(self.commit, COMMIT)):
                if words[0] == b"tree":
                    root = bytes(int(words[1][at : at + 2], 16) for at in range(0, 40, 2))
                elif words[0] == b"committer":
                    seconds = int(words[-2])
        except (ValueError, IndexError):
            root = None
        if root is None:
            raise self._objects.damaged("its commit cannot be read")
        return root, seconds * 1_000_000_000

    def _tree(self, name):
        """The entries of the tree of a SHA-1."""
        data = self._objects.get(name, TREE)
        try:
            return list(_entries(data))
        except (Damaged, ValueError) as error:
            raise self._objects.damaged(error) from None

    def _find(self, key):
        """VALUE or DICTIONARY and the SHA-1 of what a key names, or None."""
        kind, name = DICTIONARY, self._root
        for part in key.split("/") if key else ():
            if kind != DICTIONARY:
                return None
            for entry in self._tree(name):
                if entry[0] == part:
                    kind, name = entry[1:]
                    break
            else:
                return None
        return kind, name

    def _stat(self, key):
        found = self._find(key)
        if found is None:
            return None
        kind, name = found
        return kind, self._objects.size(name) if kind == VALUE else 0, self._modified

    def _read(self, key, offset, length):
        name = self._find(key)[1]
        kept, data = self._part
        if kept != name:
            data = self._objects.get(name, BLOB)
        # What is read in parts is unpacked once.
        self._part = (name, data) if offset + length < len(data) else (None, b"")
        return data[offset : offset + length]

    def _list(self, key):
        for name, kind, _ in self._tree(self._find(key)[1]):
            yield name, kind


class Fast(Light):
    """The files of a commit, the layout of all its directories kept in memory."""

    def __init__(self, device: Device, analyze: bool = True) -> None:
        super().__init__(device, analyze)
        self._layout = {"": (DICTIONARY, self._root)}
        waiting = [("", self._root)]
        while waiting:
            above, tree = waiting.pop()
            for part, kind, name in self._tree(tree):
                key = above + part
                self._layout[key] = kind, name
                if kind == DICTIONARY:
                    waiting.append((key + "/", name))

    def _find(self, key):
        return self._layout.get(key)


def connect(device: Device, mode: str = "fast", analyze: bool = True) -> Light:
    """The files of the commit on a block device. Raises BadPack."""
    return (Light if mode == "light" else Fast)(device, analyze)
