"""examples/README.md: its commands are those of expect.toml, whose runs tests/boot makes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.support.expect import example_runs

EXAMPLES = Path(__file__).parents[2] / "examples"
ROW = re.compile(r"^\| `([\w/-]+)` \| `mirage-py run(?: -- (.*?))?` \| .* \|$", re.MULTILINE)
ROWS = ROW.findall((EXAMPLES / "README.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("folder", "args"), ROWS)
def test_a_row_is_a_run(folder: str, args: str) -> None:
    """On every target, without a device."""
    runs = [one for one in example_runs(EXAMPLES / folder) if one.args == shlex.split(args)]
    assert runs
    for one in runs:
        assert not any((one.only, one.not_on, one.disks, one.taps, one.options))


def test_all_that_need_no_device_are_there() -> None:
    assert len(ROWS) == 11
    assert {folder for folder, _ in ROWS} >= {
        str(path.relative_to(EXAMPLES).parent) for path in EXAMPLES.glob("tutorial/**/config.py")
    }
