"""Network devices of hvt under a real KVM, over a tap interface of the test machine. The official
tender offers its ring, so there frames take another way out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.hvt import OFFICIAL, Hvt, tap
from tests.support.kvm import Machine
from tests.support.programs import ROOT, cc
from tests.support.unikernel import Ran


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What sends frames to the guest and looks at its answers."""
    path = tmp_path_factory.mktemp("peer") / "peer"
    cc("-std=gnu11", "-O2", "-static", "-Wall", "-Wextra", "-Werror",
       ROOT / "tests" / "guest" / "peer" / "peer.c", "-o", path)  # fmt: skip
    return path


def test_network_of_a_job(machine: Machine) -> None:
    """Nothing of an earlier job is in it: no interface, so no connection over one."""
    earlier = machine.run({}, f"{tap('tap0')}ip -o link")
    assert "tap0" in earlier.console
    own = machine.run({}, "ip -o link")
    assert re.findall(r"^\d+: (\w+): <.*\bUP\b", own.console, re.MULTILINE) == ["lo"], own
    assert len(own.lines) == 1, own


def echo(hvt: Hvt, peer: Path, *, size: int, count: int, window: int, mtu: int = 1500) -> Ran:
    """Frames of `size` to the guest and back. What the peer says goes to the tender's messages."""
    talk = f"(./peer tap0 wait && ./peer tap0 {size} {count} {window}) >&2 &\n"
    return hvt.run(
        hvt.image("echo", other="block", service="net"),
        "--block:other=disk", "--net:service=tap0", "--net-mac:service=02:00:00:00:00:02",
        before=f"truncate -s 512 disk\n{tap('tap0', mtu)}{talk}",
        after="wait", files={"peer": peer},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("size", "count", "window"),
    [(46, 20, 1), (1500, 20, 1), (1500, 1000, 16), (46, 3000, 100)],
)
def test_frames(hvt: Hvt, peer: Path, size: int, count: int, window: int) -> None:
    ran = echo(hvt, peer, size=size, count=count, window=window)
    assert (ran.status, ran.console) == (0, "1500 020000000002\nSUCCESS\n"), ran
    assert ran.messages == f"{count + 1} frames answered\n"


@pytest.mark.parametrize(("mtu", "count"), [(576, 100), (9000, 200), (65521, 50)])
def test_mtu(hvt: Hvt, peer: Path, mtu: int, count: int) -> None:
    """Frames as large as the interface takes. The largest do not fit into a ring."""
    ran = echo(hvt, peer, size=mtu, count=count, window=4, mtu=mtu)
    assert (ran.status, ran.console) == (0, f"{mtu} 020000000002\nSUCCESS\n"), ran
    assert ran.messages == f"{count + 1} frames answered\n"


def test_ring(hvt: Hvt) -> None:
    """It is used where it is offered: by the official tender since 0.11, to a guest with a network;
    with every size of memory, as it lies beyond."""
    offered = hvt.tender.name == OFFICIAL
    image = hvt.image("arguments", service="net")
    for mem in (2, 64, 1024):
        ran = hvt.run(
            image, "--net:service=tap0", mem=mem, args=["--solo5:info"], before=tap("tap0")
        )
        assert (
            f"mirage:   ring  at {mem << 20:#x}" in ran.lines
            if offered
            else "ring" not in ran.console
        )
    assert "ring" not in hvt.run(hvt.image("arguments"), args=["--solo5:info"]).console


def test_interface_that_is_not_there(mirage_hvt: Hvt) -> None:
    ran = mirage_hvt.run(mirage_hvt.image("echo", service="net"), "--net:service=tap77")
    reason = "Could not attach interface: tap77: No such file or directory"
    assert (ran.status, ran.messages) == (1, f"mirage-hvt: {reason}\n")
