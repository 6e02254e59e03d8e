"""Freestanding C from .pyx, compiled and run on the host: with the sanitizers on, over the fake
Solo5 of tests/guest/fake, so that what the generated C does can be looked at."""

from __future__ import annotations

import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mirage_py.cython import Mode, compile_pyx

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]
BINDINGS = ROOT / "bindings"
FAKE = ROOT / "tests" / "guest" / "fake"
INCLUDES = [
    ROOT, ROOT / "runtime_c", ROOT / "runtime_c" / "cython", ROOT / "targets" / "include", FAKE,
]  # fmt: skip
SANITIZED = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g", "-O1"]
WARNINGS = ["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-Wno-unused-function"]
TIMEOUT = 120


def run(*argv: str | Path, ok: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a tool; its standard error is the assertion's message when it fails."""
    words = [str(word) for word in argv]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=TIMEOUT)
    assert done.returncode == 0 or not ok, f"{' '.join(words)}\n{done.stdout}{done.stderr}"
    return done


def flags(includes: list[Path]) -> list[str]:
    """`-I` for each folder."""
    return [f"-I{folder}" for folder in includes]


def guest_flags() -> list[str]:
    """The compiler's flags for guest objects, with the headers that they may include."""
    path = ROOT / "runtime_c" / "arch" / "x86_64.toml"
    compiler = run("gcc", "-print-file-name=include").stdout.strip()
    return [
        *tomllib.loads(path.read_text())["c_args"],
        "-isystem", compiler, f"-I{ROOT / 'runtime_c' / 'libc' / 'include'}",
    ]  # fmt: skip


@dataclass(frozen=True)
class Translated:
    """The files that a .pyx became."""

    c: Path
    header: Path
    wrapper: Path
    strings: Path


def translate(source: Path, mode: Mode, folder: Path, *include: Path) -> Translated:
    """Compile `source` into `folder`."""
    ends = (".c", ".h", "_module.c", ".json")
    made = Translated(*(folder / f"{source.stem}{end}" for end in ends))
    output = compile_pyx(source, mode, include=[BINDINGS, *include])
    folder.mkdir(parents=True, exist_ok=True)
    made.c.write_text(output.c)
    made.header.write_text(output.header)
    made.wrapper.write_text(output.wrapper)
    made.strings.write_text(output.strings)
    return made


class Host:
    """Builds host programs out of generated C, in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._support: list[Path] = []

    def support(self) -> list[Path]:
        """Objects that generated C links with: the error state, the two drivers that a panic needs,
        and the fake Solo5."""
        if not self._support:
            sources = [ROOT / "runtime_c" / "cython" / "mirage_cython.c", FAKE / "solo5.c"]
            for name in ("console", "process"):
                driver = BINDINGS / name / f"{name}.pyx"
                sources.append(translate(driver, Mode.DRIVER, self.folder / "bindings").c)
            self._support = [self.object(source) for source in sources]
        return self._support

    def object(self, source: Path) -> Path:
        """The sanitized object of a C file."""
        made = self.folder / f"{source.stem}.o"
        run("gcc", *WARNINGS, *SANITIZED, *flags([*INCLUDES, self.folder, source.parent]),
            "-c", source, "-o", made)  # fmt: skip
        return made

    def program(
        self,
        name: str,
        pyx: str,
        main: str,
        mode: Mode,
        *,
        cimported: Sequence[Path] = (),
        include: Sequence[Path] = (),
    ) -> Path:
        """A program of a .pyx, of those that it cimports, and of a C `main` that includes its
        header as `NAME.h`. `include` are folders with .pxd files."""
        folder = self.folder / name
        folder.mkdir()
        source = folder / f"{name}.pyx"
        source.write_text(pyx)
        (folder / "main.c").write_text(main)
        folders = [*include, *(path.parent for path in cimported)]
        c = [translate(path, mode, folder, *folders).c for path in (source, *cimported)]
        program = folder / "program"
        run("gcc", *WARNINGS, *SANITIZED, *flags([*INCLUDES, folder]),
            folder / "main.c", *c, *self.support(), "-o", program)  # fmt: skip
        return program
