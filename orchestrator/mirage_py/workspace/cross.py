"""The Meson cross file of an architecture: its compiler and the guest's flags."""

from __future__ import annotations

import sys
import tomllib
from typing import TYPE_CHECKING

from mirage_py.catalog import share
from mirage_py.lock.toolchain import compiler_command
from mirage_py.support import process

if TYPE_CHECKING:
    from pathlib import Path


def cross_file(arch: str, prefixes: dict[Path, str]) -> str:
    """The cross file's text. `prefixes` are folders and what debug information calls them, so that
    a build gives the same bytes in any place.

    The compiler's own headers (stddef.h, stdarg.h, stdint.h) are freestanding; Meson drops
    `-isystem` of a folder that it takes for a default one, hence `-idirafter`.
    """
    flags = tomllib.loads((share() / "runtime_c" / "arch" / f"{arch}.toml").read_text())
    compiler = compiler_command()
    headers = process.run([*compiler, "-print-file-name=include"]).strip()
    maps = [f"-ffile-prefix-map={folder}={name}" for folder, name in prefixes.items()]
    return "\n".join(
        [
            "# Written by mirage-py.",
            "[binaries]",
            f"c = {compiler!r}",
            "ar = 'ar'",
            "strip = 'strip'",
            f"python3 = {sys.executable!r}",
            "",
            "[built-in options]",
            f"c_args = {[*flags['c_args'], f'-idirafter{headers}', *maps]!r}",
            "",
            "[properties]",
            f"guest_link_args = {flags['link_args']!r}",
            "",
            "[host_machine]",
            "system = 'none'",
            f"cpu_family = {arch!r}",
            f"cpu = {arch!r}",
            "endian = 'little'",
            "",
        ]
    )
