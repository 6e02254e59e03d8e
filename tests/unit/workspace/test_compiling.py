"""What is said of packages that compile code when they run."""

from __future__ import annotations

from mirage_py.workspace.compiling import is_asked_for


def test_a_function_that_somebody_calls() -> None:
    assert is_asked_for("made", ["def made(): pass", "return made(1)"])
    assert is_asked_for("__init__", [])
    assert not is_asked_for("made", ["def made(): pass", "__all__ = ['made']", "unmade()"])
