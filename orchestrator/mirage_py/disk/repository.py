"""The repository, or the directory, that a docteur's disk is made of, and its making by git."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mirage_py.disk.docteur import HEAD, NEEDED_FOR, pad
from mirage_py.support import git
from mirage_py.support.console import log
from mirage_py.support.errors import MirageError, ToolFailed
from mirage_py.support.files import write_atomically

SCHEMES = ("git", "http", "https", "ssh")
URL = re.compile(r"([a-z]+)://(.+)")
# As scp has it: user@host:path.
SCP = re.compile(r"[\w.-]+@[\w.-]+:[^:]+")
COMMIT = re.compile(r"[0-9a-f]{40}")
# What makes a pack another on another machine.
SETTINGS = {"pack.threads": "1", "pack.writeReverseIndex": "false", "repack.writeBitmaps": "false"}
AUTHOR = "mirage-py"
DUMB = "dumb http transport does not support shallow"
"""What git says of a server of files alone: it gives all of a history."""
NOBODYS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
"""For a directory, what the user has set does not count."""


class BadRemote(MirageError):
    exit_code = 2

    def __init__(self, remote: str) -> None:
        super().__init__(
            f"`{remote}` is no repository and no directory for a docteur",
            hint="it is one of `relativize://DIR` beside config.py, `file:///DIR`, `git://…`, "
            "`http(s)://…`, `ssh://…` and `user@host:path`",
        )


class NotThere(MirageError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is neither a repository nor a directory")


class Linked(MirageError):
    """A link in a directory that leads to no file."""

    def __init__(self, path: Path) -> None:
        what = "a directory" if path.is_dir() else "nothing"
        super().__init__(
            f"{path} is a link to {what}, which is not followed",
            hint="put a copy there, or leave it out",
        )


class NoBranches(MirageError):
    exit_code = 2

    def __init__(self, remote: str, branch: str) -> None:
        super().__init__(
            f"{remote} is a directory, and no repository that has a `{branch}`",
            hint="leave out `branch`, or make it a repository with `git init`",
        )


class NoFile(MirageError):
    def __init__(self, remote: str, path: Path) -> None:
        super().__init__(
            f"{path} is not there, which the disk of {remote} waits for",
            hint="make it first, or leave it out of `extra_deps`",
        )


class NoCommit(MirageError):
    def __init__(self, remote: str, branch: str | None, error: ToolFailed) -> None:
        lines = [line for line in error.output.splitlines() if line.startswith("fatal:")]
        what = f"`{branch}` of {remote}" if branch else remote
        said = (lines or error.output.splitlines()[-1:] or [""])[0].removeprefix("fatal: ")
        super().__init__(
            f"{what} cannot be had: {said}",
            hint="`branch` is a branch, a tag or a whole commit id of the repository",
        )


class Offline(MirageError):
    def __init__(self, remote: str) -> None:
        super().__init__(
            f"nothing is fetched with --offline, and {remote} has not been yet",
            hint="build once without it",
        )


@dataclass(frozen=True)
class Origin:
    """Where the files come from: a directory or repository here, or the address of one."""

    path: Path | None
    address: str


def origin(remote: str, root: Path) -> Origin:
    """What `remote` names; `root` is the folder of config.py. Raises BadRemote."""
    found = URL.fullmatch(remote)
    if found and found[1] in ("relativize", "file"):
        path = (root if found[1] == "relativize" else Path("/")) / found[2]
        return Origin(path.resolve(), path.resolve().as_uri())
    if (found and found[1] in SCHEMES) or SCP.fullmatch(remote):
        return Origin(None, remote)
    raise BadRemote(remote)


def wanted(remote: str, paths: Iterable[Path]) -> None:
    """Check that files are there before a disk is made. Raises NoFile."""
    for path in paths:
        if not path.exists():
            raise NoFile(remote, path)


def prepare(
    remote: str, root: Path, to: Path, *, branch: str | None = None, offline: bool = False
) -> None:
    """Let `to` be the disk of what `remote` names, if it is not that yet. Raises MirageError."""
    place = origin(remote, root)
    with tempfile.TemporaryDirectory(prefix="mirage-py-") as name:
        repository = Path(name) / "repository.git"
        git.new(repository)
        if place.path and not place.path.is_dir():
            raise NotThere(place.path)
        if place.path and not is_repository(place.path):
            if branch:
                raise NoBranches(remote, branch)
            commit = committed(repository, place.path)
        elif place.path is None and is_current(place, branch, held(to), offline=offline):
            return
        else:
            commit = fetched(repository, place.address, branch)
        if commit != held(to):
            tell_left_out(remote, repository, commit)
            write_atomically(to, packed(repository, commit))


def is_current(place: Origin, branch: str | None, commit: str | None, *, offline: bool) -> bool:
    """Whether a server has no other commit than this for a branch. Raises NoCommit, Offline."""
    if offline and commit is None:
        raise Offline(place.address)
    return offline or (commit is not None and published(place.address, branch) == commit)


def is_repository(path: Path) -> bool:
    """Whether a directory is one of git's, with a working tree or bare."""
    bare = all((path / name).exists() for name in ("HEAD", "objects", "refs"))
    return bare or (path / ".git").exists()


