"""virtio images with the processor's own virtualisation: QEMU in the test machine, which has a KVM.

What is different there: the clock is KVM's, interrupts come from the kernel, and every access to a
port leaves the guest.

The machine's processor is QEMU's emulation, whose VMRUN drops the hold on interrupts that STI or
loading SS has begun. Firmware that is interrupted there is lost now and then. A run in which the
image did not even say that it begins is such a one: it is tried again, and `retries` tells.
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
TIMEOUT = 300
DEBUG = "--solo5:debug"
RUNS = {
    "clocks": ("clocks", [DEBUG], "pc"),
    "blocks": ("blocks", [DEBUG, "write"], "q35"),
    "faults": ("faults", [DEBUG, "write-null"], "pc"),
}
"""Program, arguments, machine. Each takes two seconds: firmware is slow here."""
RUN = """
for try in 1 2 3; do
    timeout -s KILL 40 {command} >keep/{name}.out 2>&1 </dev/null
    echo $? >keep/{name}.code
    echo $try >keep/{name}.tries
    [ -s keep/{name}.out ] && break
done
mv status keep/{name}.status
"""


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
        script.append(RUN.format(name=name, command=f'"$@" {shlex.join(words[1:])}'))
    done = machine.run(files, "\n".join(["mkdir keep", *script]), TIMEOUT)
    assert done.status == 0, done

    def kept(name: str) -> str:
        return done.kept[name].decode("utf-8", "replace")

    ends = {}
    for name in RUNS:
        assert kept(f"{name}.code") == "83\n", kept(f"{name}.out")
        if kept(f"{name}.tries") != "1\n":
            machine.retries.append(f"virtio {name}: its firmware did not end")
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
    assert ran["blocks"].status == 0
    assert ran["blocks"].lines[-3:-1] == ["65536/512", "SUCCESS"]


def test_faults(ran: dict[str, Ran]) -> None:
    assert ran["faults"].status == 255
    assert "\nmirage: ABORT: exception #PF, write to 0x8 at" in ran["faults"].console
