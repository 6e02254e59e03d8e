"""Real tap interfaces, in a network of the tests' own: what `run` says of each before it starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mirage_py.tender import tap
from mirage_py.tender.options import DeviceOption

NAMESPACE = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
WITHOUT_RIGHTS = ["setpriv", "--bounding-set=-net_admin"]
"""Root that may do no more with a tap interface than its owner lets others."""

PREPARE = """
import fcntl, json, os, subprocess, sys
from mirage_py.tender import tap
from mirage_py.tender.options import DeviceOption

def ip(*words):
    subprocess.run(["ip", *words], check=True)

def said(name):
    return [error.render() for error in tap.check_net(DeviceOption("net", "service", name))]

for name, *owner in (("good",), ("down",), ("busy",), ("foreign", "user", "12345")):
    ip("tuntap", "add", name, "mode", "tap", *owner)
    if name != "down":
        ip("link", "set", name, "up")
ip("tuntap", "add", "tunnel", "mode", "tun")
ip("link", "set", "tunnel", "up")
"""
LOOK = """
other = subprocess.Popen([sys.executable, "-c", '''
import fcntl, os, time
from mirage_py.tender import tap
held = os.open(tap.TUN, os.O_RDWR)
fcntl.ioctl(held, tap.TUN_SET_INTERFACE, tap.REQUEST.pack(b"busy", tap.TAP | 0x1000))
print("held", flush=True)
time.sleep(60)
'''], stdout=subprocess.PIPE)
other.stdout.readline()
names = ["good", "good", "down", "busy", "foreign", "tunnel", "lo", "absent"]
print(json.dumps({"pid": other.pid, "said": [said(name) for name in names]}))
other.kill()
# Looking has changed nothing: the interfaces are there, and free.
assert said("good") == []
subprocess.run(["ip", "link", "show", "good"], check=True, stdout=subprocess.DEVNULL)
"""
LOOK_WITHOUT_RIGHTS = f"""
look = 'import sys; exec(sys.argv[1]); print(json.dumps([said("good"), said("foreign")]))'
functions = open(sys.argv[1]).read().partition("for name, ")[0]
subprocess.run([*{WITHOUT_RIGHTS!r}, sys.executable, "-c", look, functions], check=True)
"""


def why_not() -> str | None:
    """Why there can be no tap interfaces here, if so."""
    try:
        made = subprocess.run(
            [*NAMESPACE, "ip", "tuntap", "add", "tap0", "mode", "tap"],
            check=False, capture_output=True, text=True, timeout=20,
        )  # fmt: skip
    except FileNotFoundError as error:
        return f"{error.filename} is not installed"
    return made.stderr.strip() if made.returncode else None


WHY_NOT = why_not()
needs_taps = pytest.mark.skipif(WHY_NOT is not None, reason=f"no tap interfaces: {WHY_NOT}")


def in_namespace(program: str, *arguments: str) -> str:
    """What a Python program prints that runs in a network of its own."""
    done = subprocess.run(
        [*NAMESPACE, sys.executable, "-c", program, *arguments],
        check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@needs_taps
def test_interfaces() -> None:
    seen = json.loads(in_namespace(PREPARE + LOOK))
    good, again, down, busy, foreign, tunnel, loopback, absent = seen["said"]
    assert good == again == []
    assert foreign == []  # root may
    assert down == [
        (
            "error: `--net:service=down`: the network interface `down` is down\n\n"
            "hint: `ip link set down up`"
        )
    ]
    assert busy == [
        (
            "error: `--net:service=busy`: `busy` is in use by "
            f"`{Path(sys.executable).name}`, process {seen['pid']}\n\n"
            f"hint: end it: `kill {seen['pid']}`"
        )
    ]
    for name, said in (("tunnel", tunnel), ("lo", loopback)):
        (error,) = said
        assert error.startswith(f"error: `--net:service={name}`: `{name}` is not a tap interface\n")
        assert "`ip tuntap add tap0 mode tap && ip link set tap0 up`" in error
    (error,) = absent
    assert error.endswith("hint: make it: `ip tuntap add absent mode tap && ip link set absent up`")


@needs_taps
def test_another_users_interface(tmp_path: Path) -> None:
    """Nobody's may be used by all, another user's by nobody else."""
    program = tmp_path / "prepare.py"
    program.write_text(PREPARE)
    seen = json.loads(in_namespace(PREPARE + LOOK_WITHOUT_RIGHTS, str(program)))
    assert seen == [
        [],
        [("error: `--net:service=foreign`: `foreign` belongs to another user\n\n"
         "hint: make it yours: `ip tuntap del foreign mode tap`, then "
         "`ip tuntap add foreign mode tap && ip link set foreign up`")],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("make", "hint"),
    [
        (lambda path: None, "modprobe tun"),
        (lambda path: path.symlink_to(path.name), None),
    ],
)
def test_no_tap_devices(make, hint: str | None, tmp_path: Path, monkeypatch) -> None:
    """Where /dev/net/tun is missing or broken, as in most containers."""
    path = tmp_path / "tun"
    make(path)
    monkeypatch.setattr(tap, "TUN", path)
    (error,) = tap.check_net(DeviceOption("net", "service", "lo"))
    assert hint is None or hint in str(error.hint)


def test_descriptors() -> None:
    reader, writer = os.pipe()
    assert list(tap.check_net(DeviceOption("net", "service", f"@{reader}"))) == []
    os.close(reader)
    os.close(writer)
    for value in (f"@{reader}", "@", "@x", "@99999999999999999999"):
        (error,) = tap.check_net(DeviceOption("net", "service", value))
        assert value[1:] in error.message
