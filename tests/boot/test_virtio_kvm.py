"""virtio images with the processor's own virtualisation: QEMU in the test machine, which has a KVM.

What is different there: the clock is KVM's, interrupts come from the kernel, and every access to a
port leaves the guest.
"""

from __future__ import annotations

import shlex
import shutil
import time
from pathlib import Path

import pytest

from tests.support.hvt import Tender
from tests.support.kvm import QEMU, Machine
from tests.support.unikernel import Ran
from tests.support.virtio import Virtio, machine_command

DATA = [Path("/usr/share/qemu"), Path("/usr/share/seabios")]
FIRMWARE = ["bios-256k.bin", "kvmvapic.bin", "multiboot.bin", "multiboot_dma.bin"]
TIMEOUT = 120
RUNS = {
    "clocks": ("clocks", ["--solo5:debug"], "pc"),
    "blocks": ("blocks", ["write"], "q35"),
    "faults": ("faults", ["write-null"], "pc"),
}
"""Program, arguments, machine. Each takes three seconds: firmware is slow here."""


@pytest.fixture(scope="module")
def ran(machine: Machine, virtio: Virtio, tmp_path_factory: pytest.TempPathFactory):
    """The ends of all runs, by name. They are one job, as QEMU is large to send."""
    path = shutil.which(QEMU)
    assert path
    qemu = Tender.of(Path(path))
    folder = tmp_path_factory.mktemp("kvm")
    (folder / "disk.img").write_bytes(bytes(65536))
    files = {**qemu.files, "disk.img": folder / "disk.img"}
    for name in FIRMWARE:
        files[f"share/{name}"] = next(one / name for one in DATA if (one / name).exists())
    script = [f"set -- {qemu.command} -L share"]
    for name, (program, args, kind) in RUNS.items():
        devices = {"storage": "block"} if program == "blocks" else {}
        image = virtio.image(program, **devices)
        files[f"{program}.virtio"] = image
        options = [f"--block:storage={folder / 'disk.img'}"] if devices else []
        _, words = machine_command(
            image, *options, folder=folder, args=args, machine=kind,
            changes=[(str(image), f"{program}.virtio"), (f"{folder}/", "")], accelerated=True,
        )  # fmt: skip
        line = shlex.join(words[1:])
        script.append(
            f'"$@" {line} >keep/{name}.out 2>&1 </dev/null; echo $? >keep/{name}.code; '
            f"mv status keep/{name}.status"
        )
    done = machine.run(files, "\n".join(["mkdir keep", *script]), TIMEOUT)
    assert done.status == 0, done

    def kept(name: str) -> str:
        return done.kept[name].decode("utf-8", "replace")

    ends = {}
    for name in RUNS:
        assert kept(f"{name}.code") == "83\n", kept(f"{name}.out")
        ends[name] = Ran(done.kept[f"{name}.status"][0], kept(f"{name}.out"), "")
    return ends


def test_clocks(ran: dict[str, Ran]) -> None:
    """The hypervisor's clock, which agrees with the host's."""
    lines = ran["clocks"].lines
    assert ran["clocks"].status == 0
    assert "mirage: clock: the hypervisor's" in lines
    wall, result = lines[-3:-1]
    assert result == "SUCCESS"
    assert abs(int(wall) - time.time()) < TIMEOUT


def test_blocks(ran: dict[str, Ran]) -> None:
    assert ran["blocks"] == Ran(0, "65536/512\nSUCCESS\n", "")


def test_faults(ran: dict[str, Ran]) -> None:
    assert ran["faults"].status == 255
    assert ran["faults"].console.startswith("mirage: ABORT: exception #PF, write to 0x8 at")
