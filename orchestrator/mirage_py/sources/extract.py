"""Unpacking archives that nobody here has seen before.

The rules: names are relative and stay in the tree; nothing is written through a link, since links
are made after all files; links do not lead out of the tree; only files, folders and links; no more
bytes and entries than declared; nothing twice. Modes become 644 or 755, owners and times are not
kept. Any breach refuses the archive as a whole.
"""

from __future__ import annotations

import os
import posixpath
import shutil
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from mirage_py.sources.archive import DAMAGED, Entry, TooLarge, entries
from mirage_py.sources.errors import BadArchive, KeepMissing

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_ENTRIES = 100_000
MAX_PART, MAX_NAME = 255, 1024
"""Bytes of a name that file systems take."""
WANTED = frozenset({"file", "folder", "symlink", "hardlink"})


class Refused(Exception):
    """Why an archive is not unpacked."""


class SeveralAtTop(Exception):
    """The archive has no single folder at its top after all."""


def extract(
    archive: Path,
    into: Path,
    *,
    source: str,
    max_bytes: int,
    keep: Iterable[str] = (),
    max_entries: int = MAX_ENTRIES,
) -> None:
    """Unpack what `keep` names (all, if empty) into the new folder `into`, without the single
    folder that archives have at their top. Raises BadArchive or KeepMissing; `into` is then of no
    use, but nothing was written elsewhere."""
    wanted = tuple(PurePosixPath(name) for name in keep)
    tree = Tree(into, wanted, max_bytes, max_entries, strip=1)
    try:
        unpack(archive, tree, source)
    except SeveralAtTop:
        shutil.rmtree(into)
        tree = Tree(into, wanted, max_bytes, max_entries, strip=0)
        unpack(archive, tree, source)
    missing = [str(name) for name in wanted if name not in tree.found]
    if missing:
        raise KeepMissing(source, archive.name, missing)


def unpack(archive: Path, tree: Tree, source: str) -> None:
    """Read the entries into `tree`; whatever is wrong with them becomes BadArchive."""
    tree.root.mkdir()
    name: str | None = None
    try:
        with entries(archive, tree.max_bytes, tree.max_entries) as found:
            for entry in found:
                name = entry.name
                tree.add(entry)
        for path in tree.links:
            name = str(path)
            tree.make_link(path)
        for path in tree.links:
            name = str(path)
            tree.check_link(path)
    except Refused as refusal:
        raise BadArchive(source, archive.name, name, str(refusal)) from None
    except TooLarge:
        reason = f"it unpacks to more than the {tree.max_bytes} bytes declared"
        raise BadArchive(source, archive.name, name, reason) from None
    except DAMAGED as error:
        reason = f"it cannot be read ({type(error).__name__}: {error})"
        raise BadArchive(source, archive.name, name, reason) from None


