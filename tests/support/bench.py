"""The test bench: one way to run an image, whatever it is for.

    def test_it(bench: Bench, tmp_path: Path) -> None:
        image = bench.programs("hvt").image("blocks", storage="block")
        ran = bench.run(image, disks={"storage": tmp_path / "disk.img"}, args=["write"])
        assert ran.status == 0 and ran.lines[-1] == "SUCCESS"

`image` is any image: of a C program (programs.py), of a unikernel (unikernel.py), or one that was
made elsewhere. Its target is its suffix, or `target`. It runs in `tender`, one of those that
`tenders(target)` names:

    spt      natively, in mirage-spt as the tree has it, or in solo5-spt where that is installed
    unix     natively, by itself
    virtio   in QEMU, which emulates the processor
    hvt      in a machine that has a real KVM (kvm.py), in mirage-hvt or solo5-hvt

What target.toml says decides which of these it is, so a new target is run with no edit here.

`disks` are files, which keep what is written. `taps` are interfaces that are made for this run, in
a network of its own: the kernel at their other end has the address, and answers ARP and pings.
`options` are further ones of tenders. `args` reach the guest as they are, spaces included. The
status is as a shell has it: 128 and the signal's number if one ended the run.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from mirage_py import catalog
from mirage_py.tender import kvm
from mirage_py.tender.quote import quote_all
from tests.support import tenders
from tests.support.hvt import Hvt, Tender, installed
from tests.support.kvm import Machine
from tests.support.programs import Programs
from tests.support.unikernel import COMMAND, Ran
from tests.support.visit import KEPT, Visit, Visited

TIMEOUT = 60
"""Seconds that one run may take."""
VISIT_TIMEOUT = 180
"""Seconds that one may take while clients use the image."""
NETWORK = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
ALONE = [*NETWORK, "--pid", "--fork", "--kill-child"]
"""What stands before a command whose processes are to end with it, too."""
MAKE_HERE = "ip tuntap add {name} mode tap"
MAKE_IN_MACHINE = "tunctl -t {name} >/dev/null"
EMULATED = {kvm.OVERRIDE: "0"}
"""Verdicts must not depend on the host's KVM."""


@dataclass(frozen=True)
class Tap:
    """A tap interface."""

    address: str | None = None
    """The kernel's on it, with its network: 10.0.0.1/24."""
    mtu: int = 1500
    ipv6: bool = False
    """Whether the kernel speaks IPv6 on it, and so sends frames of its own. Its address is known to
    be no other's: clients could not use it before that, for a second or two."""


def made_by(in_machine: bool, taps: Mapping[str, Tap]) -> tuple[list[str], str]:
    """The names of taps, and the shell that makes them, here or in the machine."""
    make = MAKE_IN_MACHINE if in_machine else MAKE_HERE
    names = [f"tap{number}" for number in range(len(taps))]
    lines = ["ip link set lo up"]
    for name, tap in zip(names, taps.values(), strict=True):
        lines.append(make.format(name=name))
        lines.append(f"echo 0 >/proc/sys/net/ipv6/conf/{name}/accept_dad")
        lines.append(f"echo {int(not tap.ipv6)} >/proc/sys/net/ipv6/conf/{name}/disable_ipv6")
        if tap.address:
            lines.append(f"ip addr add {tap.address} dev {name}")
        lines.append(f"ip link set {name} mtu {tap.mtu} up")
    return names, "\n".join(lines)


