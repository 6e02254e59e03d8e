"""git, as every step runs it: without prompts, giving up on a stalled server."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from mirage_py.support import process

# What is read of a commit must be its bytes, whatever attributes it or the user sets.
ATTRIBUTES = "* -export-subst -export-ignore -text -eol -ident -filter -working-tree-encoding\n"
PASSED_ON = (
    "SSH_AUTH_SOCK", "GIT_SSH_COMMAND", "GIT_PROXY_COMMAND", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH",
    "XDG_CONFIG_HOME",
)  # fmt: skip
STALL = 30
"""Seconds without a byte."""
TOTAL = 900.0
"""Seconds in all."""


def run(
    *args: str,
    stall: int = STALL,
    timeout: float = TOTAL,
    settings: Mapping[str, str] | None = None,
    env: Mapping[str, str] | None = None,
    needed_for: str = "for a source that comes from git",
) -> str:
    """Run git and return its output. `settings` are of its configuration, `env` is added to the
    environment. Raises ToolMissing, ToolFailed."""
    known = {
        "tar.umask": "0002",  # what git takes when nothing is set
        "http.lowSpeedLimit": "1",
        "http.lowSpeedTime": str(stall),
        **(settings or {}),
    }
    flags = [part for key, value in known.items() for part in ("-c", f"{key}={value}")]
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    around = {
        "GIT_SSH_COMMAND": "ssh -oBatchMode=yes",
        "GIT_TERMINAL_PROMPT": "0",
        # Not ext::, which would run a command that the address names.
        "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh",
        **passed,
        **(env or {}),
    }
    return process.run(
        ["git", *flags, *args],
        env=around,
        timeout=timeout,
        needed_for=needed_for,
        how="`apt-get install git`",
    )


def new(repository: Path) -> None:
    """Make a bare repository, with SHA-1 names. Raises ToolMissing, ToolFailed."""
    run("init", "--quiet", "--bare", "--object-format=sha1", "--template=", str(repository))
    (repository / "info").mkdir(exist_ok=True)
    (repository / "info" / "attributes").write_text(ATTRIBUTES, encoding="utf-8")
