"""The manifest in C: which devices it can hold, and that the compiler makes of it what readers
expect."""

from __future__ import annotations

from pathlib import Path

import pytest

from mirage_py.graph.model import Attachment
from mirage_py.image import elf
from mirage_py.support.errors import Position
from mirage_py.workspace.manifest import MAX_DEVICES, BadManifest, manifest_source
from tests.support.programs import PROGRAMS, build_image


def attachment(name: str, kind: str = "block", line: int = 1) -> Attachment:
    return Attachment(name, kind, Position("config.py", line, f"# line {line}"))


@pytest.mark.parametrize("count", [0, 1, MAX_DEVICES])
def test_is_read_back(count: int, tmp_path: Path) -> None:
    """With the longest name that there can be, too."""
    devices = {f"device{number}": ("net", "block")[number % 2] for number in range(count)}
    if count:
        devices["z" * 67] = devices.pop("device0")
    path = build_image(tmp_path / "image", PROGRAMS / "hello.c", "spt", **devices)
    assert {device.name: device.kind for device in elf.read(path).devices} == devices


def test_same_devices_same_text() -> None:
    devices = [attachment("a"), attachment("b", "net")]
    assert manifest_source(devices) == manifest_source(list(devices))


@pytest.mark.parametrize("name", ["", "a-b", "a b", "é", 'a"', "a\n", "z" * 68])
def test_names_that_no_option_could_say(name: str) -> None:
    with pytest.raises(BadManifest) as raised:
        manifest_source([attachment("fine"), attachment(name, line=7)])
    assert raised.value.position == Position("config.py", 7, "# line 7")
    assert raised.value.hint


def test_too_many_devices() -> None:
    devices = [attachment(f"d{number}", line=number) for number in range(MAX_DEVICES + 1)]
    with pytest.raises(BadManifest, match="64 devices are declared, and an image can have 63"):
        manifest_source(devices)


def test_one_name_twice() -> None:
    """Options say a name only, so a block device and a network cannot share one."""
    with pytest.raises(BadManifest, match=r"`a` is used twice; first at config.py:3"):
        manifest_source([attachment("a", line=3), attachment("a", "net", line=5)])


def test_unknown_kind() -> None:
    with pytest.raises(BadManifest, match="kind `gpu`"):
        manifest_source([attachment("a", "gpu")])
