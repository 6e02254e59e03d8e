"""Building and running unikernels in tests, the way a user does: through the command.

image = unikernels.build({"config.py": …, "unikernel.py": …}, "spt")
ran = image.run("--block:storage=disk.img", mem=2, args=["--hello=Hola"])
assert ran.status == 0 and ran.lines == ["Hola"]
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from mirage_py.support.files import locked

COMMAND = [sys.executable, "-m", "mirage_py"]
TIMEOUT = 60
"""Seconds that one run of an image may take."""


@dataclass(frozen=True)
class Ran:
    """An image's run that came to its end."""

    status: int
    console: str
    """What the guest wrote."""
    messages: str
    """What the tender wrote."""

    @property
    def lines(self) -> list[str]:
        return self.console.splitlines()


class Runner(Protocol):
    """Runs the image at a path, as Built.run does."""

    def __call__(self, image: Path, *options: str, mem: int, args: list[str]) -> Ran: ...


@dataclass(frozen=True)
class Built:
    """An image that was built from `folder`."""

    folder: Path
    path: Path
    messages: str
    runner: Runner | None = None
    """What runs the image where `mirage-py run` may not be able to."""

    def run(self, *options: str, mem: int = 16, args: list[str] | None = None) -> Ran:
        """Run the image in the tender that `mirage-py run` chooses, to its end."""
        if self.runner:
            return self.runner(self.path, *options, mem=mem, args=args or [])
        return mirage_py(
            "-C", str(self.folder), "run", "-q", *options, f"--mem={mem}", str(self.path),
            *(["--", *args] if args else []),
        )  # fmt: skip


def mirage_py(*arguments: str, timeout: int = TIMEOUT) -> Ran:
    """Run the command."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        check=False, capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


class Unikernels:
    """Unikernels below `root`; the same sources for the same target are built once, by whichever
    process of the tests needs them first, several at a time where a test says that others will
    follow."""

    def __init__(
        self, root: Path, runners: Mapping[str, Callable[[], Runner]] | None = None
    ) -> None:
        self.root = root
        self.runners = runners or {}
        """For targets that need more than `mirage-py run`: what makes the runner, when needed."""
        self.built: dict[Path, Future[Built]] = {}
        self._pool = ThreadPoolExecutor(os.cpu_count())

    def build(
        self, files: dict[str, str] | Path, target: str, *keys: str, beside: Iterable[str] = ()
    ) -> Built:
        """The image of these sources: a table of files, or a folder that is copied. A stack that is
        generic is the image's own on every target, unless `keys` say more. Those for the targets
        `beside` it are wanted soon."""
        sources = read_folder(files) if isinstance(files, Path) else files
        begun = self._begin(sources, target, keys)
        for other in beside:
            self._begin(sources, other, keys)
        built = begun.result()
        runner = self.runners[target]() if target in self.runners else None
        return replace(built, runner=runner)

    def _begin(self, sources: dict[str, str], target: str, keys: tuple[str, ...]) -> Future[Built]:
        if not keys and target == "unix" and "generic_stackv4v6" in sources["config.py"]:
            keys = ("--net=direct",)
        told = (sorted(sources.items()), keys)
        folder = self.root / hashlib.sha256(repr(told).encode()).hexdigest()[:12] / target
        if folder not in self.built:
            self.built[folder] = self._pool.submit(_build, folder, sources, target, keys)
        return self.built[folder]


def _build(folder: Path, sources: dict[str, str], target: str, keys: tuple[str, ...]) -> Built:
    said = folder.with_suffix(".messages")
    with locked(folder.with_suffix(".lock")):
        if not said.exists():
            for name, text in sources.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            ran = mirage_py("-C", str(folder), "build", "-t", target, *keys, timeout=600)
            assert ran.status == 0, ran.messages
            said.write_text(ran.messages, encoding="utf-8")
    found = re.findall(r"^register\(\s*[\"']([^\"']+)", sources["config.py"], re.MULTILINE)
    image = folder / "dist" / f"{found[-1]}.{target}"
    return Built(folder, image, said.read_text(encoding="utf-8"))


def read_folder(folder: Path) -> dict[str, str]:
    """The files of a unikernel, without what was built from it."""
    left_out = shutil.ignore_patterns("_build", "dist", "__pycache__", "*.pyc")
    files: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not left_out(str(folder), [*inside.parts]):
            files[inside.as_posix()] = path.read_text(encoding="utf-8")
    return files
