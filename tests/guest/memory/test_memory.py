"""Bytes as the guest copies, fills and compares them, beside a loop."""

from __future__ import annotations

from pathlib import Path

from tests.support.freestanding import SANITIZED, run

HERE = Path(__file__).parent
MEMORY = HERE.parents[2] / "runtime_c" / "libc" / "memory.c"


def test_all_lengths_and_alignments(tmp_path: Path) -> None:
    harness = tmp_path / "harness"
    run("cc", "-O2", "-fno-builtin", "-fno-tree-loop-distribute-patterns", *SANITIZED,
        f'-DMEMORY="{MEMORY}"', HERE / "harness.c", "-o", harness)  # fmt: skip
    assert run(harness).stdout == ""
