"""Key-value stores: guest package `mirage.kv`."""

from mirage_py.devices.block import Block, block
from mirage_py.dsl import Argument, Impl, if_impl, impl, provides, typ

__all__ = [
    "KvRo",
    "KvRw",
    "chamelon",
    "crunch",
    "direct_kv_ro",
    "direct_kv_rw",
    "fat_ro",
    "kv_ro",
    "kv_rw",
    "kv_rw_mem",
    "tar_kv_ro",
    "tar_kv_rw",
]


class KvRo:
    """A store that is read: paths, and bytes under them."""


class KvRw(KvRo):
    """A store that is also written."""


kv_ro = typ(KvRo)
kv_rw = typ(KvRw)


def crunch(directory: str) -> Impl[KvRo]:
    """The files of `directory`, which is named relative to config.py: they are part of the image,
    as they were when it was built."""
    return impl(
        "crunch",
        kv_ro,
        connect=f"mirage.crunch.connect({directory!r})",
        imports=["mirage.crunch"],
        embed=[directory],
    )


def direct_kv_ro(directory: str) -> Impl[KvRo]:
    """The files of a directory of the host, as they are when they are read; a path that is not
    absolute is of the folder that the image is started in. For a target that cannot reach the
    host's files it is `crunch`."""
    live = impl(
        "direct_kv_ro",
        kv_ro,
        connect=f"mirage.direct.connect({directory!r})",
        imports=["mirage.direct"],
        requires=["files"],
    )
    return if_impl(provides("files"), live, crunch(directory))


def direct_kv_rw(directory: str) -> Impl[KvRw]:
    """The same, to be written to. Only for targets that can reach the host's files: unix."""
    return impl(
        "direct_kv_rw",
        kv_rw,
        connect=f"mirage.direct.connect_rw({directory!r})",
        imports=["mirage.direct"],
        requires=["files"],
    )


def kv_rw_mem() -> Impl[KvRw]:
    """A store in memory, with nothing in it at first."""
    return impl("kv_rw_mem", kv_rw, connect="mirage.memory.connect()", imports=["mirage.memory"])


def tar_kv_ro(device: Impl[Block]) -> Impl[KvRo]:
    """The tar archive on a block device, as `tar cf` makes it."""
    made = impl(
        "tar",
        block >> kv_ro,
        connect=lambda disk: f"mirage.tar.connect({disk})",
        imports=["mirage.tar"],
    )
    return made(device)


def tar_kv_rw(device: Impl[Block]) -> Impl[KvRw]:
    """The same, to which values can be added."""
    made = impl(
        "tar",
        block >> kv_rw,
        connect=lambda disk: f"mirage.tar.connect_rw({disk})",
        imports=["mirage.tar"],
    )
    return made(device)


def fat_ro(device: Impl[Block]) -> Impl[KvRo]:
    """The files of the FAT file system on a block device, as `mkfs.vfat` and `mcopy` make it."""
    made = impl(
        "fat",
        block >> kv_ro,
        connect=lambda disk: f"mirage.fat.connect({disk})",
        imports=["mirage.fat"],
        features=["vfs"],
    )
    return made(device)


def chamelon(device: Impl[Block], *, program_block_size: int | Argument[int] = 16) -> Impl[KvRw]:
    """The littlefs on a block device, as `mirage-py disk format` or MirageOS's `chamelon format`
    makes it. `program_block_size`, a number or a boot argument, is the least that is written."""
    made = impl(
        "chamelon",
        block >> kv_rw,
        connect=lambda disk, size=program_block_size: f"mirage.littlefs.connect({disk}, {size})",
        imports=["mirage.littlefs"],
        features=["vfs"],
        runtime_args=[program_block_size] if isinstance(program_block_size, Argument) else [],
    )
    return made(device)
