"""hvt images, run by a tender under the test machine's KVM (kvm.py).

    image = hvt.image("blocks", storage="block")        # tests/guest/programs/blocks.c
    ran = hvt.run(image, "--block:storage=disk.img", args=["write"])
    assert ran.status == 0 and ran.console == "SUCCESS\\n"

Files of block devices are taken into the machine, and back when the guest has ended. Network
interfaces are the machine's: `before` is shell that makes them.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mirage_py.tender.quote import quote_all
from tests.support import tenders
from tests.support.kvm import Machine
from tests.support.programs import Programs
from tests.support.unikernel import Ran
from tests.support.visit import Visit, Visited

OFFICIAL = "solo5-hvt"
TENDERS = tenders.names("hvt")
"""What the tests of the guest are run in: ours, and the official one where it is installed."""
TIMEOUT = 60
"""Seconds that one run of an image may take."""
VISIT_TIMEOUT = 180
"""The same while clients use it."""


def installed(name: str) -> Path:
    """The program of that name."""
    found = shutil.which(name)
    assert found
    return Path(found)


def libraries(program: Path) -> dict[str, Path]:
    """The shared libraries of a program by name, its dynamic linker among them."""
    done = subprocess.run(["ldd", program], check=False, capture_output=True, text=True)
    return {Path(path).name: Path(path) for path in re.findall(r"(/\S+\.so\S*)", done.stdout)}


@dataclass(frozen=True)
class Tender:
    """A tender, in a form in which the machine can run it."""

    name: str
    files: Mapping[str, Path]
    command: str
    """What stands before its options."""

    @classmethod
    def of(cls, program: Path) -> Tender:
        """The tender that `program` is."""
        shared = libraries(program)
        linker = next((name for name in shared if name.startswith("ld-")), None)
        files = {f"tender/{name}": path for name, path in shared.items()}
        files[f"tender/{program.name}"] = program
        path = f"tender/{program.name}"
        command = f"tender/{linker} --library-path tender {path}" if linker else path
        return cls(program.name, files, command)


@dataclass
class Hvt(Programs):
    """Images, and a tender in a machine."""

    machine: Machine
    tender: Tender

    def run(
        self,
        image: Path,
        *options: str,
        mem: int | None = 2,
        args: list[str] | None = None,
        before: str = "",
        after: str = "",
        files: Mapping[str, Path] | None = None,
        fresh: bool = False,
    ) -> Ran:
        """Run an image to its end. `before` and `after` are shell around it, with `files` beside
        it."""
        disks: dict[str, Path] = {}
        inside = [taken_along(option, disks) for option in options]
        memory = [] if mem is None else [f"--mem={mem}"]
        words = shlex.join([*memory, *inside, "--", "image", *(args or [])])
        done = self.machine.run(
            {"image": image, **self.tender.files, **disks, **(files or {})},
            f"{before}\n{self.tender.command} {words}\nstatus=$?\n{after}\nexit $status",
            TIMEOUT,
            fresh=fresh,
        )
        for name, path in disks.items():
            path.write_bytes(done.kept[name.removeprefix("keep/")])
        return Ran(done.status, done.console, done.messages)

    def visit(
        self,
        image: Path,
        visit: Visit,
        network: str,
        *options: str,
        mem: int,
        args: list[str],
    ) -> Visited:
        """Run an image while clients use it (visit.py), which are taken into the machine."""
        disks: dict[str, Path] = {}
        inside = [taken_along(option, disks) for option in options]
        words = shlex.join([f"--mem={mem}", *inside, "--", "image", *args])
        programs = {name: Tender.of(path) for name, path in visit.programs().items()}
        files = {name: path for one in programs.values() for name, path in one.files.items()}
        there = visit.with_programs({name: one.command for name, one in programs.items()})
        done = self.machine.run(
            {"image": image, **self.tender.files, **disks, **files},
            there.script(f"{self.tender.command} {words}", network),
            VISIT_TIMEOUT,
        )
        assert done.status == 0, done
        kept = {name.removeprefix("keep/"): content for name, content in done.kept.items()}
        for name, path in disks.items():
            path.write_bytes(kept[name.removeprefix("keep/")])
        return visit.result(kept)

    def run_unikernel(self, image: Path, *options: str, mem: int, args: list[str]) -> Ran:
        """The same for a unikernel's image, whose arguments `mirage-py run` would quote."""
        return self.run(image, *options, mem=mem, args=quote_all(args))


def tap(name: str, mtu: int = 1500) -> str:
    """Shell that makes a tap interface in the machine, without traffic of the machine's own."""
    return (
        f"tunctl -t {name} >/dev/null\n"
        f"echo 1 >/proc/sys/net/ipv6/conf/{name}/disable_ipv6\n"
        f"ip link set {name} mtu {mtu} up\n"
    )


def taken_along(option: str, disks: dict[str, Path]) -> str:
    """A tender's option as it is in the machine; the file of a block device is added to `disks`."""
    found = re.fullmatch(r"--block:(\w+)=(.*)", option)
    if found is None or not Path(found[2]).is_file():
        return option
    disks[f"keep/{found[1]}"] = Path(found[2])
    return f"--block:{found[1]}=keep/{found[1]}"
