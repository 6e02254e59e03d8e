"""What config.py registers is there under the shim: tests see what an image gives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CONFIG = """\
from mirage_py import *

count = runtime_arg("--count", type=int, default=3)
ratio = runtime_arg("--ratio", type=float, default=1)
owner = runtime_arg("--owner", required=True)
register(
    "clockwork",
    [main("unikernel.start", job, args=[count, ratio, owner])],
    reporter=default_reporter("warning"),
    ptime=mock_ptime,
    mtime=mock_mtime,
)
"""
UNIKERNEL = """\
from mirage import args, hooks, info, log, mtime, ptime
from mirage.mtime import mock as mtime_mock
from mirage.ptime import mock as ptime_mock

need = args.add("--need", type=int, required=True)
many = args.add("--many", repeated=True, type=float, default=[1])
early = args.get("--count")
hooks.at_exit(lambda: print("end"))


def start(count, ratio, owner):
    log.info("info")
    log.warning("%d %s", ptime.now(), mtime.elapsed_ns())
    ptime_mock.set(86_400_000_000_000)
    mtime_mock.tick()
    log.warning("%d %s", ptime.now(), mtime.elapsed_ns())
    print(args.name(), info.name, need(), many(), count, args.get("--ratio"), owner)
    many().append("mine")
"""
TESTS = """\
import pytest
import unikernel
from mirage import args, ptime

STOPPED = "1970-01-01T00:00:00-00:00: [WARNING] [application] 0 0"
LATER = "1970-01-02T00:00:00-00:00: [WARNING] [application] 86400000000000 1"


@pytest.mark.parametrize("again", [1, 2])
def test_start(guest, capsys, again):
    guest.args["--need"] = 4
    guest.args["--owner"] = "me"
    given = [args.get(name) for name in ("--count", "--ratio", "--owner")]
    guest.run(lambda: unikernel.start(*given))
    told = "clockwork clockwork 4 [1.0] 3 1.0 me"
    assert capsys.readouterr().out.splitlines() == [STOPPED, LATER, told, "end"]
    assert (unikernel.early, unikernel.many()) == (3, [1.0])
    assert isinstance(args.get("--ratio"), float)


def test_what_is_not_given(guest):
    for ask in (unikernel.need, lambda: args.get("--owner")):
        with pytest.raises(LookupError, match="required.*`guest.args"):
            ask()


def test_levels(guest, capsys):
    guest.args["--logs"] = "info"
    guest.args["--need"] = 1
    guest.run(lambda: unikernel.start(1, 1.0, "me"))
    assert "[INFO] [application] info" in capsys.readouterr().out


def test_a_list_is_a_list(guest):
    with pytest.raises(ValueError, match="takes a list, for it is repeated, not 2.5"):
        guest.args["--many"] = 2.5
"""


def test_a_project(tmp_path: Path) -> None:
    """Its tests run by pytest, in a process that imports the project anew."""
    (tmp_path / "tests").mkdir()
    for name, text in {
        "config.py": CONFIG, "unikernel.py": UNIKERNEL, "tests/test_clockwork.py": TESTS,
    }.items():  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        capture_output=True, text=True, cwd=tmp_path, check=False, timeout=60,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout
    assert "5 passed" in ran.stdout
