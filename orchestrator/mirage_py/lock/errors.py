"""What can be wrong with a lock, or with what it pins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirage_py.support.errors import MirageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from mirage_py.dsl.package import Package
    from mirage_py.lock.model import LockedSource

AGAIN = "run `mirage-py lock` and commit the result"


class UnresolvedOffline(MirageError):
    """With --offline, packages that were never resolved."""

    def __init__(self, requirements: Sequence[str]) -> None:
        asked = ", ".join(f"`{one}`" for one in requirements)
        super().__init__(
            f"the lock does not say what {asked} comes to, and --offline was given",
            hint="run `mirage-py lock` once with a network, and commit the result",
        )


class NoPackageFolder(MirageError):
    """A package that is pinned to a folder that is not there, or has no package."""

    def __init__(self, package: Package, what: str) -> None:
        super().__init__(
            f"package `{package.name}` is pinned to `{package.pin}`, which {what}",
            position=package.position,
            hint="a folder is named relative to that of config.py; a repository is named "
            '`pin="git+URL@REVISION"`, and a version `pin="==2.0"`',
        )


class OtherPackage(MirageError):
    """A package that is pinned to a place where another is."""

    def __init__(self, package: Package, there: Sequence[str]) -> None:
        what = ", ".join(f"`{one}`" for one in there) or "no package of that name"
        super().__init__(
            f"package `{package.name}` is pinned to `{package.pin}`, where {what} is",
            position=package.position,
            hint=f'did you mean `package("{there[0]}", pin="{package.pin}")`?'
            if len(there) == 1
            else "the name is that of the project which is there, as its pyproject.toml says",
        )


class PackageNotHashed(MirageError):
    """An index that gives no sha256."""

    def __init__(self, name: str, version: str, file: str) -> None:
        super().__init__(
            f"no sha256 is known of {file} (`{name}` {version}), so it cannot be locked",
            hint="take it from an index that gives hashes (PEP 503), or pin it to a folder",
        )


class LockUnreadable(MirageError):
    """A lock file that does not say what it must."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            f"the lock file {path} cannot be read: {what}",
            hint="bring it back from version control, or remove it and run `mirage-py lock`",
        )


class LockUnmerged(MirageError):
    """A lock file that two branches have changed."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(
            f"the lock file {path} has marks of a merge, from line {line} on",
            hint=f"take that of either branch (`git checkout --ours {path.name}`), and run "
            "`mirage-py lock`, which adds what config.py asks for besides",
        )


class LockTooNew(MirageError):
    """A lock file in a format of a later mirage-py."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            f"{path} has format {found}; this mirage-py reads formats up to {known}",
            hint="install a newer mirage-py",
        )


class LockMissing(MirageError):
    """No lock file where one is required."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"there is no {path}, and {why}", hint=AGAIN)


class LockOutOfDate(MirageError):
    """With --locked, a lock file that would have to change."""

    def __init__(self, path: Path, changes: Sequence[str]) -> None:
        listed = "\n".join(f"  {change}" for change in changes)
        super().__init__(
            f"{path} is out of date, and --locked was given; it would change:\n{listed}",
            hint=AGAIN,
        )


class ToolchainDiffers(MirageError):
    """With --locked, another toolchain than the locked one."""

    def __init__(self, differences: Sequence[str]) -> None:
        super().__init__(
            "this machine's toolchain is not the locked one, and --locked was given\n"
            + "\n".join(f"  {difference}" for difference in differences),
            hint="install the locked one (or name it with MIRAGE_PY_CC), or take this one into "
            "the lock with `mirage-py lock --upgrade toolchain`",
        )


class NotCarried(MirageError):
    """The lock pins sources that this mirage-py has no recipe for: why, by their names."""

    def __init__(self, unfit: Mapping[str, Sequence[str]]) -> None:
        listed = "\n".join(f"  {difference}" for found in unfit.values() for difference in found)
        super().__init__(
            f"the lock pins sources as this mirage-py does not build them:\n{listed}",
            hint=f"run `mirage-py lock --upgrade {' '.join(unfit)}` to take what it does build, "
            "or use the mirage-py that made the lock",
        )


class BadCompiler(MirageError):
    """MIRAGE_PY_CC that names no C compiler."""

    def __init__(self, command: str, why: str) -> None:
        super().__init__(
            f"`{command}` is not the command of a C compiler: {why}",
            hint="MIRAGE_PY_CC names one, as in `gcc-12` or `ccache gcc`",
        )


class UnknownUpgrade(MirageError):
    """`--upgrade` of something that is not in the lock."""

    def __init__(self, name: str, known: Iterable[str], packages: Iterable[str]) -> None:
        own, ours = (", ".join(f"`{one}`" for one in sorted(some)) for some in (packages, known))
        held = f"the packages {own}, and " if own else ""
        super().__init__(f"there is no `{name}` to upgrade", hint=f"the lock has {held}{ours}")


class VendorMissing(MirageError):
    """vendor/ is used, but not for all sources."""

    def __init__(self, source: LockedSource, folder: Path) -> None:
        super().__init__(
            f"source `{source.name}` {source.version} is not in {folder.parent}, which this "
            "project builds from",
            hint="run `mirage-py pull --vendor`",
        )


class VendorOutdated(MirageError):
    """A tree in vendor/ that was made of something else than the lock pins."""

    def __init__(self, source: LockedSource, folder: Path, found: str, expected: str) -> None:
        super().__init__(
            f"{folder} is not what the lock pins as `{source.name}` {source.version}\n"
            f"  expected tree {expected}\n  found    tree {found}",
            hint="run `mirage-py pull --vendor`",
        )


class VendorForeign(MirageError):
    """Something stands where a vendored tree should go."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} is there already and was not made by `mirage-py pull --vendor`",
            hint="move it elsewhere, and try again",
        )


class VendorChanged(MirageError):
    """Files of a tree in vendor/ that are not as they were pulled."""

    def __init__(
        self, source: LockedSource, folder: Path, changes: Sequence[str], sha256: str
    ) -> None:
        shown = 10
        listed = "\n".join(f"  {change}" for change in changes[:shown])
        rest = f"\n  and {len(changes) - shown} more" if len(changes) > shown else ""
        if source.place != source.name:
            super().__init__(
                f"package `{source.name}`: {folder} was changed since then\n{listed}{rest}",
                hint=f"to undo it, remove {folder} and run `mirage-py pull --vendor`\n"
                "to build the folder as it is, move it out of vendor/ and name it in config.py: "
                f'`package("{source.name}", pin="WHERE IT IS NOW")`',
            )
            return
        patched = " and take its patches away" if source.patches else ""
        super().__init__(
            f"source `{source.name}`: {folder} was changed since it was pulled\n{listed}{rest}",
            hint=f"to undo it, remove {folder} and run `mirage-py pull --vendor`\n"
            "to keep it as a patch, write the difference (`git diff`, or `diff -ru OLD NEW`, with "
            f"names below a/ and b/) to {source.folder / 'patches'}/\n"
            f"to build the folder as it is, move it out of vendor/ and put a `path` pin first in "
            f"{source.folder / 'vendor.toml'}{patched}:\n"
            '    [[origin]]\n    kind = "path"\n    path = "WHERE IT IS NOW"\n'
            f'    sha256 = "{sha256}"\n'
            f"then run `mirage-py lock --upgrade {source.name}`",
        )
