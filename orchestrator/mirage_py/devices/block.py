"""Block devices: guest classes of `mirage.block`, and what is made of them."""

from mirage_py.dsl import Argument, Impl, impl, typ

__all__ = ["Block", "block", "block_of_file", "ccm_block", "ramdisk"]


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


def ccm_block(key: Argument[str], device: Impl[Block], *, nonce_len: int = 8) -> Impl[Block]:
    """The encrypted block device on `device`, half as large: AES-CCM, as MirageOS's ccmblock and
    `mirage-py disk encrypt` make it. `key` is a boot argument: 32, 48 or 64 hexadecimal digits,
    with `0x` before them or not. `nonce_len`, 7 to 13, is that of MirageOS's ccm_block: 8."""
    if nonce_len not in range(7, 14):
        raise ValueError(f"nonce_len is a number from 7 to 13, not {nonce_len!r}")
    made = impl(
        "ccm_block",
        block >> block,
        connect=lambda disk, key: f"mirage.ccm.connect({disk}, {key}, {nonce_len})",
        imports=["mirage.ccm"],
        runtime_args=[key],
    )
    return made(device)
