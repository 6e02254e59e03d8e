"""C programs as unix images, which are programs of this machine.

image = unix.image("blocks", storage="block")       # tests/guest/programs/blocks.c
ran = unix.run(image, "--block:storage=disk.img", args=["write"])
assert ran.status == 0 and ran.console == "SUCCESS\\n"
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.support.spt import PROGRAMS, build_image, run_tender
from tests.support.unikernel import Ran


@dataclass
class Unix:
    """Images below `root`, each built once."""

    root: Path

    def image(self, program: str, *flags: str, **devices: str) -> Path:
        """tests/guest/programs/<program>.c as an image with these devices: name=kind."""
        words = [*(flag.lstrip("-") for flag in flags), *devices, *devices.values()]
        folder = self.root / ("-".join(words)[:100] or "plain")
        folder.mkdir(exist_ok=True)
        path = folder / f"{program}.unix"
        if not path.exists():
            build_image(path, PROGRAMS / f"{program}.c", "unix", *flags, **devices)
        return path

    def run(
        self,
        image: Path,
        *options: str,
        mem: int = 2,
        args: list[str] | None = None,
        pass_fds: tuple[int, ...] = (),
    ) -> Ran:
        """Run an image. A negative status is the signal that ended it."""
        return run_tender(image, f"--mem={mem}", *options, "--", *(args or []), pass_fds=pass_fds)
