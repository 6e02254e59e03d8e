"""What can be checked before an image starts: its devices are attached, and what to exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mirage_py.support.errors import MirageError
from mirage_py.support.near import near
from mirage_py.tender import errors
from mirage_py.tender.disk import check_disk
from mirage_py.tender.options import SECTOR_SIZES, DeviceOption
from mirage_py.tender.tap import check_net


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
            yield from check_host_side(option, options)
    for name, kind in manifest.items():
        if name not in attached:
            yield errors.NotAttached(name, kind)


def check_host_side(option: DeviceOption, options: Sequence[DeviceOption]) -> Iterator[MirageError]:
    """What is wrong with the file or the interface that a device is attached to."""
    if option.kind == "net":
        yield from check_net(option)
        return
    sizes = [one.value for one in options if one.name == option.name and not one.attaches]
    known = [int(size) for size in sizes if size in map(str, SECTOR_SIZES)]
    yield from check_disk(option, known[0] if known else None)
