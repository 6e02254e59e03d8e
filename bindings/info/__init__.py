"""What this image is and is made of, as it was when it was built.

    from mirage import info
    for library in info.libraries:
        print(library.name, library.version, library.licence)

It is compiled in only where it is imported.
"""

from collections import namedtuple

import _info

if False:  # for type checkers
    from typing import NamedTuple

    class Library(NamedTuple):
        name: str
        version: str
        licence: str


Library = namedtuple("Library", ("name", "version", "licence"))

name: str = _info.NAME
"""As config.py registers it; `mirage.args.name()` is what it is called at this boot."""

target: str = _info.TARGET

libraries: tuple[Library, ...] = tuple(Library(*one) for one in _info.LIBRARIES)
"""mirage-py itself, then every vendored source that is linked and every package, from the lock; a
licence is an SPDX expression."""
