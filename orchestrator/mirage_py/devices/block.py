"""Block devices: guest classes of `mirage.block`, and what is made of them."""

from mirage_py.dsl import Impl, impl, typ

__all__ = ["Block", "block", "block_of_file", "ramdisk"]


class Block:
    """A block device: what is read and written in whole blocks."""


block = typ(Block)


def block_of_file(name: str = "storage") -> Impl[Block]:
    """The block device that the tender attaches as `--block:NAME=FILE`."""
    return impl(
        "block",
        block,
        connect=f"mirage.block.connect({name!r})",
        imports=["mirage.block"],
        attach=("block", name),
    )


def ramdisk(name: str) -> Impl[Block]:
    """A block device in memory, of 32768 blocks of 512 bytes; the same for all that name it."""
    return impl(
        "ramdisk",
        block,
        connect=f"mirage.ramdisk.connect({name!r})",
        imports=["mirage.ramdisk"],
    )
