"""Origin `git`: one commit. Its sha256 is that of what `git archive` makes of it:

git archive --format=tar --prefix=source/ COMMIT | sha256sum
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mirage_py.sources.request import Fetched
from mirage_py.support import git
from mirage_py.support.errors import ToolFailed, ToolMissing

if TYPE_CHECKING:
    from pathlib import Path

    from mirage_py.sources.request import Request

COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
PREFIX = "source/"


def fetch(request: Request) -> Fetched:
    """The commit as a tar file. Raises OriginFailed."""
    address, commit = request["url"], request["commit"]
    where = f"{address} at {commit}"
    if not COMMIT.fullmatch(commit):
        raise request.failed(
            address, f"`{commit}` is not a whole commit id", "pin all of its 40 digits"
        )
    repository = request.into / "repository"
    try:
        run(request, "init", "--quiet", "--bare", str(repository))
        (repository / "info").mkdir(exist_ok=True)
        (repository / "info" / "attributes").write_text(git.ATTRIBUTES, encoding="utf-8")
        bring(request, repository)
        tar = request.into / f"{commit}.tar"
        form = ("--format=tar", f"--prefix={PREFIX}", f"--output={tar}")
        run(request, "-C", str(repository), "archive", *form, commit)
    except (ToolFailed, ToolMissing) as error:
        raise request.tool_failed(where, error) from None
    return Fetched(tar, where)


def bring(request: Request, repository: Path) -> None:
    """Get the commit alone; where a server refuses that, all that its branches and tags hold."""
    into = ("-C", str(repository), "fetch", "--quiet", "--no-write-fetch-head", "--no-tags")
    try:
        run(request, *into, "--depth=1", "--end-of-options", request["url"], request["commit"])
    except ToolFailed as error:
        if "not our ref" not in error.output and "unadvertised" not in error.output:
            raise
        run(request, *into, "--end-of-options", request["url"], "+refs/*:refs/*")


def run(request: Request, *args: str) -> str:
    """Run git for a request."""
    patience = request.patience
    return git.run(*args, stall=max(1, int(patience.stall)), timeout=patience.total)
