"""The guest's side of virtio: from the loader's jump to the end, on the machines that there are."""

from __future__ import annotations

import re
import signal
import statistics
import subprocess
import time
from pathlib import Path

import pytest

from mirage_py.image import elf
from tests.support.programs import ROOT, build_whole
from tests.support.running import running
from tests.support.unikernel import COMMAND
from tests.support.virtio import Virtio

PATIENCE = 60
MACHINES = ["pc", "q35", "pc,acpi=off", "q35,acpi=off", "microvm"]


@pytest.mark.parametrize("machine", MACHINES)
def test_hello(virtio: Virtio, machine: str) -> None:
    """It prints, and neither boot code nor firmware adds anything of its own."""
    ran = virtio.run(virtio.image("hello"), machine=machine)
    assert (ran.status, ran.console, ran.messages) == (0, "Hello\n", "")


@pytest.mark.parametrize("cpu", ["qemu64", "qemu64,-rdrand", "Westmere", "EPYC"])
def test_processors(virtio: Virtio, cpu: str) -> None:
    """No more is needed than the first 64-bit processors had."""
    ran = virtio.run(virtio.image("floats"), changes=[("max", cpu)])
    assert (ran.status, ran.console) == (0, "SUCCESS\n")


@pytest.mark.parametrize("cpu", ["qemu32", "max,nx=off"])
def test_processor_that_lacks_something(virtio: Virtio, cpu: str) -> None:
    ran = virtio.run(virtio.image("hello"), changes=[("max", cpu)])
    assert ran.status == 255
    assert ran.console == (
        "mirage: ABORT: this CPU has no 64-bit mode, or no protection from execution\n"
    )


STATUS_DEVICE = "isa-debugcon,iobase=0x504,chardev=status"
EXIT_DEVICE = "isa-debug-exit,iobase=0x501,iosize=2"


def test_end_on_solo5s_port(virtio: Virtio) -> None:
    """A machine as Solo5's scripts make it ends with QEMU's status 83, which counts as success."""
    ran = virtio.run(
        virtio.image("ends"), args=["return"], changes=[(STATUS_DEVICE, "virtio-rng-pci")]
    )
    assert (ran.status, ran.console) == (0, "")


@pytest.mark.parametrize(("how", "status"), [("return", 2 * 7 + 1), ("abort", 255)])
def test_end_on_a_port_that_ends_qemu(virtio: Virtio, how: str, status: int) -> None:
    device = "isa-debug-exit,iobase=0x504,iosize=1"
    ran = virtio.run(virtio.image("ends"), args=[how], changes=[(STATUS_DEVICE, device)])
    assert ran.status == status


