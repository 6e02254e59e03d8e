"""What can go wrong between an origin and a tree: one class a mistake, with its own wording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirage_py.support.errors import FULL, MirageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from mirage_py.catalog import Origin, Vendored

SHOWN = {
    "debian": "{file} of {source} {version} ({suite})",
    "pypi": "{file} of {name} {version}",
    "url": "{url}",
    "git": "commit {commit} of {url}",
    "path": "{path}",
}
"""How an origin is named in messages."""


def shown(origin: Origin) -> str:
    """The origin as messages name it."""
    return SHOWN[origin.kind].format_map(origin.where)


class OriginFailed(MirageError):
    """One origin did not give the source; the next one is tried."""

    def __init__(self, origin: Origin, where: str, reason: str, hint: str | None = None) -> None:
        super().__init__(f"{origin.kind} {where}: {reason}", hint=hint)
        self.origin = origin
        self.reason = reason


class HashMismatch(OriginFailed):
    """An origin gave something else than what was pinned."""

    def __init__(self, origin: Origin, where: str, found: str) -> None:
        reason = (
            "this is not the file that was pinned\n"
            f"    expected sha256 {origin.sha256}\n"
            f"    found    sha256 {found}"
        )
        hint = (
            "a changed file is never used: try again in case the transfer was damaged, "
            "or give the source another origin"
        )
        super().__init__(origin, where, reason, hint)
        self.found = found


class Unresolved(MirageError):
    """pip found no versions that satisfy all requirements."""

    def __init__(self, requirements: Sequence[str], why: str, *, unread: bool = False) -> None:
        """`unread`: there are indexes that did not answer."""
        asked = ", ".join(f"`{one}`" for one in requirements)
        super().__init__(
            f"pip cannot resolve {asked}\n  {why}",
            hint="see to the network and to the indexes that `pip config list` shows, and try again"
            if unread
            else "see `pip config list` for the indexes that are asked; the bounds are those of "
            "`package(...)` in config.py",
        )


class NoRevision(Unresolved):
    """A repository that git does not get, or a revision that it has not."""

    def __init__(self, requirements: Sequence[str], why: str) -> None:
        pinned = [one.partition(" @ ")[2] or one for one in requirements if "git+" in one]
        super().__init__(pinned, why)
        self.message = self.message.replace("pip cannot resolve", "git cannot get", 1)
        self.hint = (
            "`pin` is `git+URL@REVISION`: an address that `git clone` takes, and a branch, a tag "
            "or a whole commit that is there"
        )


class SourceUnavailable(MirageError):
    """No origin of a source gave it; each one's reason is shown."""

    def __init__(self, source: Vendored, failures: Sequence[OriginFailed]) -> None:
        reasons = "\n".join(f"  {failure.message}" for failure in failures)
        hints = dict.fromkeys(failure.hint for failure in failures if failure.hint)
        super().__init__(
            f"source `{source.name}` {source.version} could not be fetched\n{reasons}",
            hint="\n".join(hints) or None,
        )
        self.failures = tuple(failures)


class MissingOffline(MirageError):
    """Without the network, and the cache does not hold a source."""

    def __init__(self, source: Vendored, cache: Path) -> None:
        wanted = "\n".join(
            f"  {origin.kind} {shown(origin)}\n    sha256 {origin.sha256}"
            for origin in source.origins
        )
        super().__init__(
            f"source `{source.name}` {source.version} is not in the cache, and --offline was given"
            f"\n  cache: {cache}\n{wanted}",
            hint="run `mirage-py pull` once with a network, or put one of the files above into "
            f"{cache / 'archives'} under its sha256",
        )


class CacheUnusable(MirageError):
    """The cache's folder cannot be written."""

    def __init__(self, root: Path, error: OSError) -> None:
        full = error.errno in FULL
        what = "has no room left" if full else "cannot be written"
        super().__init__(
            f"the cache {root} {what}: {error.strerror or error}",
            hint=("free some space (`mirage-py cache prune`)" if full else "make it writable")
            + ", or choose another place with MIRAGE_PY_CACHE",
        )


class BadArchive(MirageError):
    """An archive that is damaged, or asks for something that unpacking a source never needs."""

    def __init__(self, source: str, archive: str, entry: str | None, reason: str) -> None:
        at = f" at entry {entry!r}" if entry is not None else ""
        super().__init__(
            f"source `{source}`: archive {archive} is refused{at}: {reason}",
            hint="nothing was written; if the source is trusted, repack it without that entry "
            "(or raise `max_bytes` of its vendor.toml) and pin the new archive",
        )
        self.reason = reason


class KeepMissing(MirageError):
    """`keep` names something that the archive does not hold."""

    def __init__(self, source: str, archive: str, names: Iterable[str]) -> None:
        listed = ", ".join(f"`{name}`" for name in names)
        super().__init__(
            f"source `{source}`: archive {archive} holds no {listed}",
            hint="correct `keep` in its vendor.toml",
        )


class PatchFailed(MirageError):
    """One of our patches does not apply."""

    def __init__(self, source: str, patch: Path, output: str) -> None:
        told = "\n".join(f"  | {line}" for line in output.splitlines()[-20:])
        super().__init__(
            f"source `{source}`: {patch.name} does not apply\n{told}",
            hint=f"make {patch} again for this version of the source",
        )
