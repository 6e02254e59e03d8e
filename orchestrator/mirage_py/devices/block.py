"""Block devices: guest class `mirage.block.Block`."""

from mirage_py.dsl import Impl, impl, typ

__all__ = ["Block", "block", "block_of_file"]


class Block:
    """A block device: what is read and written in whole blocks."""


block = typ(Block)


def block_of_file(name: str) -> Impl[Block]:
    """The block device that the tender attaches as `--block:NAME=FILE`."""
    return impl(
        "block",
        block,
        connect=f"mirage.block.connect({name!r})",
        imports=["mirage.block"],
        attach=("block", name),
    )
