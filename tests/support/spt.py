"""C programs as spt images and our tender, compiled straight from the tree: what the tests of the
target and of its tender run.

    image = spt.image("blocks", storage="block")        # tests/guest/programs/blocks.c
    ran = spt.run(image, "--block:storage=disk.img", args=["write"])
    assert ran.status == 0 and ran.console == "SUCCESS\\n"
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.support.programs import Programs
from tests.support.tenders import build_tender, run_tender
from tests.support.unikernel import Ran


@dataclass
class Spt(Programs):
    """Images, and our tender."""

    tender: Path

    @classmethod
    def below(cls, root: Path, *flags: str) -> Spt:
        """With a tender that is built with `flags`."""
        return cls(root, "spt", build_tender(root / "mirage-spt", "spt", *flags))

    def run(
        self,
        image: Path,
        *options: str,
        mem: int = 2,
        args: list[str] | None = None,
        pass_fds: tuple[int, ...] = (),
    ) -> Ran:
        """Run an image in our tender."""
        return run_tender(*self.command(image, *options, mem=mem, args=args), pass_fds=pass_fds)

    def command(
        self, image: Path, *options: str, mem: int = 2, args: list[str] | None = None
    ) -> list[str | Path]:
        """What runs an image."""
        return [self.tender, f"--mem={mem}", *options, "--", image, *(args or [])]

    def speaker(self, _image: Path) -> str:
        """What names itself before messages of devices."""
        return self.tender.name
