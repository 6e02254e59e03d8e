"""A key-value store in memory: what `kv_rw_mem()` in config.py gives to `start`. It is lost at the
end."""

import gc
import time

from mirage.kv import DICTIONARY, VALUE, NoSpace, Writer


class Memory(Writer):
    """Dictionaries of dictionaries; a value is a list of its bytes and of when it was written."""

    def __init__(self) -> None:
        self._root = {}

    def _node(self, key):
        node = self._root
        for part in key.split("/") if key else ():
            node = node.get(part) if isinstance(node, dict) else None
            if node is None:
                return None
        return node

    def _parent(self, key):
        """The dictionary that a key is in, made if it is not there, and its name in it."""
        parts = key.split("/")
        node = self._root
        for part in parts[:-1]:
            node = node.setdefault(part, {})
        return node, parts[-1]

    def _stat(self, key):
        node = self._node(key)
        if node is None:
            return None
        if isinstance(node, dict):
            return DICTIONARY, 0, 0
        return VALUE, len(node[0]), node[1]

    def _read(self, key, offset, length):
        value = self._node(key)[0]
        # Whole, it is not copied: bytes do not change.
        return value if length == len(value) else value[offset : offset + length]

    def _list(self, key):
        return [
            (name, DICTIONARY if isinstance(node, dict) else VALUE)
            for name, node in self._node(key).items()
        ]

    def _write(self, key, data):
        try:
            value = [bytes(data), time.time_ns()]
        except MemoryError:
            raise NoSpace("/" + key) from None
        parent, name = self._parent(key)
        parent[name] = value

    def _patch(self, key, offset, data):
        old = self._node(key)[0]
        self._write(key, old[:offset] + bytes(data) + old[offset + len(data) :])

    def _make(self, key):
        parent, name = self._parent(key)
        parent[name] = {}

    def _room(self):
        free = gc.mem_free()
        return 1, free + gc.mem_alloc(), free

    def _delete(self, key):
        parent, name = self._parent(key)
        del parent[name]

    def _move(self, source, dest):
        node = self._node(source)
        self._delete(source)
        parent, name = self._parent(dest)
        parent[name] = node


def connect() -> Memory:
    """A store with nothing in it."""
    return Memory()
