"""Directories embedded in the image: what `crunch` in config.py gives to `start`.

The files are where the image was loaded, and are read there: `get` gives a memoryview of them
without a copy. Finding one takes the same time whatever their number.
"""

import _crunch
from mirage.kv import DICTIONARY, VALUE, NotFound, Reader, normal


class Crunch(Reader):
    """The files of a directory of the host, as they were when the image was built."""

    constant = True

    def __init__(self, name: str) -> None:
        self.name = name
        self._number = _crunch.directory(name)

    async def get(self, key: str) -> memoryview:
        """The value, a memoryview of the image's own memory. Raises NotFound, ValueExpected."""
        found = _crunch.get(self._number, key)
        if found is None:
            key = normal(key)
            self._value(key)
            found = _crunch.get(self._number, key)
        return found

    async def digest(self, key: str) -> bytes:
        """The sha256, made when the image was built: of a value, or of all that is below a
        dictionary. Raises NotFound."""
        return bytes(_crunch.digest(self._number, self._entry(normal(key))))

    def _entry(self, key):
        entry = _crunch.find(self._number, key)
        if entry < 0:
            raise NotFound("/" + key)
        return entry

    def _stat(self, key):
        number, entry = self._number, _crunch.find(self._number, key)
        if entry < 0:
            return None
        kind = VALUE if _crunch.is_value(number, entry) else DICTIONARY
        return kind, _crunch.size(number, entry), _crunch.modified(number, entry)

    def _read(self, key, offset, length):
        return _crunch.get(self._number, key)[offset : offset + length]

    def _list(self, key):
        number, entry = self._number, _crunch.find(self._number, key)
        first = _crunch.first(number, entry)
        for each in range(first, first + _crunch.size(number, entry)):
            yield (
                _crunch.name(number, each),
                VALUE if _crunch.is_value(number, each) else DICTIONARY,
            )


def connect(name: str) -> Crunch:
    """The directory that config.py embeds under that name."""
    return Crunch(name)
