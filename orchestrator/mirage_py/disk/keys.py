"""Keys of what is on a disk, as the command is given them."""

from __future__ import annotations

from mirage_py.support.errors import MirageError


class BadKey(MirageError):
    exit_code = 2

    def __init__(self, key: str, why: str) -> None:
        super().__init__(
            f"`{key.encode(errors='replace').decode()}` is no key: {why}",
            hint="a key is a path on the disk: names with slashes between, as in `etc/hosts`",
        )


def checked(key: str, longest: int, forbidden: str) -> str:
    """The key without slashes that say nothing. Its names have at most `longest` bytes, and no
    character of `forbidden`. Raises BadKey."""
    parts = [part for part in key.split("/") if part]
    if not parts:
        raise BadKey(key, "it names nothing")
    for part in parts:
        if part in {".", ".."}:
            raise BadKey(key, f"`{part}` is no name")
        try:
            size = len(part.encode())
        except UnicodeEncodeError:
            raise BadKey(key, "it is not UTF-8") from None
        if size > longest:
            raise BadKey(key, f"a name has at most {longest} bytes here, and one has {size}")
        found = [one for one in part if one in forbidden or one == "\0"]
        if found:
            raise BadKey(key, f"a name has no {found[0]!r} here")
    return "/".join(parts)