@dataclass
class Tree:
    """A tree while it is unpacked. Each step raises Refused for what the rules forbid."""

    root: Path
    keep: tuple[PurePosixPath, ...]
    max_bytes: int
    max_entries: int
    strip: int
    """Folders at the archive's top that are left out: 1 or 0."""
    top: str = ""
    bytes: int = 0
    entries: int = 0
    kinds: dict[PurePosixPath, str] = field(default_factory=dict)
    """What stands at each path, kept or not."""
    links: dict[PurePosixPath, str] = field(default_factory=dict)
    """Targets of the symbolic links that are kept."""
    found: set[PurePosixPath] = field(default_factory=set)
    """What of `keep` was there."""

    def add(self, entry: Entry) -> None:
        """Take the next entry. Raises TooLarge and SeveralAtTop too."""
        if entry.kind not in WANTED:
            raise Refused(f"it is a {entry.kind}")
        self.count(entry.size)
        path = self.place(entry)
        if path is None:
            return
        self.claim(path, entry.kind)
        if self.kept(path):
            at = self.root / path
            (at if entry.kind == "folder" else at.parent).mkdir(parents=True, exist_ok=True)
            if entry.kind == "file":
                self.write(at, entry)
            elif entry.kind == "hardlink":
                self.copy(at, entry)
            elif entry.kind == "symlink":
                self.links[path] = checked_target(path, entry.target)

    def count(self, size: int) -> None:
        """One more entry, of that size."""
        self.entries += 1
        self.bytes += size
        if self.entries > self.max_entries:
            raise Refused(f"there are more than {self.max_entries} entries")
        if self.bytes > self.max_bytes or size < 0:
            raise TooLarge

    def place(self, entry: Entry) -> PurePosixPath | None:
        """The entry's path in the tree; None for the tree itself."""
        parts = checked_name(entry.name).parts
        if len(parts) <= self.strip and entry.kind != "folder":
            if parts and self.strip:
                raise SeveralAtTop
            raise Refused("it stands for the whole tree and is no folder")
        if self.strip and parts:
            self.top = self.top or parts[0]
            if parts[0] != self.top:
                raise SeveralAtTop
        return PurePosixPath(*parts[self.strip :]) if len(parts) > self.strip else None

    def claim(self, path: PurePosixPath, kind: str) -> None:
        """Note what stands at `path`: nothing else may, and only folders above it."""
        for parent in path.parents:
            if self.kinds.setdefault(parent, "folder") != "folder":
                raise Refused(f"it lies below `{parent}`, which is a {self.kinds[parent]}")
        before = self.kinds.get(path)
        if before and (before, kind) != ("folder", "folder"):
            raise Refused(f"the archive has the same name already, as a {before}")
        self.kinds[path] = kind

    def kept(self, path: PurePosixPath) -> bool:
        """Whether `keep` wants `path`."""
        wanted = [name for name in self.keep if name == path or name in path.parents]
        self.found.update(wanted)
        return bool(wanted) or not self.keep

    def write(self, at: Path, entry: Entry) -> None:
        """Write a file that is not there yet."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        try:
            descriptor = os.open(at, flags, 0o755 if entry.executable else 0o644)
        except FileExistsError:
            raise Refused("this file system takes its name and another one for the same") from None
        with os.fdopen(descriptor, "wb") as file, entry.open() as content:
            shutil.copyfileobj(content, file)

    def copy(self, at: Path, entry: Entry) -> None:
        """A hard link becomes a copy of the file before it that it names."""
        target = PurePosixPath(*checked_name(entry.target).parts[self.strip :])
        if self.kinds.get(target) not in ("file", "hardlink") or not (self.root / target).is_file():
            raise Refused(
                f"it is a hard link to {entry.target!r}, which is no file unpacked before"
            )
        self.count((self.root / target).stat().st_size)
        shutil.copy(self.root / target, at)

    def make_link(self, path: PurePosixPath) -> None:
        (self.root / path).symlink_to(self.links[path])

    def check_link(self, path: PurePosixPath) -> None:
        """With all links there: a chain of them must not lead out either."""
        end = Path(os.path.realpath(self.root / path))
        if not end.is_relative_to(os.path.realpath(self.root)):
            raise Refused("with other links, it leads out of the tree")


def checked_name(name: str) -> PurePosixPath:
    """A name as the path that it is. Raises Refused for one that no source needs."""
    path = PurePosixPath(name)
    if not name or name.startswith("/"):
        raise Refused("its name is empty" if not name else "its name is an absolute path")
    if ".." in path.parts:
        raise Refused("its name leads upwards with `..`")
    if not name.isprintable() or "\\" in name:
        raise Refused("its name has characters that no source needs")
    if any(part.lower() == ".git" for part in path.parts):
        raise Refused("a source brings no `.git` of its own")
    if len(name.encode()) > MAX_NAME or any(len(part.encode()) > MAX_PART for part in path.parts):
        raise Refused("its name is too long")
    return path


def checked_target(path: PurePosixPath, target: str) -> str:
    """The target of the link at `path`. Raises Refused if it is absolute or above the tree."""
    if not target or not target.isprintable() or "\\" in target or len(target) > MAX_NAME:
        raise Refused("it is a link with an odd target")
    led = posixpath.normpath(path.parent / target)
    if target.startswith("/") or led == ".." or led.startswith("../"):
        raise Refused(f"it is a link that leads out of the tree, to {target!r}")
    return target
