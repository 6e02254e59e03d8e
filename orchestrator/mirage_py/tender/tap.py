"""Whether a network device can be attached: a tap interface that is up, and free for this user, or
a file descriptor.

The interface is asked for by ioctl: /sys shows those of the network namespace that it was mounted
in, which need not be ours.
"""

from __future__ import annotations

import errno
import fcntl
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from mirage_py.support.errors import MirageError
from mirage_py.tender import mend
from mirage_py.tender.options import DeviceOption

TUN = Path("/dev/net/tun")
GET_FLAGS, TUN_SET_INTERFACE = 0x8913, 0x400454CA
"""ioctls: SIOCGIFFLAGS, TUNSETIFF."""
REQUEST = struct.Struct("16sH22x")
"""struct ifreq: name, flags."""
UP, TAP, NO_PACKET_INFORMATION = 1, 2, 0x1000
LONGEST = 15
"""Characters of an interface's name."""


class BadInterface(MirageError):
    """What a network device cannot be attached to, why, and the command that mends it."""

    def __init__(self, option: DeviceOption, why: str, hint: str | None = None) -> None:
        super().__init__(f"`{option}`: {why}", hint=hint)


def check_net(option: DeviceOption) -> Iterator[BadInterface]:
    """What is wrong with what a network device is attached to."""
    if option.value.startswith("@"):
        yield from check_descriptor(option)
    elif len(os.fsencode(option.value)) > LONGEST:
        yield BadInterface(option, f"an interface's name has at most {LONGEST} characters")
    else:
        yield from check_interface(option, option.value)


def check_descriptor(option: DeviceOption) -> Iterator[BadInterface]:
    """What is wrong with a number for an open file."""
    number = option.value[1:]
    try:
        os.fstat(int(number))
    except (ValueError, OverflowError):
        hint = f"write `--net:{option.name}=@3`, or the name of a tap interface"
        yield BadInterface(option, f"`{number}` is not the number of a file descriptor", hint)
    except OSError:
        hint = f"name the tap interface instead: `--net:{option.name}=IF`"
        yield BadInterface(option, f"file descriptor {number} is not open", hint)


def check_interface(option: DeviceOption, name: str) -> Iterator[BadInterface]:
    """What is wrong with an interface: the first thing, as the others follow from it."""
    flags = flags_of(name)
    if flags is None:
        yield BadInterface(
            option, f"there is no network interface `{name}`", f"make it: {make(name)}"
        )
        return
    try:
        attach(name)
    except OSError as error:
        yield cannot_attach(option, name, error)
        return
    if not flags & UP:
        hint = f"`{mend.as_root('ip', 'link', 'set', name, 'up')}`"
        yield BadInterface(option, f"the network interface `{name}` is down", hint)


def make(name: str) -> str:
    """The commands that make a tap interface for this user."""
    owner = [] if os.geteuid() == 0 else ["user", mend.user()]
    add = mend.as_root("ip", "tuntap", "add", name, "mode", "tap", *owner)
    return f"`{add} && {mend.as_root('ip', 'link', 'set', name, 'up')}`"


def flags_of(name: str) -> int | None:
    """The flags of an interface; None if there is none of that name."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        try:
            found = fcntl.ioctl(any_socket, GET_FLAGS, REQUEST.pack(os.fsencode(name), 0))
        except OSError:
            return None
    return int(REQUEST.unpack(found)[1])


def attach(name: str) -> None:
    """Attach to a tap interface as a tender does, and let it go again. Raises OSError.

    Only that tells whether another program has it, and whether this user may."""
    descriptor = os.open(TUN, os.O_RDWR | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        request = REQUEST.pack(os.fsencode(name), TAP | NO_PACKET_INFORMATION)
        fcntl.ioctl(descriptor, TUN_SET_INTERFACE, request)
    finally:
        os.close(descriptor)


def cannot_attach(option: DeviceOption, name: str, error: OSError) -> BadInterface:
    """Why an interface that is there cannot be attached to."""
    if error.filename:
        return no_tun(option, error)
    if error.errno == errno.EBUSY:
        user, stop = holder(name)
        return BadInterface(option, f"`{name}` is in use by {user}", stop)
    if error.errno == errno.EPERM:
        again = f"`{mend.as_root('ip', 'tuntap', 'del', name, 'mode', 'tap')}`, then {make(name)}"
        return BadInterface(option, f"`{name}` belongs to another user", f"make it yours: {again}")
    if error.errno == errno.EINVAL:
        other = make("tap0")
        return BadInterface(
            option,
            f"`{name}` is not a tap interface",
            f"make one, and bridge it if need be: {other}",
        )
    return BadInterface(option, f"`{name}`: {str(error.strerror).lower()}")


def no_tun(option: DeviceOption, error: OSError) -> BadInterface:
    """Why taps cannot be used here at all."""
    if error.errno in {errno.EACCES, errno.EPERM}:
        hint = f"`{mend.as_root('chmod', 'a+rw', str(TUN))}`"
        return BadInterface(option, f"this user may not open {TUN}", hint)
    hint = f"`{mend.as_root('modprobe', 'tun')}`; a container needs `--device {TUN}` to have it"
    return BadInterface(option, f"this machine has no tap devices: there is no {TUN}", hint)


def holder(name: str) -> tuple[str, str | None]:
    """The program that has a tap interface, in words, and how to end it. Only root, and who started
    it, can see which it is."""
    for process in Path("/proc").glob("[0-9]*"):
        # Others end while they are looked at.
        with suppress(OSError):
            if holds(process, name):
                program = (process / "comm").read_text(encoding="utf-8").strip()
                return f"`{program}`, process {process.name}", f"end it: `kill {process.name}`"
    return "another program", f"`{mend.as_root('fuser', '-v', str(TUN))}` tells which"


def holds(process: Path, name: str) -> bool:
    """Whether a process, as /proc has it, has a tap interface open. Raises OSError."""
    for file in (process / "fdinfo").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            if f"iff:\t{name}\n" in file.read_text(encoding="utf-8", errors="replace"):
                return True
    return False
