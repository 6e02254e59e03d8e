"""What can be checked before an image starts: its devices are attached, and what to exists."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mirage_py.dsl.near import near
from mirage_py.support.errors import MirageError
from mirage_py.tender import errors
from mirage_py.tender.options import DeviceOption

INTERFACES = Path("/sys/class/net")


def check_devices(
    manifest: Mapping[str, str], options: Sequence[DeviceOption]
) -> Iterator[MirageError]:
    """What is wrong between the devices of an image (name -> kind) and those that are attached."""
    attached = {option.name for option in options if option.attaches}
    for option in options:
        written = f"--{option.kind}:{option.name}"
        if option.name not in manifest:
            names = [name for name, kind in manifest.items() if kind == option.device_kind]
            yield errors.NotDeclared(written, list(manifest), near(option.name, names))
        elif manifest[option.name] != option.device_kind:
            yield errors.WrongKind(written, option.name, manifest[option.name])
        elif option.attaches:
            yield from check_host_side(option)
    for name, kind in manifest.items():
        if name not in attached:
            yield errors.NotAttached(name, kind)


def check_host_side(option: DeviceOption) -> Iterator[MirageError]:
    """What is wrong with the file or the interface that a device is attached to."""
    value = option.value
    if option.kind == "block":
        wrong = wrong_file(Path(value))
    elif value.startswith("@"):
        wrong = wrong_descriptor(value[1:])
    elif INTERFACES.is_dir() and not (INTERFACES / value).exists():
        wrong = f"there is no network interface `{value}`"
    else:
        wrong = None
    if wrong:
        yield errors.BadDeviceValue(str(option), wrong)


def wrong_file(path: Path) -> str | None:
    """Why a file cannot be a block device."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return str(error.strerror).lower()
    if not stat.S_ISREG(mode) and not stat.S_ISBLK(mode):
        return "it is neither a file nor a block device"
    if not os.access(path, os.R_OK | os.W_OK):
        return "it cannot be read and written"
    return None


def wrong_descriptor(number: str) -> str | None:
    """Why a number cannot be the file descriptor of a network interface."""
    try:
        os.fstat(int(number))
    except (ValueError, OverflowError):
        return f"`{number}` is not the number of a file descriptor"
    except OSError:
        return f"file descriptor {number} is not open"
    return None
