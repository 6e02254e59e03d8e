"""An image that serves: run while programs at the other end of its taps use it.

    visited = bench.visit(
        image, taps={"service": Tap("10.0.0.1/24")}, ready="listening",
        clients=[["curl", "-s", "http://10.0.0.2/"]],
    )
    assert visited.clients[0].console == "hello" and visited.status == 0

One shell script does it all, in a network of its own: it makes the taps, starts `servers`, waits
until each of them has a socket that packets may come to, starts the image, waits until a line of
the console has `ready` in it, runs each of `clients` to its end, one after the other, and ends the
image, behind a whole line, unless it is to end by itself. On hvt the script runs in the machine,
and programs of the host that it names are taken along with their libraries.
"""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.support.unikernel import Ran

STEP = 0.05
"""Seconds between two looks at the console."""
PATIENCE = 30
"""Seconds that an image has until it is ready, and a client until it is done."""
SERVER_PATIENCE = 10
"""Seconds that a server has until it listens; one that never does is waited for no longer."""
SOCKETS = "cat /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6 2>/dev/null"
LISTENING = f"$({SOCKETS} | grep -c -e ' 0A ' -e ' 07 ')"
"""How many sockets listen or take datagrams (their states in hexadecimal, net/tcp_states.h)."""
KEPT = "keep"
"""The folder of what comes of a run."""


@dataclass(frozen=True)
class Visited(Ran):
    """What came of it: the image's console and messages, and those of its clients. The status is
    the image's, 143 if it was ended."""

    clients: list[Ran] = field(default_factory=list)
    servers: list[Ran] = field(default_factory=list)


@dataclass(frozen=True)
class Visit:
    """What is done while an image runs."""

    ready: str | None = None
    """An extended regular expression of the console; without one, clients do not wait."""
    clients: Sequence[Sequence[str]] = ()
    servers: Sequence[Sequence[str]] = ()
    before: str = ""
    """Shell that runs before all else, where the taps are."""
    ends: bool = False
    """The image ends by itself, and is not ended."""

    def script(self, command: str, network: str) -> str:
        """The shell script that does it, in a folder of its own; `command` runs the image."""
        lines = [f"mkdir -p {KEPT}", network, self.before, "others="]
        looks = int(SERVER_PATIENCE / STEP)
        for number, argv in enumerate(self.servers):
            lines += [
                f"before={LISTENING}",
                f"{redirected(shlex.join(argv), f'server{number}')} &",
                'others="$others $!"; look=0',
                f'until [ "{LISTENING}" -gt "$before" ] || [ $look -ge {looks} ]; do',
                f"  kill -0 $! 2>/dev/null || break; look=$((look + 1)); sleep {STEP}",
                "done",
            ]
        lines += [f"{redirected(command, 'image')} &", "image=$!"]
        if self.ready is not None:
            looks = int(PATIENCE / STEP)
            lines += [
                f"look=0; until grep -Eq -e {shlex.quote(self.ready)} {KEPT}/image.out; do",
                f"  look=$((look + 1)); [ $look -lt {looks} ] || break",
                f"  kill -0 $image 2>/dev/null || break; sleep {STEP}",
                "done",
            ]
        for number, argv in enumerate(self.clients):
            run = redirected(f"timeout {PATIENCE} {shlex.join(argv)}", f"client{number}")
            lines.append(f"{run} </dev/null; echo $? >{KEPT}/client{number}.status")
        if not self.ends:
            looks = int(SERVER_PATIENCE / STEP)
            lines += [
                f'look=0; while [ -n "$(tail -c 1 {KEPT}/image.out)" ]; do',
                f"  look=$((look + 1)); [ $look -lt {looks} ] || break; sleep {STEP}",
                "done",
                "kill $image 2>/dev/null",
            ]
        lines.append(f"wait $image; echo $? >{KEPT}/image.status")
        lines.append('for one in $others; do kill "$one" 2>/dev/null; done; wait')
        return "\n".join(line for line in lines if line)

    def result(self, kept: Mapping[str, bytes]) -> Visited:
        """What came of it, from the files that the script left, by their names."""
        image = self._ran(kept, "image")
        whole, end, _ = image.console.rpartition("\n")  # it may have begun another line meanwhile
        return Visited(
            image.status,
            image.console if self.ends else whole + end,
            image.messages,
            [self._ran(kept, f"client{number}") for number in range(len(self.clients))],
            [self._ran(kept, f"server{number}") for number in range(len(self.servers))],
        )

    def _ran(self, kept: Mapping[str, bytes], name: str) -> Ran:
        text = {
            part: kept.get(f"{name}.{part}", b"").decode("utf-8", "replace")
            for part in ("out", "err", "status")
        }
        return Ran(int(text["status"] or -1), text["out"], text["err"])

    def with_programs(self, commands: Mapping[str, str]) -> Visit:
        """The same with other commands for its programs."""

        def replaced(argv: Sequence[str]) -> list[str]:
            return [*shlex.split(commands.get(argv[0], argv[0])), *argv[1:]]

        return replace(
            self,
            clients=[replaced(argv) for argv in self.clients],
            servers=[replaced(argv) for argv in self.servers],
        )

    def programs(self) -> dict[str, Path]:
        """The programs of the host that it runs, by the names that it calls them."""
        named = {argv[0] for argv in (*self.clients, *self.servers)}
        return {name: Path(found) for name in sorted(named) if (found := shutil.which(name))}


def redirected(command: str, name: str) -> str:
    """A command, its output kept."""
    return f"{command} >{KEPT}/{name}.out 2>{KEPT}/{name}.err"
