"""The Meson cross file of an architecture: its compiler and the guest's flags."""

from __future__ import annotations

import sys
import tomllib
from typing import TYPE_CHECKING, Any

from mirage_py.catalog import share
from mirage_py.lock.toolchain import compiler_command
from mirage_py.support import process
from mirage_py.workspace.quote import check_folder
from mirage_py.workspace.quote import quoted_for_machine_file as quoted

if TYPE_CHECKING:
    from pathlib import Path


def compile_flags(arch: str, *, sanitized: bool = False) -> list[str]:
    """The flags of every guest object.

    The compiler's own headers (stddef.h, stdarg.h, stdint.h) are freestanding; Meson drops
    `-isystem` of a folder that it takes for a default one, hence `-idirafter`.
    """
    headers = process.run([*compiler_command(), "-print-file-name=include"]).strip()
    more: list[str] = flags(arch)["sanitize"]["c_args"] if sanitized else []
    return [*flags(arch)["c_args"], *more, f"-idirafter{headers}"]


def link_flags(arch: str, *, sanitized: bool = False) -> list[str]:
    """The flags of every image's link, but for the script."""
    table = flags(arch)["sanitize"] if sanitized else flags(arch)
    args: list[str] = table["link_args"]
    return args


def flags(arch: str) -> dict[str, Any]:
    """What runtime_c/arch says."""
    text = (share() / "runtime_c" / "arch" / f"{arch}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def cross_file(arch: str, prefixes: dict[Path, str], *, sanitized: bool = False) -> str:
    """The cross file's text. `prefixes` are folders and what debug information calls them, so that
    a build gives the same bytes in any place. Raises UnusableFolder."""
    for folder in prefixes:
        check_folder(folder)
    maps = [f"-ffile-prefix-map={folder}={name}" for folder, name in prefixes.items()]
    c_args = [*compile_flags(arch, sanitized=sanitized), *maps]
    return cross_text(arch, c_args, link_flags(arch, sanitized=sanitized))


def cross_text(
    arch: str,
    c_args: list[str],
    link_args: list[str],
    *,
    pkgconf: Path | None = None,
    packages: Path | None = None,
) -> str:
    """A cross file with these flags. A pkg-config binary and a folder of .pc files for it
    are given to projects that ask for the target as a dependency."""
    finder = [f"pkg-config = {quoted(str(pkgconf))}"] if pkgconf else []
    found_in = [f"pkg_config_path = {quoted([str(packages)])}"] if packages else []
    return "\n".join(
        [
            "# Written by mirage-py.",
            "[binaries]",
            f"c = {quoted(compiler_command())}",
            "ar = 'ar'",
            "strip = 'strip'",
            f"python3 = {quoted(sys.executable)}",
            *finder,
            "",
            "[built-in options]",
            f"c_args = {quoted(c_args)}",
            *found_in,
            "",
            "[properties]",
            f"guest_link_args = {quoted(link_args)}",
            "",
            "[host_machine]",
            "system = 'none'",
            f"cpu_family = {quoted(arch)}",
            f"cpu = {quoted(arch)}",
            "endian = 'little'",
            "",
        ]
    )
