"""Answers that are remembered as long as they may be."""

from mirage import mtime

if False:  # for type checkers
    from typing import Any

_SECOND = 1_000_000_000
MOST: int = 86_400
"""Seconds that anything is remembered (RFC 8767 tells why servers say more, wrongly)."""


class Cache:
    """At most `size` answers; those that are used least go first."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._entries = {}
        self._uses = 0

    def get(self, key: tuple[str, int]) -> Any:
        """What was put there, None if it is too old, or not there."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        if entry[0] <= mtime.elapsed_ns():
            del self._entries[key]
            return None
        self._uses += 1
        entry[1] = self._uses
        return entry[2]

    def put(self, key: tuple[str, int], value: Any, seconds: int) -> None:
        """Remember `value`, which is not None, for so many seconds."""
        if seconds <= 0 or self.size <= 0:
            return
        if key not in self._entries and len(self._entries) >= self.size:
            del self._entries[min(self._entries, key=lambda one: self._entries[one][1])]
        self._uses += 1
        end = mtime.elapsed_ns() + min(seconds, MOST) * _SECOND
        self._entries[key] = [end, self._uses, value]

    def __len__(self) -> int:
        return len(self._entries)
