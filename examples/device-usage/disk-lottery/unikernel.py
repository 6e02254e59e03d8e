"""A game whose high scores are on a disk, one game in each sector."""

import random
import sys

import lotto
from mirage import args, log
from mirage.block import Block

reset_all = args.add(
    "--reset-all", type=bool, default=False, doc="Reset all state on disk and quit."
)
slot = args.add("--slot", type=int, default=0, doc="Sector to read and write game state to.")
reset = args.add(
    "--reset",
    type=bool,
    default=False,
    doc="Reset the state on disk at the slot (--slot) and quit.",
)


def write(disk: Block, sector: int, highscore: int) -> None:
    try:
        disk.write(sector, lotto.marshal(highscore, disk.block_size))
    except OSError as error:
        log.error("Error writing new state: %r", error)
        sys.exit(6)


def read(disk: Block, sector: int) -> int:
    try:
        return lotto.unmarshal(disk.read(sector))
    except OSError as error:
        log.error("Error reading: %r", error)
    except lotto.BadState as error:
        log.error("Error reading state: %s", error)
    sys.exit(6)


def start(disk: Block) -> None:
    sector = slot()
    if disk.block_size < lotto.LENGTH:
        log.error("Sector size %d is too short for storing lottery data!", disk.block_size)
        sys.exit(5)
    if not 0 <= sector < disk.blocks:
        log.error("Invalid sector %d", sector)
        sys.exit(5)
    if reset_all():
        for each in range(disk.blocks):
            write(disk, each, 0)
        log.app("All %d game slots reset.", disk.blocks)
    elif reset():
        write(disk, sector, 0)
        log.app("Reset game slot %d.", sector)
    else:
        says, highscore = lotto.play(read(disk, sector), random.getrandbits(32))
        log.app("%s", says)
        log.info("Saving new game state...")
        write(disk, sector, highscore)
        log.info("Done!")
        log.app("Thank you for playing! Exiting...")
