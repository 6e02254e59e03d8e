"""Files of a git repository on a read-only disk: guest package `mirage.docteur`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from mirage_py.devices.kv import KvRo, kv_ro
from mirage_py.disk import repository
from mirage_py.dsl import Argument, Impl, Info, Key, code, combine, impl, runtime_arg
from mirage_py.dsl import key as new_key

__all__ = ["docteur"]


def docteur(
    remote: str,
    *,
    mode: Literal["fast", "light"] = "fast",
    branch: str | Key[str] | None = None,
    name: Key[str] | None = None,
    output: Key[str] | None = None,
    analyze: Argument[bool] | None = None,
    extra_deps: Sequence[str] = (),
) -> Impl[KvRo]:
    """The files of a repository, on a disk that is made beside the image: `dist/disk.img`, or as
    the key `--disk-output` says; attached as `docteur`, or as `--disk-name` says.

    `remote` is `relativize://DIR`, named relative to config.py, or `file:///DIR`: a directory or a
    repository; or `git://`, `http(s)://`, `ssh://` or `user@host:path`: a repository of which the
    `branch`, tag or commit is taken, or what is its HEAD; it may be a key. In mode "fast" the
    layout of all its directories is in memory, in "light" nothing is. Unless the boot argument
    `--analyze` is false, all of the disk is checked at the start. `extra_deps` are files, named
    relative to config.py, that must be there before the disk is made.
    """
    # A key is not tested for truth: it has none before the image is configured.
    called, file, check = name, output, analyze
    if called is None:
        called = new_key("--disk-name", default="docteur", doc="Name of docteur's disk.")
    if file is None:
        file = new_key("--disk-output", default="disk.img", doc="File of docteur's disk.")
    if check is None:
        check = runtime_arg(
            "--analyze", type=bool, default=True, doc="Check docteur's disk first.", section="DISK"
        )

    def prepare(info: Info) -> None:
        repository.wanted(remote, [info.root / path for path in extra_deps])
        wanted = info.keys[branch.name] if isinstance(branch, Key) else branch
        to = info.folder / place(info.keys[file.name], remote, wanted)
        repository.prepare(remote, info.root, to, branch=wanted, offline=info.offline)

    return impl(
        "docteur",
        kv_ro,
        connect=lambda checked: code(
            "mirage.docteur.connect(mirage.block.connect({}), {}, {})", called, mode, checked
        ),
        imports=["mirage.block", "mirage.docteur"],
        attach=("block", called),
        keys=[called, file, *([branch] if isinstance(branch, Key) else [])],
        runtime_args=[check],
        configure=prepare,
        install=combine(lambda it, wanted: {it: place(it, remote, wanted)}, file, branch),
    )


def place(output: str, remote: str, branch: str | None) -> str:
    """Where in the workspace the disk of a branch is made."""
    of = hashlib.sha256(f"{remote}\0{branch}".encode()).hexdigest()[:12]
    return f"docteur/{of}/{Path(output).name}"
