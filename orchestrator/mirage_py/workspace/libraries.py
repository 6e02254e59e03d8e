"""C libraries of the user's, by pkg-config: what compiles and links native code with them."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pkgconf

from mirage_py.support import process
from mirage_py.support.errors import MirageError, ToolFailed

if TYPE_CHECKING:
    from mirage_py.graph.model import CLibrary, Graph

SHARED = ("/usr/local/share/pkgconfig", "/usr/share/pkgconfig")
"""Where the host has what is no machine code of its own: libraries of headers alone."""
PATH = "PKG_CONFIG_PATH"


@dataclass(frozen=True)
class Flags:
    """What the C compiler is told for libraries."""

    compile: tuple[str, ...] = ()
    link: tuple[str, ...] = ()


class NoLibrary(MirageError):
    """A C library that pkg-config does not know, or cannot use."""

    def __init__(self, library: CLibrary, searched: str, said: str) -> None:
        super().__init__(
            f"pkg-config gives no flags for `{library.name}`: {said}",
            position=library.position,
            hint=f"it looks in {searched}; {PATH} names further folders of .pc files. A library of "
            "the host, which needs an operating system, is none for an image",
        )


def flags(graph: Graph) -> Flags:
    """The flags of all libraries of `graph`. Raises NoLibrary."""
    every = [(asked(one, "--cflags"), asked(one, "--libs")) for one in graph.c_libraries]
    return Flags(
        tuple(word for compile_, _ in every for word in compile_),
        tuple(word for _, link in every for word in link),
    )


def asked(library: CLibrary, what: str) -> list[str]:
    """The words that pkg-config answers."""
    searched = os.pathsep.join([*filter(None, [os.environ.get(PATH)]), *SHARED])
    argv = [str(pkgconf.get_executable()), "--static", "--print-errors", what, library.name]
    try:
        said = process.run(argv, env={"PKG_CONFIG_LIBDIR": searched})
    except ToolFailed as error:
        first = error.output.strip().partition("\n")[0]
        raise NoLibrary(library, searched, first) from None
    return shlex.split(said)
