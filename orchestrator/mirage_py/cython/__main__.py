"""The command `python -m mirage_py.cython`, which build rules call."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mirage_py.cython import CythonError, Mode, compile_pyx
from mirage_py.support.files import write_atomically


def main(arguments: list[str] | None = None) -> int:
    """0, or 1 after printing each mistake as `file.pyx:line:col: message`."""
    options = _parser().parse_args(arguments)
    if not options.source.is_file():
        print(f"{options.source}: no such file", file=sys.stderr)  # noqa: T201
        return 1
    try:
        output = compile_pyx(
            options.source,
            Mode(options.mode),
            include=options.include,
            name=options.name,
            uses=options.uses,
            c_name=options.output.name,
            header_name=options.header.name if options.header else "",
        )
    except CythonError as error:
        for diagnostic in error.diagnostics:
            print(diagnostic, file=sys.stderr)  # noqa: T201
        return 1
    for warning in output.warnings:
        print(warning, file=sys.stderr)  # noqa: T201
    write_atomically(options.output, output.c)
    for path, text in (
        (options.header, output.header),
        (options.wrapper, output.wrapper),
        (options.strings, output.strings),
    ):
        if path:
            write_atomically(path, text)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m mirage_py.cython", description="Compile a .pyx to freestanding C."
    )
    parser.add_argument("source", type=Path, metavar="SOURCE.pyx")
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
    parser.add_argument("-o", dest="output", type=Path, required=True, metavar="OUT.c")
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
