"""The whole of a compilation: one .pyx in, every text that the guest's build needs out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mirage_py.cython import strings
from mirage_py.cython.diagnostics import recording
from mirage_py.cython.frontend import Mode, analyse
from mirage_py.cython.generate import generate, init_name
from mirage_py.cython.header import header
from mirage_py.cython.wrapper import Init, module_strings, module_symbol, wrapper

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Output:
    """The texts of a compilation. `wrapper` includes the file of `c`, so one of them is compiled;
    `strings` is the JSON for the image's freeze step. `module` is empty for a driver without a
    `cpdef` function: then `wrapper` is only the include."""

    module: str
    c: str
    header: str
    wrapper: str
    strings: str
    warnings: tuple[str, ...]


def compile_pyx(
    source: Path,
    mode: Mode,
    *,
    name: str = "",
    uses: Sequence[str] = (),
    include: Sequence[Path] = (),
    c_name: str = "",
    header_name: str = "",
) -> Output:
    """Compiles `source`, the module `name` (by default, that of the file). `uses` are modules that
    it cimports, which are initialised before it. `c_name` and `header_name` are the files that the
    caller will write; by default they are called as the source is. Raises CythonError with every
    mistake in it."""
    with recording() as recorder:
        found = analyse(source, mode, include, recorder, name or source.stem)
        c = generate(found)
    interface = header(found, header_name or f"{found.name}.h")
    c_name, init, functions = c_name or f"{found.name}.c", init_name(found), found.functions
    warnings = tuple(recorder.warnings)
    if mode is Mode.DRIVER and not functions:
        bare = f'#include "{c_name}"\n'
        return Output("", c, interface, bare, strings.manifest("", "", ()), warnings)
    module = f"_{found.name}" if mode is Mode.DRIVER else found.name
    begins = Init(init, tuple(uses)) if mode is Mode.MODULE else None
    names = module_strings(module, functions, begins, found.constants)
    if init or any(function.may_raise for function in functions):
        names.append(found.file)  # for tracebacks
    return Output(
        module,
        c,
        interface,
        wrapper(
            module=module,
            c_file=c_name,
            functions=functions,
            init=begins,
            constants=found.constants,
            roots=found.roots if mode is Mode.MODULE else None,
        ),
        strings.manifest(module, module_symbol(module), names),
        warnings,
    )
