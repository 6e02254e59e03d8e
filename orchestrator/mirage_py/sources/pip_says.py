"""What pip says while it resolves: why it gave up, and what it warns of.

Its console is told too little: that an index could not be read, and which requirements stand
against each other, is in its log alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

GIT = re.compile(
    r"^ *(?:fatal: .+|error: pathspec .+|.*Did not find branch or tag .+)$", re.MULTILINE
)
"""What git says when it gives up, and pip of what it asked git."""
PROCESS = "subprocess-exited-with-error"
IMPOSSIBLE = "ResolutionImpossible"
"""Points to pip's manual, which knows less than its log."""
VERSIONS = re.compile(r"\(from versions: (.+?)\)")
SHOWN = 8
"""Of all versions that there are, the newest are named."""
HASHES = re.compile(
    r"DO NOT MATCH THE HASHES.*?\n\s+.*?(\S+?)(?:#\S*)?:?\n"
    r"\s+Expected (\w+) (\w+)\n\s+Got\s+(\w+)",
    re.DOTALL,
)
STAMP = re.compile(r"^\d{4}-\d\d-\d\dT[\d:,]+ ", re.MULTILINE)
"""How a line of the log begins."""
AGAINST = re.compile(r"The conflict is caused by:\n((?: {4}\S.*\n)+)")
UNREAD = re.compile(r"Could not fetch URL (\S+): (?!404 )(.+?) - skipping$", re.MULTILINE)
CAUSE = re.compile(r"\(Caused by \w+\(['\"]?(?:<[^>]*>: |.*?, '?)?(.+?)['\"]*\)+$")
DISTRUSTED = re.compile(r"WARNING: (The repository located at \S+ is not a trusted.+?)\. ")
MISNAMED = re.compile(
    r"Generating metadata for package (\S+) produced metadata for project name (\S+?)\."
)
EXTRA = re.compile(r"WARNING: (\S+ \S+ does not provide the extra '.+')")
YANKED = re.compile(r"yanked version: '(\S+)' candidate \(version (\S+) .*\n(?:Reason.*?: (.*))?")


def reasons(output: str, log: str = "") -> str:
    """Of what pip wrote, on the console and in its log, the lines that say why it gave up."""
    if damaged := HASHES.search(output):
        file, kind, expected, got = damaged.groups()
        return (
            f"{file} is not the file that the index tells of"
            f"\n    expected {kind} {expected}\n    found    {kind} {got}"
        )
    if misnamed := MISNAMED.search(output):
        asked, there = misnamed.groups()
        return f"what `{asked}` is pinned to is called `{there}`"
    lines = [*dict.fromkeys(line.strip() for line in output.splitlines() if line.strip())]
    told = [line for line in lines if line.upper().startswith("ERROR") and PROCESS not in line]
    against = [*conflicts(log)]
    if against:
        told = [line for line in told if IMPOSSIBLE not in line]
    said = [few_versions(line.removeprefix("ERROR: ")) for line in told or lines[-5:]]
    return "\n  ".join([*said, *against, *unreachable(output, log)])


def few_versions(line: str) -> str:
    """The line, with the newest of the versions that it lists."""

    def last(match: re.Match[str]) -> str:
        every = match[1].split(", ")
        dots = ["…"] if len(every) > SHOWN else []
        return f"(from versions: {', '.join([*dots, *every[-SHOWN:]])})"

    return VERSIONS.sub(last, line)


def conflicts(log: str) -> Iterator[str]:
    """Which requirements stand against each other."""
    if found := AGAINST.search(STAMP.sub("", log)):
        for line in dict.fromkeys(map(str.strip, found[1].splitlines())):
            yield line.replace("The user requested", "config.py asks for")


def unreachable(output: str, log: str) -> list[str]:
    """The pages of indexes that could not be read, each with its reason."""
    pages: dict[str, None] = {}
    for page, why in UNREAD.findall(log):
        cause = CAUSE.search(why)
        pages[f"{page} cannot be read: {cause[1] if cause else why}"] = None
    return [*dict.fromkeys(DISTRUSTED.findall(output)), *pages]


def warnings(output: str) -> list[str]:
    """What pip warns of although it went on, that a user should know."""
    yanked = [
        f"{name} {version} was yanked by its authors{f': {why}' if why else ''}"
        for name, version, why in YANKED.findall(output)
    ]
    return [*dict.fromkeys([*EXTRA.findall(output), *yanked])]


def of_git(output: str) -> str:
    """Of what pip wrote, the lines in which git says why it gave up; "" if it did not."""
    return "\n  ".join(dict.fromkeys(one.strip() for one in GIT.findall(output)))
