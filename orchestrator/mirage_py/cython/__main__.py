"""The command `python -m mirage_py.cython`, which build rules call."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

from mirage_py.cython import CythonError, Mode, compile_pyx
from mirage_py.support.files import write_atomically


def main(arguments: list[str] | None = None) -> int:
    """0, or 1 after printing each mistake as `file.pyx:line:col: message`."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.into is None and (options.output is None or len(options.sources) > 1):
        parser.error("one source has -o, several have --into")
    return max([_compile(source, options) for source in options.sources])


def _compile(source: Path, options: argparse.Namespace) -> int:
    """The same for one source."""
    if not source.is_file():
        print(f"{source}: no such file", file=sys.stderr)
        return 1
    paths = _outputs(source.stem, options)
    try:
        output = compile_pyx(
            source,
            Mode(options.mode),
            include=options.include,
            name=options.name,
            uses=options.uses,
            c_name=paths.c.name,
            header_name=paths.header.name if paths.header else "",
        )
    except CythonError as error:
        for diagnostic in error.diagnostics:
            print(diagnostic, file=sys.stderr)
        return 1
    for warning in output.warnings:
        print(warning, file=sys.stderr)
    write_atomically(paths.c, output.c)
    for path, text in (
        (paths.header, output.header),
        (paths.wrapper, output.wrapper),
        (paths.strings, output.strings),
    ):
        if path:
            write_atomically(path, text)
    return 0


class _Outputs(NamedTuple):
    """Where what is made of a source goes, as far as it is wanted."""

    c: Path
    header: Path | None
    wrapper: Path | None
    strings: Path | None


def _outputs(stem: str, options: argparse.Namespace) -> _Outputs:
    if options.into is None:
        return _Outputs(options.output, options.header, options.wrapper, options.strings)
    names = (f"{stem}.c", f"{stem}.h", f"{stem}_module.c", f"{stem}.json")
    return _Outputs(*(options.into / name for name in names))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m mirage_py.cython", description="Compile .pyx files to freestanding C."
    )
    parser.add_argument("sources", type=Path, nargs="+", metavar="SOURCE.pyx")
    parser.add_argument(
        "--mode",
        choices=[mode.value for mode in Mode],
        required=True,
        help="driver: C's arithmetic, module `_<stem>`; module: Python's, module `<stem>`",
    )
    parser.add_argument(
        "--name", default="", help="the module's full name, `pkg.sub.mod`; the file's by default"
    )
    parser.add_argument(
        "--uses", action="append", default=[], metavar="NAME",
        help="a module that this one cimports, and that is initialised before it",
    )  # fmt: skip
    parser.add_argument("-o", dest="output", type=Path, metavar="OUT.c")
    parser.add_argument(
        "--into", type=Path, metavar="FOLDER",
        help="write NAME.c, NAME.h, NAME_module.c and NAME.json there, for each NAME.pyx",
    )  # fmt: skip
    parser.add_argument("--header", type=Path, help="the `cdef public` functions as a C header")
    parser.add_argument(
        "--wrapper", type=Path, help="the MicroPython module, a C file that includes OUT.c"
    )
    parser.add_argument("--strings", type=Path, help="what the wrapper needs interned, as JSON")
    parser.add_argument(
        "-I", dest="include", type=Path, action="append", default=[], help="where .pxd files are"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
