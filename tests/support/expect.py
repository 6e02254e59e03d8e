"""What images do: NAME.toml beside NAME.c in tests/guest/programs, expect.toml of an example.

    devices = { storage = "block" }     # the image's, by kind; `disk0..62` stands for 63 of them
    taps = { service = { address = "10.0.0.1/24", mtu = 9000 } }
    only = { spt = "why" }              # targets that it is for; or those that it is not_on

    [run.write]                         # one run; what stands above is for all of them
    args = ["write"]                    # the run's own name, unless said
    before = [["wipe"]]                 # arguments of runs before it, on the same disks
    disks = { storage = 4096 }          # bytes; or the words of `mirage-py disk` that make it; or
                                        # the file of dist/ that it is a copy of
    on_disk = { storage = { foo = "x" } }       # what `mirage-py disk get` then gets, by key
    sectors = { storage = ["0: All"] }  # or what the first blocks of 512 bytes begin with
    options = ["--block-sector-size:storage=4096"]
    status = 0
    console = ['\\d+', "SUCCESS"]        # every line, as a regular expression
    messages = "refused"                # what the tender says has this in it; nothing, unless said

    mem = 4                             # MiB
    seconds = [3, 30]                   # how long it takes, at least and at most
    ready = "listening"                 # a line with this in it is what clients wait for
    stop_after_line = "listening"       # the same, and the image is ended when they are done
    servers = [["dnsmasq", "-d"]]       # programs at the other end of the taps, before the image
    clients = [{ run = ["curl", "-s", "http://10.0.0.2/"], console = ["hello"] }]   # or messages

A line of `console` may be { line = "…", times = 3 }; times may be "any". In place of a status and a
console, `fault` says how a line about an exception goes on, for targets that take exceptions; where
the host's kernel does, `signal` ends the run, SEGV unless said.
"""

from __future__ import annotations

import re
import signal
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mirage_py.catalog import Target
from tests.support.bench import Tap
from tests.support.unikernel import Ran
from tests.support.visit import Visit, Visited

RANGE = re.compile(r"(\w*?)(\d+)\.\.(\d+)")
ABORTED = 255
REGISTERS = {"rax", "rsp", "r8", "r15", "rflags"}
"""Some of those that are printed with a fault."""


@dataclass(frozen=True)
class Run:
    """A run of a program, and what comes of it."""

    program: str
    name: str
    args: list[str] = field(default_factory=list)
    before: list[list[str]] = field(default_factory=list)
    devices: Mapping[str, str] = field(default_factory=dict)
    disks: Mapping[str, int | str | list[str]] = field(default_factory=dict)
    on_disk: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sectors: Mapping[str, list[str]] = field(default_factory=dict)
    taps: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    options: list[str] = field(default_factory=list)
    only: Mapping[str, str] | None = None
    not_on: Mapping[str, str] = field(default_factory=dict)
    status: int = 0
    console: list[Any] = field(default_factory=lambda: ["SUCCESS"])
    messages: str | None = None
    fault: str | None = None
    signal: str | None = None
    mem: int = 2
    seconds: tuple[float, float] = (0, 60)
    ready: str | None = None
    stop_after_line: str | None = None
    servers: list[list[str]] = field(default_factory=list)
    clients: list[Mapping[str, Any]] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.program}-{self.name}"

    def is_for(self, target: str) -> bool:
        """Whether it is a run for `target`."""
        return target not in self.not_on if self.only is None else target in self.only

    def interfaces(self) -> dict[str, Tap]:
        """The taps that it is given."""
        return {name: Tap(**about) for name, about in self.taps.items()}

    @property
    def visit(self) -> Visit | None:
        """What is done while the image runs, if anything is."""
        ready = self.ready or self.stop_after_line
        if ready is None and not self.clients and not self.servers:
            return None
        clients = [client["run"] for client in self.clients]
        return Visit(ready, clients, self.servers, ends=self.stop_after_line is None)

    def check_clients(self, visited: Visited) -> None:
        """Compare what came of the clients."""
        for client, ran in zip(self.clients, visited.clients, strict=True):
            assert ran.status == client.get("status", 0), (client, ran, visited)
            wanted = "".join(map(pattern, client.get("console", [])))
            assert re.fullmatch(wanted, ran.console), (client, ran, visited)
            assert re.search(client.get("messages", ""), ran.messages), (client, ran, visited)

    def check(self, ran: Ran, target: Target) -> None:
        """Compare what came of it."""
        if self.fault is not None and takes_exceptions(target):
            assert ran.status == ABORTED, ran
            assert re.match(f"mirage: ABORT: exception {self.fault}", ran.console), ran
            assert set(re.findall(r" (\w+) 0x", "".join(ran.lines[1:]))) >= REGISTERS, ran
        elif self.fault is not None or self.signal is not None:
            number = signal.Signals[f"SIG{self.signal or 'SEGV'}"]
            assert (ran.status, ran.console) == (128 + number, ""), ran
        else:
            assert self.stop_after_line or ran.status == self.status, ran
            assert re.fullmatch("".join(map(pattern, self.console)), ran.console), ran
        if self.stop_after_line is not None:
            return
        if self.messages is None:
            assert ran.messages == "", ran
        else:
            assert re.search(self.messages, ran.messages), ran


def takes_exceptions(target: Target) -> bool:
    """Whether its images have a processor to themselves. Others are processes of Linux, which tells
    them of a fault by a signal, and they have none of those."""
    return not any(source.parent.name == "linux" for source in target.sources)


def pattern(line: str | Mapping[str, Any]) -> str:
    """The regular expression for what a line of `console` stands for."""
    if isinstance(line, str):
        return f"(?:{line})\n"
    times = "*" if line["times"] == "any" else f"{{{line['times']}}}"
    return f"(?:(?:{line['line']})\n){times}"


def runs(folder: Path) -> Iterator[Run]:
    """All runs of a folder's programs."""
    for path in sorted(folder.glob("*.toml")):
        yield from runs_of(path, path.stem, lambda name: {"args": [name]})


def example_runs(folder: Path) -> Iterator[Run]:
    """All runs of an example, whose expect.toml says no devices: its config.py does."""
    yield from runs_of(folder / "expect.toml", folder.name, lambda _: {"console": []})


def runs_of(path: Path, program: str, usual: Callable[[str], dict[str, Any]]) -> Iterator[Run]:
    """The runs that a file describes; `usual` is what one is of that name unless it says so."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    own = table.pop("run")
    for name, about in own.items():
        yield run(program, name, {**usual(name), **table, **about})


def run(program: str, name: str, values: dict[str, Any]) -> Run:
    """The run that these values describe."""
    for key in ("devices", "disks"):
        values[key] = dict(spread(values.get(key, {})))
    return Run(program, name, **values)


def spread(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """A table, its ranges of names spread."""
    for name, value in table.items():
        found = RANGE.fullmatch(name)
        numbers = range(int(found[2]), int(found[3]) + 1) if found else [None]
        for number in numbers:
            yield (name if number is None or not found else f"{found[1]}{number}"), value
