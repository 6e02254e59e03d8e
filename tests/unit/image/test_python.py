"""What is told of Python that mpy-cross cannot compile."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from mirage_py.image.python import misunderstood

COMMAND = "/cache/mpy-cross -X heapsize=64m -s unikernel.py -o unikernel.py.mpy"


@pytest.mark.parametrize(
    ("said", "why", "line", "hint"),
    [
        ('  File "unikernel.py", line 2\nSyntaxError: odd', "SyntaxError: odd", 2, "the grammar"),
        ('  File "{path}", line 2\nSyntaxError: odd', "SyntaxError: odd", 2, "the grammar"),
        (
            '  File "{path}", line 1\nSyntaxError: invalid micropython decorator',
            "decorator",
            1,
            "in Cython",
        ),
        ("MemoryError: memory allocation failed", "MemoryError: memory", 1, "too large"),
        ("", "its compiler ended with 134", 1, "too large"),
        ("NotImplementedError: no unicode escapes", "NotImplementedError", 2, "the grammar"),
    ],
)
def test_messages(tmp_path: Path, said: str, why: str, line: int, hint: str) -> None:
    path = tmp_path / "unikernel.py"
    path.write_text('import x\ny = "\\N{DEGREE SIGN}"\n')
    config = SimpleNamespace(config=SimpleNamespace(root=tmp_path))
    lock = SimpleNamespace(graph=config, packages=())
    workspace = cast("Any", SimpleNamespace(build=tmp_path, folder=tmp_path / "w", lock=lock))
    output = (
        f"FAILED: [code=134] unikernel.py.mpy \n{COMMAND} {path}\n{said.format(path=path)}\n"
        "ninja: build stopped: subcommand failed.\n"
    )
    error = misunderstood(output, workspace)
    assert error is not None
    assert error.position is not None
    assert why in error.message
    assert (error.position.file, error.position.line) == ("unikernel.py", line)
    assert hint in str(error.hint)