def held(disk: Path) -> str | None:
    """The commit of a disk, if there is one."""
    if not disk.exists():
        return None
    with disk.open("rb") as file:
        return file.read(20).hex()


def published(address: str, branch: str | None) -> str | None:
    """The commit that a server has for a branch now; None if that cannot be told."""
    if branch and COMMIT.fullmatch(branch):
        return branch
    wanted = branch or "HEAD"
    try:
        told = git.run("ls-remote", "--end-of-options", address, wanted, f"{wanted}^{{}}")
    except ToolFailed as error:
        raise NoCommit(address, branch, error) from None
    pairs = [line.partition("\t") for line in told.splitlines()]
    refs = {name: commit for commit, _, name in pairs}
    for prefix in ("", "refs/", "refs/tags/", "refs/heads/"):
        for name in (f"{prefix}{wanted}^{{}}", f"{prefix}{wanted}"):
            if name in refs:
                return refs[name]
    return None


def fetched(repository: Path, address: str, branch: str | None) -> str:
    """The commit of a branch, fetched alone where that can be."""
    here = ("-C", str(repository))
    fetch = (*here, "fetch", "--quiet", "--no-tags")
    what = ("--end-of-options", address, branch or "HEAD")
    try:
        try:
            git.run(*fetch, "--depth=1", *what, needed_for=NEEDED_FOR)
        except ToolFailed as error:
            if DUMB not in error.output:
                raise
            git.run(*fetch, *what)
        return git.run(*here, "rev-parse", "--verify", "FETCH_HEAD^{commit}").strip()
    except ToolFailed as error:
        raise NoCommit(address, branch, error) from None


def committed(repository: Path, folder: Path) -> str:
    """A commit of all files of a directory, of the time when the newest was modified."""
    times = [path.lstat().st_mtime for path in folder.rglob("*") if not path.is_dir()]
    latest = int(os.environ.get("SOURCE_DATE_EPOCH", max(times, default=0)))
    when = f"@{min(latest, int(max(times, default=0)))} +0000"
    env = {**NOBODYS, "GIT_DIR": str(repository), "GIT_WORK_TREE": str(folder)}
    for who in ("AUTHOR", "COMMITTER"):
        env |= {
            f"GIT_{who}_NAME": AUTHOR, f"GIT_{who}_EMAIL": AUTHOR, f"GIT_{who}_DATE": when,
        }  # fmt: skip
    run = ("-C", str(folder))
    git.run(*run, "add", "--all", "--force", ".", env=env, needed_for=NEEDED_FOR)
    for path in sorted(path for path in folder.rglob("*") if path.is_symlink()):
        if not path.is_file():
            raise Linked(path)
        name = path.relative_to(folder).as_posix()
        content = git.run(*run, "hash-object", "-w", "--", name, env=env).strip()
        git.run(*run, "update-index", "--cacheinfo", f"100644,{content},{name}", env=env)
    tree = git.run(*run, "write-tree", env=env).strip()
    return git.run(*run, "commit-tree", "-m", "", tree, env=env).strip()


def tell_left_out(remote: str, repository: Path, commit: str) -> None:
    """Say which entries of a commit are no files: links, and other repositories."""
    listed = git.run("-C", str(repository), "ls-tree", "-r", "-z", commit).split("\0")[:-1]
    names = [line.partition("\t")[2] for line in listed if line[:6] in {"120000", "160000"}]
    if names:
        shown = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
        log.warning("%s: links and submodules are left out: %s", remote, shown)


def packed(repository: Path, commit: str) -> bytes:
    """The disk of a commit of a repository, which holds nothing else that counts."""
    here = ("-C", str(repository))
    git.run(*here, "update-ref", "refs/heads/docteur", commit)
    git.run(*here, "repack", "-a", "-d", "-f", "-q", settings=SETTINGS, env=NOBODYS)
    (pack,) = (repository / "objects" / "pack").glob("*.pack")
    padded = pad(HEAD.size, pack.read_bytes())
    index = pad(0, pack.with_suffix(".idx").read_bytes())
    return HEAD.pack(bytes.fromhex(commit), HEAD.size + len(padded)) + padded + index
