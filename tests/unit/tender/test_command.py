"""From the command line of `run` to that of a tender."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mirage_py.support.errors import MirageError
from mirage_py.tender import choose
from mirage_py.tender.command import Request, command
from mirage_py.tender.options import is_device_option
from tests.support.images import image


@pytest.fixture(autouse=True)
def nothing_installed(house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without tenders, in an empty folder."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("MIRAGE_PY_TENDER_SPT", raising=False)
    monkeypatch.setattr(choose, "LIBEXEC", tmp_path / "libexec")
    monkeypatch.chdir(tmp_path)


def program(path: Path) -> str:
    """A program at `path`, and its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def test_command(tmp_path: Path) -> None:
    tender = program(tmp_path / "bin" / "solo5-spt")
    built = image(tmp_path / "x.spt", storage="block", service="net")
    (tmp_path / "disk.img").write_bytes(bytes(4096))
    reader, writer = os.pipe()
    devices = [
        "--block:storage=disk.img",
        "--block-sector-size:storage=4096",
        f"--net:service=@{reader}",
        "--net-mac:service=02:00:00:00:00:01",
    ]
    made = command(Request(built, "spt", 64, devices, ["--hello=a b", "--"]))
    assert made.argv == (tender, "--mem=64", *devices, "--", str(built), '"--hello=a b"', "--")
    assert made.descriptors == (reader,)
    os.close(reader)
    os.close(writer)


def test_values_may_hold_what_names_may_not(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "solo5-spt")
    built = image(tmp_path / "x.spt", a="block")
    (tmp_path / "a=b: c").write_bytes(bytes(512))
    assert "--block:a=a=b: c" in command(Request(built, devices=["--block:a=a=b: c"])).argv


def test_a_tender_has_no_machines_to_choose_from(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "solo5-spt")
    built = image(tmp_path / "x.spt")
    with pytest.raises(MirageError, match="runs on no machine `q35`") as caught:
        command(Request(built, machine="q35"))
    assert caught.value.hint == "leave out `--machine`: it has none to choose from"


def test_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--tender, MIRAGE_PY_TENDER_SPT, the official one, ours: each wins over the next."""
    built = image(tmp_path / "x.spt")
    with pytest.raises(MirageError, match="neither `solo5-spt` nor `mirage-spt` was found"):
        command(Request(built))
    ours = program(tmp_path / "libexec" / "mirage-spt")
    assert command(Request(built)).argv[0] == ours
    official = program(tmp_path / "bin" / "solo5-spt")
    assert command(Request(built)).argv[0] == official
    from_environment = program(tmp_path / "own" / "spt")
    monkeypatch.setenv("MIRAGE_PY_TENDER_SPT", from_environment)
    assert command(Request(built)).argv[0] == from_environment
    given = program(tmp_path / "other" / "spt")
    assert command(Request(built, tender=given)).argv[0] == given


def test_target_without_a_tender_of_ours(tmp_path: Path) -> None:
    with pytest.raises(MirageError, match="neither `solo5-hvt` was found"):
        command(Request(image(tmp_path / "x.hvt", "hvt")))


@pytest.mark.parametrize("option", ["--net:a=b", "--net-mac:a", "--block", "--block-sector-size:"])
def test_device_options(option: str) -> None:
    assert is_device_option(option)


@pytest.mark.parametrize(
    "option", ["--mem=1", "--block=ramdisk", "--network:a=b", "-net:a", "--tender", "disk"]
)
def test_other_options(option: str) -> None:
    assert not is_device_option(option)
