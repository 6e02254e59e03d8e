"""Block devices and stores beside the host's own pread and pwrite, on the same file and unit.

python -m tests.bench.storage
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from mirage_py import catalog
from mirage_py.disk import ccm, fat, littlefs, repository
from mirage_py.tender.choose import choose
from tests.bench.programs import build
from tests.bench.report import table
from tests.support.programs import build_image, cc

HOST = Path(__file__).with_name("storage_host.c")
TARGETS = ("spt", "unix")
"""Those that run natively: an emulator's times say nothing."""
SIZE = 8 << 20
UNIT, RUN = 512, 64 << 10
VALUES = {"small": 100, "large": 1 << 20}
ROUNDS, TURNS = 9, 3
HUGE = 100 << 20
CONFIG = """\
from mirage_py import *
key = runtime_arg("--key", default="00" * 16, doc="Key of the sealed disk.")
types = (
    block >> block >> block >> kv_ro >> kv_ro >> kv_ro >> kv_ro >> kv_rw >> kv_rw >> {last} >> job
)
given = [block_of_file("raw"), ramdisk("ram"), ccm_block(key, block_of_file("sealed"))]
given += [crunch("values"), tar_kv_ro(block_of_file("tar")), fat_ro(block_of_file("fat"))]
given += [docteur("relativize://values"), chamelon(block_of_file("littlefs")), kv_rw_mem()]
given += [{device}]
register("stores", [main("unikernel.start", types)(*given)])
"""
UNIKERNEL = """\
from mirage import mtime

LEAST = 300_000_000

def tell(name, what, size, calls, took):
    print("rate", name, what, size, calls, took)

def blocks(device):
    unit = device.block_size
    buffer, run = bytearray(unit), bytearray(65536)
    per_run = len(run) // unit
    number, numbers = 1, []
    for _ in range(1024):
        number = (number * 1103515245 + 12345) & 0xFFFFFFFF
        numbers.append((number >> 8) % device.blocks)
    runs = [at * per_run for at in range(8)]
    for what, action, places, data in (
        ("read-random", device.readinto, numbers, buffer),
        ("write-random", device.write, numbers, buffer),
        ("read-sequential", device.readinto, runs, run),
        ("write-sequential", device.write, runs, run),
    ):
        times, begun = [], mtime.elapsed_ns()
        while mtime.elapsed_ns() - begun < LEAST:
            start = mtime.elapsed_ns()
            for place in places:
                action(place, data)
            times.append(mtime.elapsed_ns() - start)
        tell(device.name, what, len(data), len(places), min(times))

async def values(name, store):
    for key in ("small", "large"):
        times, calls = [], 64 if key == "small" else 1
        size, begun = await store.size(key), mtime.elapsed_ns()
        while mtime.elapsed_ns() - begun < LEAST:
            start = mtime.elapsed_ns()
            for _ in range(calls):
                await store.get(key)
            times.append(mtime.elapsed_ns() - start)
        tell(name, "get-" + key, size, calls, min(times))

async def writes(name, store, small, large):
    for key, value in (("small", small), ("large", large)):
        calls, start = 0, mtime.elapsed_ns()
        while True:
            await store.set(key, value)
            calls += 1
            took = mtime.elapsed_ns() - start
            if took > LEAST:
                break
        tell(name, "set-" + key, len(value), calls, took)

async def start(raw, ram, sealed, crunch, tar, fat, git, littlefs, memory, last):
    for device in (raw, ram, sealed):
        device.name = {raw: "block", ram: "ramdisk", sealed: "ccm_block"}[device]
        blocks(device)
    small, large = bytes(await crunch.get("small")), bytes(await crunch.get("large"))
    written = [("chamelon", littlefs), ("kv_rw_mem", memory)]
    if hasattr(last, "set"):
        written.append(("direct_kv_rw", last))
    for name, store in written:
        await writes(name, store, small, large)
    read = [("crunch", crunch), ("tar_kv_ro", tar), ("fat_ro", fat), ("docteur", git)]
    for name, store in read + written:
        await values(name, store)
"""
FIRST = """\
def start(store):
    print("started")
"""
C_IMAGE = """\
#include "solo5.h"
__asm__(".section .rodata\\nheld: .incbin \\"{path}\\"\\n.text\\n");
extern const volatile char held[];
int solo5_app_main(const struct solo5_start_info *info)
{{
    (void)info;
    return held[0];
}}
"""
Rates = dict[tuple[str, str], tuple[int, float]]
"""By device and what is done: bytes of a call, and calls in a second."""


