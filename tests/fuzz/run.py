"""Throw the corpus at an image, whole and mutated.

python -m tests.fuzz.run [--seed N] [--rounds N]        without --rounds, until it fails
"""

from __future__ import annotations

import argparse
import itertools
import random
import tempfile
import time
from functools import cache
from pathlib import Path

from tests.fuzz import answers, mutate, pcap
from tests.fuzz.frames import ACK, FIN, PSH, RST, Connection, udp
from tests.fuzz.link import Link, build

CORPUS = Path(__file__).parent / "corpus"
TOGETHER = 100
"""Frames of one round; there is a conversation for every ten."""


TRIES = 2
"""How often a client sends what is not acknowledged."""


@cache
def traffic() -> list[bytes]:
    """Recorded frames."""
    return pcap.read(CORPUS / "traffic.pcap")


@cache
def requests() -> list[bytes]:
    """Recorded requests of HTTP."""
    return [path.read_bytes() for path in sorted(CORPUS.glob("*.http"))]


def replay(link: Link) -> None:
    """The corpus as it is, and each frame cut at every length."""
    for frame in traffic():
        link.send(frame)
    for request in requests():
        talk(link, random.Random(0), request)
    link.alive()
    for frame in traffic():
        for length in range(15, len(frame), 1 if len(frame) < 200 else 37):
            link.send(frame[:length])
    link.alive()


def throw(link: Link, chance: random.Random) -> None:
    """One round of mutated frames and conversations, after which the image still answers."""
    frames, heads = traffic(), requests()
    for number in range(TOGETHER):
        opened = chance.choice(list(link.opened.values())) if link.opened else None
        link.send(mutate.frame(frames, chance, opened))
        if number % 10 == 0:
            talk(link, chance, mutate.request(heads, chance))
    for one in list(link.opened.values()):
        link.send(one.segment(RST | ACK))
    link.opened.clear()
    link.alive()


def talk(
    link: Link, chance: random.Random, request: bytes, patience: float = 0.005
) -> Connection | None:
    """A connection on which a request comes in pieces, and which ends in one way or another when
    nothing has come for so many seconds; None if the image has no room for it."""
    made = link.connect(80, 20 * patience)
    if not made:
        return None
    pieces = mutate.pieces(request, chance)
    end = made.sent + len(request)
    for _ in range(TRIES):  # what comes before a connection was accepted is not kept
        for at, piece in pieces:
            link.send(made.segment(PSH | ACK, piece, behind=-at))
        while link.receive(patience):
            pass
        if made.acknowledged == end:
            break
    made.sent = end
    link.answered += made.came.startswith(b"HTTP/1.1 ")
    ending = chance.choice((0, ACK, FIN | ACK, RST))
    if ending:
        link.send(made.segment(ending))
    if ending == RST:
        del link.opened[made.here]
    return made


def mislead(link: Link, chance: random.Random) -> None:
    """Wrong answers to a question of the DNS, and then the right one."""
    kind = chance.choice(tuple(answers.DATA))
    link.tell(f"{kind} {answers.NAME}")
    asked = link.datagram(answers.NAMES, 0.02)
    if asked:
        port, query = asked
        for _ in range(chance.randrange(8)):
            wrong = answers.damaged_records(query, kind, chance)
            link.send(udp(answers.NAMES, port, wrong))
        link.send(udp(answers.NAMES, port, answers.records(query, kind, more=False)))
    link.found += link.datagram(9, 0.005) is not None


def mislease(link: Link, chance: random.Random) -> None:
    """Wrong answers to who asks for a lease, and then right ones, until it has one."""
    link.leasing = False
    link.tell("lease fuzzed")
    for _ in range(3):
        message = link.asks(0.02)
        for _ in range(chance.randrange(12) if message else 0):
            assert message
            wrong = answers.damaged_lease(message, chance)
            link.send(udp(answers.SERVED, answers.CLIENT, wrong))
    link.leasing = True
    link.tell("lease fuzzed")
    link.leased()
    link.alive()


def fuzz(link: Link, seed: int, rounds: int) -> None:
    """The corpus, and then that many rounds; 0 for no end."""
    replay(link)
    start = time.monotonic()
    for number in range(rounds) if rounds else itertools.count():
        chance = random.Random(f"{seed} {number}")
        throw(link, chance)
        mislead(link, chance)
        mislease(link, chance)
        if number % 100 == 99:
            rate = link.count / (time.monotonic() - start)
            print(f"{number + 1} rounds, {link.count} frames, {rate:,.0f} a second", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=time.time_ns() // 1_000_000)
    parser.add_argument("--rounds", type=int, default=0)
    options = parser.parse_args()
    print(f"seed {options.seed}")
    with tempfile.TemporaryDirectory(prefix="mirage-py-fuzz.") as name:
        folder = Path(name)
        with Link(build(folder)) as link:
            fuzz(link, options.seed, options.rounds)


if __name__ == "__main__":
    main()
