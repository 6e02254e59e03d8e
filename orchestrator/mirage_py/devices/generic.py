"""Block devices of a kind that a key chooses."""

from mirage_py.devices.block import Block, block_of_file, ramdisk
from mirage_py.devices.xen import block_of_xenstore_id
from mirage_py.dsl import Impl, Key, match_impl
from mirage_py.dsl import key as new_key

__all__ = ["generic_block"]


def generic_block(
    name: str = "storage", *, group: str | None = None, key: Key[str] | None = None
) -> Impl[Block]:
    """The block device that `--block` chooses when the image is configured, `--GROUP-block` in a
    group: `file`, `ramdisk` or `xenstore`."""
    choice = key or new_key(
        "--block",
        default="ramdisk",
        choices=["xenstore", "file", "ramdisk"],
        group=group,
        doc="What block devices are: files that the tender attaches, memory, or Xen's.",
    )
    return match_impl(
        choice,
        [("file", block_of_file(name)), ("xenstore", block_of_xenstore_id(name))],
        default=ramdisk(name),
    )
