"""What the programs of tests/guest/programs do: NAME.toml beside NAME.c.

    devices = { storage = "block" }     # the image's, by kind; `disk0..62` stands for 63 of them
    taps = { service = { address = "10.0.0.1/24", mtu = 9000 } }
    only = { spt = "why" }              # targets that it is for; or those that it is not_on

    [run.write]                         # one run; what stands above is for all of them
    args = ["write"]                    # the run's own name, unless said
    before = [["wipe"]]                 # arguments of runs before it, on the same disks
    disks = { storage = 4096 }          # bytes
    options = ["--block-sector-size:storage=4096"]
    status = 0
    console = ['\\d+', "SUCCESS"]        # every line, as a regular expression
    messages = "refused"                # what the tender says has this in it; nothing, unless said

A line of `console` may be { line = "…", times = 3 }; times may be "any". In place of a status and a
console, `fault` says how a line about an exception goes on, for targets that take exceptions; where
the host's kernel does, `signal` ends the run, SEGV unless said.
"""

from __future__ import annotations

import re
import signal
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mirage_py.catalog import Target
from tests.support.bench import Tap
from tests.support.unikernel import Ran

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
    disks: Mapping[str, int] = field(default_factory=dict)
    taps: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    options: list[str] = field(default_factory=list)
    only: Mapping[str, str] | None = None
    not_on: Mapping[str, str] = field(default_factory=dict)
    status: int = 0
    console: list[Any] = field(default_factory=lambda: ["SUCCESS"])
    messages: str | None = None
    fault: str | None = None
    signal: str | None = None

    def __str__(self) -> str:
        return f"{self.program}-{self.name}"

    def is_for(self, target: str) -> bool:
        """Whether it is a run for `target`."""
        return target not in self.not_on if self.only is None else target in self.only

    def interfaces(self) -> dict[str, Tap]:
        """The taps that it is given."""
        return {name: Tap(**about) for name, about in self.taps.items()}

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
            assert ran.status == self.status, ran
            assert re.fullmatch("".join(map(pattern, self.console)), ran.console), ran
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
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        own = table.pop("run")
        for name, about in own.items():
            yield run(path.stem, name, {"args": [name], **table, **about})


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
