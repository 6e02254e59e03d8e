"""The command line of a tender that is a machine: the templates of target.toml, filled in.

Words that are a name in braces alone stand for several: `{accelerator}`, `{devices}`. In others:
`{machine}`, `{image}`, `{memory}` in MiB, `{arguments}` as one string, `{status}` a file that the
image's exit status goes to; and of a device `{name}`, `{address}` on the bus, `{host}` what it is
attached to, with `{mac}` and `{mtu}` or `{block_size}`.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import socket
import stat
import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mirage_py.catalog.targets import Machine
from mirage_py.tender import kvm
from mirage_py.tender.options import DeviceOption

DEFAULT_MTU = 1500
DEFAULT_BLOCK_SIZE = 512
FUNCTIONS = 8
"""Of one slot: PCI."""
GET_MTU, TUN_GET_INTERFACE = 0x8921, 0x800454D2
"""ioctls: SIOCGIFMTU, TUNGETIFF."""
REQUEST = struct.Struct("16si20x")
"""struct ifreq: name, MTU."""


def machine_words(
    machine: Machine,
    devices: Sequence[str],
    options: Sequence[DeviceOption],
    values: Mapping[str, str],
) -> list[str]:
    """The words behind the program's name. `devices` are the image's, in the order in which it
    finds them; `values` what stands for `{image}` and the like."""
    lists = {
        "{accelerator}": machine.accelerated if kvm.works() else machine.emulated,
        "{devices}": tuple(device_words(machine, devices, options)),
    }
    words: list[str] = []
    for word in machine.command:
        words += lists[word] if word in lists else [fill(word, values)]
    return words


def fill(word: str, values: Mapping[str, str]) -> str:
    """`word` with its names in braces replaced."""
    return word.format_map(dict(values))


def device_words(
    machine: Machine, devices: Sequence[str], options: Sequence[DeviceOption]
) -> Iterator[str]:
    """The words for all devices."""
    told = {(option.name, option.kind): option.value for option in options}
    addresses = pci_addresses(machine, len(devices))
    for name, address in zip(devices, addresses, strict=True):
        path = told.get((name, "block"))
        if path is not None:
            size = told.get((name, "block-sector-size"), str(DEFAULT_BLOCK_SIZE))
            # Absolute: `x:y` alone would name a protocol.
            values = {"host": str(Path(path).absolute()), "block_size": size}
            template = machine.block
        else:
            host = told[name, "net"]
            template, values = net_words(machine, host)
            values["mac"] = told.get((name, "net-mac")) or random_mac()
        # Such programs take `,` for the end of a value, and two for one.
        escaped = {key: value.replace(",", ",,") for key, value in values.items()}
        filled = {"name": name, "address": address, **escaped}
        yield from (fill(word, filled) for word in template)


def pci_addresses(machine: Machine, count: int) -> list[str]:
    """Ascending addresses for `count` devices: each has a slot to itself where there are so many,
    as not every guest looks for more in one; else eight are in one."""
    slots = range(machine.first_slot, machine.last_slot + 1)
    if count <= len(slots):
        return [f"{slot:x}" for slot in slots[:count]]
    functions = [(slot, function) for slot in slots for function in range(FUNCTIONS)]
    return [f"{slot:x}.{function},multifunction=on" for slot, function in functions[:count]]


def net_words(machine: Machine, host: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """The template for a network device, and its values."""
    if not host.startswith("@"):
        return machine.net, {"host": host, "mtu": str(mtu_of(os.fsencode(host)))}
    descriptor = int(host[1:])
    if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
        return machine.net_socket, {"host": host[1:], "mtu": str(DEFAULT_MTU)}
    return machine.net_fd, {
        "host": host[1:],
        "mtu": str(mtu_of(tap_name(descriptor))),
    }


def mtu_of(interface: bytes) -> int:
    """The most that a frame of an interface carries."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        try:
            found = fcntl.ioctl(any_socket, GET_MTU, REQUEST.pack(interface, 0))
        except OSError:
            return DEFAULT_MTU
    return int(REQUEST.unpack(found)[1])


def tap_name(descriptor: int) -> bytes:
    """The interface's name of an open tap device; an empty one if it is something else."""
    try:
        found = fcntl.ioctl(descriptor, TUN_GET_INTERFACE, bytes(REQUEST.size))
    except OSError:
        return b""
    return bytes(REQUEST.unpack(found)[0])


def random_mac() -> str:
    """A hardware address of one station, locally administered."""
    return ":".join(f"{byte:02x}" for byte in (2, *secrets.token_bytes(5)))
