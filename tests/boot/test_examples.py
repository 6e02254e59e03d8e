"""Every example, on every target: what it prints and how it ends is what its expect.toml says
(tests/support/expect.py)."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from mirage_py import catalog
from tests.support.bench import Bench
from tests.support.expect import Run, example_runs
from tests.support.unikernel import Unikernels, mirage_py
from tests.support.visit import Visited

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TARGETS = sorted(catalog.targets(catalog.share()))
RUNS = [
    pytest.param(
        path.parent, run, target, id=f"{path.parent.relative_to(EXAMPLES)}-{run.name}-{target}"
    )
    for path in sorted(EXAMPLES.rglob("expect.toml"))
    for run in example_runs(path.parent)
    for target in TARGETS
    if run.is_for(target)
]


@pytest.mark.parametrize(("example", "run", "target"), RUNS)
def test_example(
    example: Path, run: Run, target: str, unikernels: Unikernels, bench: Bench, tmp_path: Path
) -> None:
    image = unikernels.build(example, target, beside=TARGETS).path
    disks = {name: tmp_path / name for name in run.disks}
    for name, how in run.disks.items():
        make_disk(disks[name], how, image.parent)
    for args in run.before:
        first = bench.run(image, disks=disks, options=run.options, args=args, mem=run.mem)
        assert first.status == 0, first
    if bench.targets[target].needs_kvm:
        bench.machine()  # which takes its time to boot
    before = time.monotonic()
    ran = bench.run(
        image, disks=disks, taps=run.interfaces(), options=run.options, args=run.args,
        mem=run.mem, visit=run.visit,
    )  # fmt: skip
    took = time.monotonic() - before
    run.check(ran, bench.targets[target])
    if isinstance(ran, Visited):
        run.check_clients(ran)
    check_disks(run, disks)
    least, most = run.seconds
    assert least <= took <= most


def make_disk(path: Path, how: int | str | list[str], dist: Path) -> None:
    """Zeros; or what `mirage-py disk` makes of these words, of which one is DISK; or a copy of what
    the build left in `dist`."""
    if isinstance(how, int | str):
        path.write_bytes(bytes(how) if isinstance(how, int) else (dist / how).read_bytes())
        return
    made = mirage_py("disk", *(str(path) if word == "DISK" else word for word in how))
    assert made.status == 0, made


def check_disks(run: Run, disks: Mapping[str, Path]) -> None:
    """Compare what is on disks now."""
    for name, values in run.on_disk.items():
        for key, value in values.items():
            assert mirage_py("disk", "get", str(disks[name]), key).console == value
    for name, starts in run.sectors.items():
        data = disks[name].read_bytes()
        for number, start in enumerate(starts):
            assert data[512 * number :].startswith(start.encode())