def test_run_takes_the_machine(virtio: Virtio) -> None:
    command = [*COMMAND, "run", "--machine=q35", str(virtio.image("hello"))]
    shown, ran = (
        subprocess.run(
            [*command, *more], capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        for more in (["--dry-run"], [])
    )
    assert " -machine q35 " in shown.stdout
    assert (ran.returncode, ran.stdout) == (0, "Hello\n"), ran


@pytest.mark.parametrize("machine", ["pc", "q35"])
def test_power_off(virtio: Virtio, machine: str) -> None:
    """Without those ports the machine is switched off; the status is told before."""
    ran = virtio.run(
        virtio.image("ends"), args=["return"], machine=machine,
        changes=[(EXIT_DEVICE, "virtio-rng-pci")],
    )  # fmt: skip
    assert (ran.status, ran.console) == (7, "")


def test_machine_that_cannot_be_switched_off(virtio: Virtio) -> None:
    changes = [(EXIT_DEVICE, "virtio-rng-pci")]
    with virtio.running(virtio.image("hello"), machine="pc,acpi=off", changes=changes) as run:
        assert run.stdout
        assert run.stdout.readline() == "Hello\n"
        assert "this machine cannot be switched off" in run.stdout.readline()
        before = cpu_seconds(run.pid)
        time.sleep(0.5)
        assert cpu_seconds(run.pid) - before < 0.25


def cpu_seconds(process: int) -> float:
    """The time that a process has computed so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def test_interrupt_before_it_sleeps(virtio: Virtio) -> None:
    """Where a hypervisor does not hold it back until `hlt` (test_virtio_kvm.py), it ends the sleep
    all the same."""
    source = ROOT / "tests" / "guest" / "virtio" / "interrupted.c"
    ran = virtio.run(build_whole(virtio.root / "interrupted.virtio", source, "virtio"))
    assert (ran.status, ran.console) == (0, "SUCCESS\n")


def test_reset_is_no_success(virtio: Virtio) -> None:
    """A machine that starts over before the image has ended: QEMU's status is 0, ours is not."""
    ran = virtio.run(virtio.image("resets"))
    assert (ran.status, ran.console) == (255, "")


@pytest.mark.parametrize("level", ["info", "debug"])
def test_boot_messages(virtio: Virtio, level: str) -> None:
    ran = virtio.run(virtio.image("arguments"), args=[f"--solo5:{level}", "a"])
    lines = ran.console.splitlines()
    assert "mirage: virtio, memory ends at 0xfe0000" in lines
    assert lines[-2:] == ["[a]", "mirage: exit 0x0"]


@pytest.mark.parametrize(
    ("arguments", "seen"),
    [
        ([], ""),
        (["a", "b"], "a b"),
        (["b  c", "", 'd"\\e'], '"b  c" "" "d\\"\\\\e"'),
        (["a,b=c", "--", "-m", "{}"], "a,b=c -- -m {}"),
        (["--solo5:quiet", "--solo5:warn", "a"], "a"),
        (["a", "--solo5:info"], "a --solo5:info"),
    ],
)
def test_arguments(virtio: Virtio, arguments: list[str], seen: str) -> None:
    ran = virtio.run(virtio.image("arguments"), args=arguments)
    assert (ran.status, ran.console) == (0, f"[{seen}]\n")


def test_longest_arguments(virtio: Virtio) -> None:
    ran = virtio.run(virtio.image("arguments"), args=["x" * 8000, "y" * 190])
    assert (ran.status, len(ran.console)) == (0, 8191 + len("[]\n"))


def test_too_long_arguments(virtio: Virtio) -> None:
    ran = virtio.run(
        virtio.image("arguments"), args=["x" * 8000], changes=[("x" * 8000, "x" * 8192)]
    )
    assert ran.status == 255
    assert ran.console == "mirage: ABORT: the boot arguments are longer than 8191 bytes\n"


def test_path_with_spaces(virtio: Virtio, tmp_path: Path) -> None:
    image = tmp_path / "an image, with spaces.virtio"
    image.write_bytes(virtio.image("arguments").read_bytes())
    assert virtio.run(image, args=["a"]).console == "[a]\n"


@pytest.mark.parametrize("mem", [2, 3, 64, 1500, 3000])
def test_memory(virtio: Virtio, mem: int) -> None:
    flags = ["-DSTEP=0x4000000"] if mem > 64 else []
    ran = virtio.run(virtio.image("memory", *flags), mem=mem)
    assert (ran.status, ran.lines[-1]) == (0, "SUCCESS")
    assert mem - 3 <= int(ran.lines[0]) < mem


def test_memory_behind_the_gap(virtio: Virtio) -> None:
    """A PC has addresses of devices below 4 GiB; the memory that is in the way lies behind them."""
    ran = virtio.run(virtio.image("hello"), mem=4096, args=["--solo5:info"])
    assert ran.status == 0
    found = re.search("memory ends at 0x([0-9a-f]+)", ran.console)
    assert found
    assert 2 << 30 <= int(found[1], 16) < 4 << 30


def test_too_little_memory(virtio: Virtio) -> None:
    """An image that fits, with hardly anything left for heap and stack."""
    image = virtio.image("memory", "-DROOM=820000")
    ran = virtio.run(image, mem=2)
    assert ran.status == 255
    assert ran.console.startswith("mirage: ABORT: not enough memory")
    assert virtio.run(image, mem=3).status == 0


@pytest.mark.parametrize("machine", MACHINES)
def test_clocks(virtio: Virtio, machine: str) -> None:
    before = int(time.time())
    ran = virtio.run(virtio.image("clocks"), machine=machine)
    wall, result = ran.lines
    assert (ran.status, result) == (0, "SUCCESS")
    assert before <= int(wall) <= time.time()


@pytest.mark.parametrize(
    "date",
    ["2000-02-29T23:59:58", "2026-12-31T12:00:00", "2028-03-01T00:00:00", "2085-07-04T05:06:07"],
)
def test_dates(virtio: Virtio, date: str) -> None:
    """The guest's seconds are whole, and begin when the host's do."""
    start = subprocess.check_output(["date", "-u", "-d", f"{date}Z", "+%s"], text=True)
    before = int(time.time())
    ran = virtio.run(virtio.image("clocks"), extra=["-rtc", f"base={date}"])
    assert 0 <= int(ran.lines[0]) - int(start) <= int(time.time()) - before


def test_sleep_takes_no_time_of_the_processor(virtio: Virtio) -> None:
    with virtio.running(virtio.image("sleeps")) as child:
        assert child.stdout
        assert child.stdout.readline() == "sleeping\n"
        before = cpu_seconds(child.pid)
        time.sleep(2)
        assert cpu_seconds(child.pid) - before < 0.4


def test_sleep_is_as_long_as_it_should_be(virtio: Virtio) -> None:
    """By the clock outside: the frequency of the counter is known to within a thousandth. A busy
    host may be late to look, at the beginning or at the end, but not every time."""
    took = [nap(virtio)]
    if not is_right(took[0]):
        took += [nap(virtio) for _ in range(4)]
    assert is_right(statistics.median(took)), took


def is_right(took: float) -> bool:
    return 2.0 - 0.05 < took < 2.0 + 0.5


def nap(virtio: Virtio) -> float:
    """How many seconds pass between two lines of an image that sleeps 2 s between them."""
    with virtio.running(virtio.image("naps")) as child:
        assert child.stdout
        times = []
        for _ in range(2):
            assert child.stdout.readline() == "now\n"
            times.append(time.monotonic())
    return times[1] - times[0]


def test_stack_protector_differs(virtio: Virtio) -> None:
    """Another value in every run, also on a processor without random numbers."""
    image = virtio.image("guard")
    changes = [("max", "Westmere")]
    values = {int(virtio.run(image).console), int(virtio.run(image).console)}
    values |= {int(virtio.run(image, changes=changes).console) for _ in range(2)}
    assert len(values) == 4
    assert all(value & 0xFF00 == 0 and value >> 32 for value in values)


def test_slow_reader_gets_everything(virtio: Virtio) -> None:
    """The guest waits, asleep, until the console takes what it writes. How soon it comes to that
    is the host's affair."""

    def computed() -> float:
        before = cpu_seconds(child.pid)
        time.sleep(2)
        return cpu_seconds(child.pid) - before

    with virtio.running(virtio.image("prints")) as child:
        assert child.stdout
        time.sleep(1)
        assert any(computed() < 0.6 for _ in range(5))
        lines = child.stdout.read().splitlines()
        assert child.wait(20) == 83
    assert [int(line.split()[0]) for line in lines] == list(range(5000))


def test_interrupt_from_the_keyboard(virtio: Virtio) -> None:
    """It ends QEMU, and `run` has the status that shells give for it."""
    command = [*COMMAND, "run", "-q", str(virtio.image("sleeps"))]
    with running(command) as child:
        assert child.stdout
        assert child.stdout.readline() == "sleeping\n"
        child.send_signal(signal.SIGINT)
        assert child.wait(20) == 130


def test_image_is_one_piece(virtio: Virtio) -> None:
    """A loader copies the file as it is: every segment lies in memory as it lies in the file."""
    image = virtio.image("disks", first="block", second="block")
    data = image.read_bytes()
    assert (0x1BADB002).to_bytes(4, "little") in data[:8192]
    contents = elf.read(image)
    assert (contents.target, contents.abi_version) == ("virtio", 1)
    assert [segment.permissions for segment in contents.segments] == ["r--", "r-x", "rw-"]
    offset = int.from_bytes(data[32:40], "little")
    for number in range(int.from_bytes(data[56:58], "little")):
        header = data[offset + 56 * number :][:56]
        if header[:4] == b"\x01\0\0\0":
            in_file, in_memory = (int.from_bytes(header[at : at + 8], "little") for at in (8, 16))
            assert in_memory - in_file == 0x100000


def test_machine_without_a_timer(virtio: Virtio) -> None:
    ran = virtio.run(virtio.image("hello"), machine="microvm,pit=off")
    assert ran.status == 255
    assert ran.console == "mirage: ABORT: this machine has no timer (an 8254)\n"


def test_processor_without_a_local_interrupt_controller(virtio: Virtio) -> None:
    ran = virtio.run(virtio.image("clocks"), changes=[("max", "qemu64,-apic")])
    assert (ran.status, ran.lines[-1]) == (0, "SUCCESS")