def disks(folder: Path) -> dict[str, Path]:
    """A disk for each device, with the values on it."""
    values = folder / "values"
    values.mkdir()
    for name, size in VALUES.items():
        (values / name).write_bytes(os.urandom(size // 2) * 2)
    made = {name: folder / f"{name}.img" for name in ("raw", "sealed", "tar", "fat", "littlefs")}
    made["raw"].write_bytes(bytes(SIZE))
    ccm.encrypt(made["raw"], made["sealed"], "00" * 16, UNIT)
    with tarfile.open(made["tar"], "w") as archive:
        archive.add(values, ".")
    fat.make(made["fat"], SIZE, UNIT)
    littlefs.make(made["littlefs"], SIZE, 4096)
    for name in VALUES:
        fat.put(made["fat"], name, (values / name).read_bytes())
    made["docteur"] = folder / "docteur.img"
    repository.prepare(values.as_uri(), folder, made["docteur"])
    return made


def guest(target: str, folder: Path, attached: dict[str, Path]) -> list[str]:
    """The command that runs the guest on one target."""
    project = folder / "stores"
    project.mkdir(exist_ok=True)
    last = ("kv_rw", "direct_kv_rw('.')") if target == "unix" else ("kv_ro", "crunch('values')")
    (project / "config.py").write_text(CONFIG.format(last=last[0], device=last[1]))
    (project / "unikernel.py").write_text(UNIKERNEL)
    if not (project / "values").exists():
        (project / "values").symlink_to(folder / "values")
    image = str(build(project, target))
    about = catalog.targets(catalog.share())[target]
    words = ["--mem=64", *(f"--block:{name}={path}" for name, path in attached.items())]
    return [image, *words] if about.runs_itself else [str(choose(about, None)), *words, image]


def run_guest(command: list[str], folder: Path) -> Rates:
    """What a guest did."""
    ran = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    rates: Rates = {}
    for line in ran.stdout.splitlines():
        _, name, what, size, calls, took = line.split()
        rates[name, what] = int(size), int(calls) / int(took) * 1e9
    return rates


def run_host(program: Path, file: Path) -> Rates:
    """The same of the host's own calls, for units and for runs of them."""
    rates: Rates = {}
    for unit, count, order in ((UNIT, 1024, "random"), (UNIT, 1024, "sequential"),
                               (RUN, 8, "sequential")):  # fmt: skip
        for way in ("read", "write"):
            words = [program, file, str(unit), str(count), way, order]
            ran = subprocess.run(words, check=True, capture_output=True, text=True)
            calls, took = map(int, ran.stdout.split())
            rates[f"host, {unit}", f"{way}-{order}"] = unit, calls / took * 1e9
    return rates


def best(turns: list[Rates]) -> Rates:
    """The best of several turns: what else the machine does only takes away from that."""
    return {key: max(turn[key] for turn in turns) for key in turns[0]}


def lines(measured: dict[str, Rates], hosts: Rates) -> Iterator[list[str]]:
    """One line for each thing that was measured, and block's beside the host's."""
    yield ["", "", *(f"{target}, /s" for target in measured), *(f"{one}, MB/s" for one in measured),
           "of the host"]  # fmt: skip
    for name, what in {key: None for rates in measured.values() for key in rates}:
        found = [rates.get((name, what)) for rates in measured.values()]
        ratios = [
            f"{target} {megabytes(one) / megabytes(beside):.2f}"
            for (target, one) in zip(measured, found, strict=True)
            if one and (beside := hosts.get((f"host, {unit_of(target, one[0])}", what)))
        ]
        yield [
            name, what,
            *(f"{one[1]:,.0f}" if one else "-" for one in found),
            *(f"{megabytes(one):,.1f}" if one else "-" for one in found),
            ", ".join(ratios) if name == "block" else "",
        ]  # fmt: skip
    for (name, what), rate in hosts.items():
        yield [name, what, f"{rate[1]:,.0f}", "", f"{megabytes(rate):,.1f}", "", ""]


def unit_of(target: str, size: int) -> int:
    """What one call of the host moves where the guest moves `size` bytes: runs are units on spt,
    whose filter allows no other, and whole elsewhere."""
    return UNIT if target == "spt" else size


def megabytes(rate: tuple[int, float]) -> float:
    return rate[0] * rate[1] / 1e6


def start_of_huge(folder: Path) -> Iterator[list[str]]:
    """100 MB in the image: from exec to exit, beside a program in C with as much."""
    (folder / "huge" / "data").mkdir(parents=True)
    (folder / "huge" / "data" / "value").write_bytes(bytes(HUGE))
    config = 'from mirage_py import *\napp = main("unikernel.start", kv_ro >> job)\n'
    (folder / "huge" / "config.py").write_text(config + 'register("huge", [app(crunch("data"))])\n')
    (folder / "huge" / "unikernel.py").write_text(FIRST)
    image = build(folder / "huge")
    source = folder / "c_huge.c"
    source.write_text(C_IMAGE.format(path=folder / "huge" / "data" / "value"))
    c = build_image(folder / "c_huge.spt", source, "spt", "-s")
    tender = str(choose(catalog.targets(catalog.share())["spt"], None))
    took: dict[str, list[float]] = {"crunch": [], "C": []}
    for _ in range(ROUNDS):
        for name, path in (("crunch", image), ("C", c)):
            begun = time.perf_counter()
            subprocess.run([tender, "--mem=160", path], check=True, stdout=subprocess.DEVNULL)
            took[name].append(time.perf_counter() - begun)
    medians = {name: statistics.median(each) * 1000 for name, each in took.items()}
    yield ["100 MB, spt", "exec to exit, ms", "bytes of the image"]
    for name, path in (("crunch", image), ("C", c)):
        yield [name, f"{medians[name]:.1f}", f"{path.stat().st_size:,}"]
    size = image.stat().st_size
    (folder / "huge" / "data" / "value").write_bytes(b"0")
    small = build(folder / "huge").stat().st_size
    yield ["crunch, of a byte", "", f"{small:,}"]
    yield ["overhead", f"{(size - small - HUGE + 1) / HUGE:+.2e} a byte", ""]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="mirage-py-bench.") as name:
        folder = Path(name)
        attached = disks(folder)
        program = folder / "host"
        cc("-O2", HOST, "-o", program)
        commands = {target: guest(target, folder, attached) for target in TARGETS}
        (folder / "written").mkdir()
        hosts, guests = [], {target: [] for target in TARGETS}
        for _ in range(TURNS):
            hosts.append(run_host(program, attached["raw"]))
            for target, command in commands.items():
                guests[target].append(run_guest(command, folder / "written"))
        huge = list(start_of_huge(folder))
    print(f"{platform.platform()}, {os.cpu_count()} processors\n")
    measured = {target: best(turns) for target, turns in guests.items()}
    print(table(list(lines(measured, best(hosts)))))
    print("\n" + table(huge))


if __name__ == "__main__":
    main()
