"""C programs as spt images and our tender, compiled straight from the tree: what the tests of the
target and of its tender run.

    image = spt.image("blocks", storage="block")        # tests/guest/programs/blocks.c
    ran = spt.run(image, "--block:storage=disk.img", args=["write"])
    assert ran.status == 0 and ran.console == "SUCCESS\\n"
"""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

from mirage_py import catalog
from mirage_py.graph.model import Attachment
from mirage_py.support.errors import Position
from mirage_py.workspace.manifest import manifest_source
from tests.support.unikernel import Ran

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / "tests" / "guest" / "programs"
TENDER_SOURCES = [
    *sorted((ROOT / "targets" / "spt" / "tender").glob("*.c")),
    *sorted((ROOT / "targets" / "common" / "tender").glob("*.c")),
]
TENDER_FLAGS = [
    "-std=gnu11", "-O2", "-fPIE", "-D_GNU_SOURCE", '-DMIRAGE_VERSION="0"',
    "-Wall", "-Wextra", "-Wshadow", "-Wpointer-arith", "-Wcast-qual", "-Wwrite-strings",
    "-Wsign-compare", "-Werror", f"-I{ROOT}/targets/include",
]  # fmt: skip
CC = shutil.which("cc") or "cc"
TIMEOUT = 60
"""Seconds that one run of an image may take."""


def cc(*arguments: str | Path) -> None:
    """Run the C compiler; its complaints are the test's failure."""
    done = subprocess.run(
        [CC, *map(str, arguments)], check=False, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr


def build_tender(path: Path, *flags: str) -> Path:
    """mirage-spt with these flags beside its own."""
    cc(*TENDER_FLAGS, *flags, *TENDER_SOURCES, "-o", path)
    return path


def build_image(path: Path, source: Path, target: str = "spt", *flags: str, **devices: str) -> Path:
    """The C program `source` as an image with these devices: name=kind."""
    about = catalog.targets(ROOT)[target]
    arch = tomllib.loads((ROOT / "runtime_c/arch/x86_64.toml").read_text(encoding="utf-8"))
    manifest = path.with_suffix(".manifest.c")
    manifest.write_text(manifest_of(**devices), encoding="utf-8")
    headers = subprocess.check_output([CC, "-print-file-name=include"], text=True).strip()
    cc(
        *arch["c_args"], "-isystem", headers, f"-I{ROOT}/targets/include", "-Werror",
        *arch["link_args"], f"-Wl,-T,{about.link_script}", f"-L{about.link_script.parent}", *flags,
        *about.sources, source, manifest, "-o", path,
    )  # fmt: skip
    return path


def manifest_of(**devices: str) -> str:
    """The manifest of these devices, in C."""
    nowhere = Position("config.py", 1)
    return manifest_source([Attachment(name, kind, nowhere) for name, kind in devices.items()])


def run_tender(tender: Path, *arguments: str | Path, pass_fds: tuple[int, ...] = ()) -> Ran:
    """Run a tender to its end. A negative status is the signal that ended it."""
    done = subprocess.run(
        [tender, *arguments],
        check=False, capture_output=True, timeout=TIMEOUT, stdin=subprocess.DEVNULL,
        pass_fds=pass_fds,
    )  # fmt: skip
    output, errors = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
    return Ran(done.returncode, output, errors)


@dataclass
class Spt:
    """Images and a tender below `root`, each built once."""

    root: Path
    tender: Path

    def image(self, program: str, *flags: str, **devices: str) -> Path:
        """tests/guest/programs/<program>.c as an image with these devices: name=kind."""
        key = "-".join(
            [program, *(flag.lstrip("-") for flag in flags), *devices, *devices.values()]
        )
        path = self.root / f"{key[:100]}.spt"
        if not path.exists():
            build_image(path, PROGRAMS / f"{program}.c", "spt", *flags, **devices)
        return path

    def run(
        self,
        image: Path,
        *options: str,
        mem: int = 2,
        args: list[str] | None = None,
        pass_fds: tuple[int, ...] = (),
    ) -> Ran:
        """Run an image in our tender."""
        return run_tender(
            self.tender, f"--mem={mem}", *options, "--", image, *(args or []), pass_fds=pass_fds
        )
