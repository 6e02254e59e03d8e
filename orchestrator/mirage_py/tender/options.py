"""The device options of `run`, the same as those of the tenders: `--block:NAME=PATH` and so on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mirage_py.support.errors import MirageError
from mirage_py.tender import errors

OPTION = re.compile(r"--(net|net-mac|block|block-sector-size)(?::(.*))?", re.DOTALL)
NAMED = re.compile(r"([A-Za-z0-9]{1,67})=(.+)", re.DOTALL)
MAC = re.compile(r"[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}")
FORMS = ("--net:NAME=IF", "--net-mac:NAME=MAC", "--block:NAME=PATH", "--block-sector-size:NAME=N")
SECTOR_SIZES = (512, 1024, 2048, 4096, 8192, 16384, 32768)


@dataclass(frozen=True)
class DeviceOption:
    """One device option."""

    kind: str
    """net, net-mac, block or block-sector-size."""
    name: str
    value: str

    def __str__(self) -> str:
        return f"--{self.kind}:{self.name}={self.value}"

    @property
    def device_kind(self) -> str:
        """net or block."""
        return self.kind.partition("-")[0]

    @property
    def attaches(self) -> bool:
        """Whether it attaches the device, or says more about one that is attached."""
        return self.kind == self.device_kind


def is_device_option(argument: str) -> bool:
    """Whether an argument of `run` is one of these options, well formed or not. Of a key, as
    `--block=file`, no device is named."""
    name, equals, _ = argument.partition("=")
    found = OPTION.fullmatch(name)
    return found is not None and (found[2] is not None or not equals)


def parse(arguments: Sequence[str], mistakes: list[MirageError]) -> list[DeviceOption]:
    """The options that `arguments` are; what is wrong with them is added to `mistakes`."""
    options: dict[tuple[str, str], DeviceOption] = {}
    for argument in arguments:
        found = OPTION.fullmatch(argument)
        kind = found[1] if found else argument.partition("=")[0].lstrip("-")
        named = NAMED.fullmatch(found[2] or "") if found else None
        if named is None:
            mistakes.append(errors.BadDeviceOption(argument, kind))
            continue
        option = DeviceOption(kind, named[1], named[2])
        key = (option.kind, option.name)
        if key in options:
            mistakes.append(errors.GivenTwice(f"--{option.kind}:{option.name}"))
        options[key] = option
        mistakes += value_mistakes(option)
    return list(options.values())


def value_mistakes(option: DeviceOption) -> list[MirageError]:
    """What is wrong with the value of an option, as far as it shows from here."""
    if option.kind == "net-mac" and not MAC.fullmatch(option.value):
        what = f"`{option.value}` is not a MAC address like 02:00:00:00:00:01"
        return [errors.BadDeviceValue(str(option), what)]
    if option.kind == "block-sector-size" and option.value not in map(str, SECTOR_SIZES):
        sizes = ", ".join(map(str, SECTOR_SIZES))
        return [errors.BadDeviceValue(str(option), f"a sector size is one of {sizes}")]
    return []
