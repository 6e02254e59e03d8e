"""Writes and reads at both ends of a disk, and where it must not work."""

import sys
from collections.abc import Callable

from mirage import log
from mirage.block import Block

block_log = log.source("block")
counts = {"started": 0, "passed": 0, "failed": 0}


def dull_boy(size: int, count: int) -> bytes:
    """Sectors, each full of a phrase."""
    sectors = b""
    for number in range(count):
        phrase = b"%d: All work and no play makes Dave a dull boy.\n" % number
        sectors += (phrase * (size // len(phrase) + 1))[:size]
    return sectors


def check_write(disk: Block, offset: int, count: int) -> None:
    """What is written is read again."""
    counts["started"] += 1
    sectors = dull_boy(disk.block_size, count)
    try:
        disk.write(offset, sectors)
        found = disk.read(offset, count)
    except OSError as error:
        block_log.error("%r", error)
        sys.exit(2)
    if found != sectors:
        block_log.warning("Buffers unequal: %r vs %r", sectors, found)
    counts["passed"] += 1


def check_failure(action: Callable[[], object]) -> None:
    """Past the end is an error."""
    counts["started"] += 1
    try:
        action()
    except OSError:
        counts["passed"] += 1
    else:
        block_log.error("-- expected failure; got success")
        counts["failed"] += 1


def check_read_failure(disk: Block, offset: int, count: int) -> None:
    print(f"reading {count} sectors at {offset}")
    check_failure(lambda: disk.read(offset, count))


def start(disk: Block) -> None:
    block_log.info(
        "{ Mirage_block.read_write = %s; sector_size = %d; size_sectors = %dL }",
        "true" if disk.writable else "false",
        disk.block_size,
        disk.blocks,
    )
    size = disk.blocks
    for count in (1, 2, 12):
        check_write(disk, 0, count)
        check_write(disk, size - count, count)
    check_failure(lambda: disk.write(size, dull_boy(disk.block_size, 1)))
    check_failure(lambda: disk.write(size - 11, dull_boy(disk.block_size, 12)))
    check_read_failure(disk, size, 1)
    check_read_failure(disk, size - 11, 12)
    block_log.info("Test sequence finished")
    block_log.info("Total tests started: %d", counts["started"])
    block_log.info("Total tests passed:  %d", counts["passed"])
    block_log.info("Total tests failed:  %d", counts["failed"])