@dataclass
class Bench:
    """The bench. What it compiles lies below `root`; `machine` gives the one with KVM."""

    root: Path
    machine: Callable[[], Machine]
    _programs: dict[str, Programs] = field(default_factory=dict)
    _tenders: dict[str, Path] = field(default_factory=dict)

    @cached_property
    def targets(self) -> dict[str, catalog.Target]:
        return catalog.targets(catalog.share())

    def programs(self, target: str) -> Programs:
        """C programs as images for `target`."""
        if target not in self._programs:
            self._programs[target] = Programs(self.root / "programs" / target, target)
        return self._programs[target]

    def tenders(self, target: str) -> list[str]:
        """The names of what runs images for `target`, ours first."""
        return tenders.names(target)

    def tender(self, target: str, name: str | None) -> Path | None:
        """The program that is the tender of that name, ours by default; None for a target that has
        none of its own."""
        about = self.targets[target]
        if about.own_tender is None:
            return None
        if name not in {None, about.own_tender}:
            return installed(str(name))
        if target not in self._tenders:
            path = self.root / about.own_tender
            # It has to run in a machine without libraries.
            flags = ["-static-pie"] if about.needs_kvm else []
            self._tenders[target] = tenders.build_tender(path, target, *flags)
        return self._tenders[target]

    def run(
        self,
        image: Path,
        target: str | None = None,
        *,
        tender: str | None = None,
        disks: Mapping[str, Path] | None = None,
        taps: Mapping[str, Tap] | None = None,
        options: Sequence[str] = (),
        args: Sequence[str] = (),
        mem: int = 2,
        visit: Visit | None = None,
    ) -> Ran:
        """Run an image to its end, or while what `visit` says is done (visit.py)."""
        target = target or image.suffix.removeprefix(".")
        about = self.targets[target]
        interfaces, network = made_by(about.needs_kvm, taps or {})
        words = device_words(disks or {}, taps or {}, interfaces, options)
        if about.needs_kvm:
            program = self.tender(target, tender)
            assert program
            inside = Hvt(self.root, target, self.machine(), Tender.of(program))
            before = network if taps or visit else ""
            kernel_args = quote_all(args)
            if visit:
                return inside.visit(image, visit, before, *words, mem=mem, args=kernel_args)
            return inside.run(image, *words, mem=mem, args=kernel_args, before=before)
        argv = self._command(image.resolve(), target, tender, words, args, mem)
        if visit:
            return self._visit(visit, visit.script(shlex.join(map(str, argv)), network))
        return finished([*inside_of(network), *argv] if taps else argv)

    def _visit(self, visit: Visit, script: str) -> Visited:
        """Run the script of a visit here."""
        with tempfile.TemporaryDirectory(dir=self.root) as folder:
            ran = finished([*ALONE, "sh", "-c", script], Path(folder), VISIT_TIMEOUT)
            assert ran.status == 0, ran
            kept = {path.name: path.read_bytes() for path in Path(folder, KEPT).iterdir()}
        return visit.result(kept)

    def _command(
        self,
        image: Path,
        target: str,
        tender: str | None,
        words: Sequence[str],
        args: Sequence[str],
        mem: int,
    ) -> list[str | Path]:
        """The command that runs an image here."""
        about = self.targets[target]
        program = self.tender(target, tender)
        words = [*words, f"--mem={mem}"]
        if about.machine:
            return [*COMMAND, "run", "-q", "-t", target, *words, image, "--", *args]
        if about.runs_itself:
            return [image, *words, "--", *quote_all(args)]
        assert program
        return [program, *words, "--", image, *quote_all(args)]


def device_words(
    disks: Mapping[str, Path],
    taps: Mapping[str, Tap],
    interfaces: Sequence[str],
    options: Sequence[str],
) -> list[str]:
    """The options that attach devices, and further ones."""
    words = [f"--block:{name}={path.resolve()}" for name, path in disks.items()]
    words += [f"--net:{name}={tap}" for name, tap in zip(taps, interfaces, strict=True)]
    return [*words, *options]


def inside_of(network: str) -> list[str]:
    """What stands before a command that is to find the network that a script makes."""
    return [*NETWORK, "sh", "-ec", f'{network}\nexec "$@"', "sh"]


def finished(argv: Sequence[str | Path], folder: Path | None = None, timeout: int = TIMEOUT) -> Ran:
    """A command's run, in a folder."""
    done = subprocess.run(
        argv, check=False, capture_output=True, timeout=timeout, stdin=subprocess.DEVNULL,
        env=os.environ | EMULATED, cwd=folder,
    )  # fmt: skip
    output, errors = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
    status = done.returncode if done.returncode >= 0 else 128 - done.returncode
    return Ran(status, output, errors)
