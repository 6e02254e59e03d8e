"""Every program of tests/guest/programs, on every target, in every tender that there is: what it
prints and how it ends is what its .toml says (tests/support/expect.py)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mirage_py import catalog
from tests.support import tenders
from tests.support.bench import Bench
from tests.support.expect import Run, runs
from tests.support.programs import PROGRAMS

RUNS = list(runs(PROGRAMS))
TARGETS = sorted(catalog.targets(catalog.share()))


def cases() -> Iterator[object]:
    """Each run in each tender of each target that it is for."""
    for target in TARGETS:
        for tender in tenders.names(target):
            for run in RUNS:
                if run.is_for(target):
                    yield pytest.param(target, tender, run, id=f"{tender}-{run}")


@pytest.mark.parametrize(("target", "tender", "run"), list(cases()))
def test_program(bench: Bench, tmp_path: Path, target: str, tender: str, run: Run) -> None:
    image = bench.programs(target).image(run.program, **run.devices)
    disks = {name: tmp_path / name for name in run.disks}
    for name, size in run.disks.items():
        disks[name].write_bytes(bytes(size))
    for args in [*run.before, run.args]:
        ran = bench.run(
            image, tender=tender, disks=disks, taps=run.interfaces(), options=run.options, args=args
        )
        if args is not run.args:
            assert ran.status == 0, ran
    run.check(ran, bench.targets[target])
