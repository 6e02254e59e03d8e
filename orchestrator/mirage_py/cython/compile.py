"""The whole of a compilation: one .pyx in, every text that the guest's build needs out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mirage_py.cython.frontend import Mode, analyse
from mirage_py.cython.generate import generate
from mirage_py.cython.header import header

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Output:
    """`c` is the module itself and `header` its C interface."""

    c: str
    header: str
    warnings: tuple[str, ...]


def compile_pyx(
    source: Path,
    mode: Mode,
    *,
    include: Sequence[Path] = (),
    header_name: str = "",
) -> Output:
    """Compiles `source`. Raises CythonError with every mistake in it."""
    module = analyse(source, mode, include)
    return Output(
        c=generate(module),
        header=header(module, header_name or f"{module.name}.h"),
        warnings=module.warnings,
    )
