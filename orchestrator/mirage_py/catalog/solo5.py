"""An installed official Solo5 as a place to take targets from: `--solo5 system`.

It is found by its compiler wrapper, which links an image when it is given `-z solo5-abi=ABI`. What
is an ABI there is a target here; those that have no folder of ours are only to be had this way.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mirage_py.catalog.targets import Target
from mirage_py.support.errors import MirageError

if TYPE_CHECKING:
    from collections.abc import Mapping

TRIPLE = "{arch}-solo5-none-static"
DEFAULT_ARCH = "x86_64"
LIBRARY = "solo5_{abi}.o"
STUB = "stub"
"""What looks like an ABI and is there for configure scripts."""

BEYOND_OURS = {"muen": ("console", "clock", "net"), "xen": ("console", "clock")}
"""What Solo5 supports on targets without a folder here."""
LEAST_MEMORY = 2


class NoSolo5(MirageError):
    """No official Solo5 is installed."""

    def __init__(self, program: str) -> None:
        super().__init__(
            f"`--solo5 system` links with an installed Solo5, and `{program}` was not found",
            hint="`opam install solo5 && eval $(opam env)`; or from its source, "
            "https://github.com/Solo5/solo5: `./configure.sh && make && sudo make install`",
        )


class NoSuchAbi(MirageError):
    """A target that the installed Solo5 does not have."""

    def __init__(self, target: str, available: list[str], program: Path) -> None:
        names = ", ".join(f"`{name}`" for name in available) or "none"
        super().__init__(
            f"the installed Solo5 has no target `{target}`",
            hint=f"it has {names} ({program}); leave out `--solo5 system` for targets of our own",
        )


def system_target(name: str, known: Mapping[str, Target]) -> Target:
    """The target `name` as the installed Solo5 has it. Raises NoSolo5 and NoSuchAbi."""
    ours = known.get(name)
    triple = TRIPLE.format(arch=ours.arches[0] if ours else DEFAULT_ARCH)
    found = shutil.which(f"{triple}-cc")
    if found is None:
        raise NoSolo5(f"{triple}-cc")
    available = abis(Path(found), triple)
    if name not in available or not (ours or name in BEYOND_OURS):
        raise NoSuchAbi(name, available, Path(found))
    if ours is None:
        ours = Target(
            name=name,
            folder=Path(found).parent,
            abi=name,
            abi_version=0,
            provides=BEYOND_OURS[name],
            arches=(DEFAULT_ARCH,),
            sources=(),
            link_script=Path(found),
            min_memory=LEAST_MEMORY,
            official_tender=None,
        )
    return replace(ours, sources=(), solo5=Path(found))


def abis(program: Path, triple: str) -> list[str]:
    """What the wrapper can link for: it keeps a library for each beside itself."""
    prefix, _, suffix = LIBRARY.partition("{abi}")
    folder = program.resolve().parent.parent / "lib" / triple
    names = {
        path.name.removeprefix(prefix).removesuffix(suffix)
        for path in folder.glob(LIBRARY.format(abi="*"))
    }
    return sorted(names - {STUB})
