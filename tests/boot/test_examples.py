"""Every example, on every target: what it prints and how it ends is what its expect.toml says
(tests/support/expect.py)."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from mirage_py import catalog
from tests.support.bench import Bench
from tests.support.expect import Run, example_runs
from tests.support.unikernel import Unikernels
from tests.support.visit import Visited

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
RUNS = [
    pytest.param(path.parent, run, id=f"{path.parent.relative_to(EXAMPLES)}-{run.name}")
    for path in sorted(EXAMPLES.rglob("expect.toml"))
    for run in example_runs(path.parent)
]
TARGETS = sorted(catalog.targets(catalog.share()))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(("example", "run"), RUNS)
def test_example(
    example: Path, run: Run, target: str, unikernels: Unikernels, bench: Bench, tmp_path: Path
) -> None:
    if not run.is_for(target):
        pytest.skip(str(run.not_on.get(target) or run.only))
    image = unikernels.build(example, target).path
    disks = {name: tmp_path / name for name in run.disks}
    for name, size in run.disks.items():
        disks[name].write_bytes(bytes(size))
    before = time.monotonic()
    ran = bench.run(
        image, disks=disks, taps=run.interfaces(), options=run.options, args=run.args,
        mem=run.mem, visit=run.visit,
    )  # fmt: skip
    took = time.monotonic() - before
    run.check(ran, bench.targets[target])
    if isinstance(ran, Visited):
        run.check_clients(ran)
    least, most = run.seconds
    assert least <= took <= most
