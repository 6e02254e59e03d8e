"""Devices of a kind that a key chooses."""

from mirage_py.devices.block import Block, block_of_file, ramdisk
from mirage_py.devices.kv import KvRo, crunch, direct_kv_ro
from mirage_py.devices.xen import block_of_xenstore_id
from mirage_py.dsl import Impl, Key, match_impl
from mirage_py.dsl import key as new_key

__all__ = ["generic_block", "generic_kv_ro"]


def generic_block(
    name: str = "storage", *, group: str | None = None, key: Key[str] | None = None
) -> Impl[Block]:
    """The block device that `--block` chooses when the image is configured, `--GROUP-block` in a
    group: `file`, `ramdisk` or `xenstore`."""
    choice = key
    if choice is None:
        choice = new_key(
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


def generic_kv_ro(
    directory: str, *, group: str | None = None, key: Key[str] | None = None
) -> Impl[KvRo]:
    """The files of `directory` as `--kv_ro` chooses when the image is configured, `--GROUP-kv_ro`
    in a group: `crunch`, part of the image, or `direct`, as they are on the host."""
    choice = key
    if choice is None:
        choice = new_key(
            "--kv_ro",
            default="crunch",
            choices=["crunch", "direct"],
            group=group,
            doc="Where the files of a store are: in the image, or on the host.",
        )
    return match_impl(choice, [("direct", direct_kv_ro(directory))], default=crunch(directory))
