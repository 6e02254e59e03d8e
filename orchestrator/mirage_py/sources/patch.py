"""Applying our patches to an unpacked tree, with `git apply`: the same one on every platform."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mirage_py.sources.errors import PatchFailed
from mirage_py.support import process
from mirage_py.support.errors import ToolFailed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def apply(patches: Iterable[Path], tree: Path, *, source: str) -> None:
    """Apply each patch, in order. Raises PatchFailed; the tree is then of no use."""
    # Inside a repository, git would look for the patch's files from that repository's top, find
    # none and say nothing. So it must not see the one that a cache may lie in.
    env = {"GIT_CEILING_DIRECTORIES": os.path.realpath(tree.parent)}
    for patch in patches:
        argv = ["git", "apply", "--whitespace=nowarn", "--verbose", os.path.realpath(patch)]
        try:
            process.run(
                argv,
                cwd=tree,
                env=env,
                needed_for=f"to patch source `{source}`",
                how="`apt-get install git`",
            )
        except ToolFailed as error:
            raise PatchFailed(source, patch, error.output) from None
