"""C programs as unix images, which are programs of this machine.

image = unix.image("blocks", storage="block")       # tests/guest/programs/blocks.c
ran = unix.run(image, "--block:storage=disk.img", args=["write"])
assert ran.status == 0 and ran.console == "SUCCESS\\n"
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.support.programs import Programs
from tests.support.tenders import run_tender
from tests.support.unikernel import Ran


@dataclass
class Unix(Programs):
    """Images, which run themselves."""

    def run(
        self,
        image: Path,
        *options: str,
        mem: int = 2,
        args: list[str] | None = None,
        pass_fds: tuple[int, ...] = (),
    ) -> Ran:
        """Run an image. A negative status is the signal that ended it."""
        return run_tender(*self.command(image, *options, mem=mem, args=args), pass_fds=pass_fds)

    def command(
        self, image: Path, *options: str, mem: int = 2, args: list[str] | None = None
    ) -> list[str | Path]:
        """What runs an image."""
        return [image, f"--mem={mem}", *options, "--", *(args or [])]

    def speaker(self, image: Path) -> str:
        """What names itself before messages of devices."""
        return image.name
