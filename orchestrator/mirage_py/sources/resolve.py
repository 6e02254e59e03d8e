"""pip's resolver: which distributions, in which versions, a set of requirements comes to.

pip decides; it is told to install into nowhere and to report what it would have installed. Wheels
for every Python and platform are preferred: an image runs no machine code of a wheel. Where that
leaves nothing, sdists and other wheels are let in, and pip may run an sdist's own build code, in
isolation as it does, to learn what that depends on.
"""

from __future__ import annotations

import importlib.util
import json
import logging
import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from packaging.version import Version

from mirage_py.sources.errors import NoRevision, Unresolved
from mirage_py.sources.pip_says import of_git, reasons, unreachable, warnings
from mirage_py.sources.pypi import settings
from mirage_py.sources.request import PATIENCE, Patience
from mirage_py.support import process
from mirage_py.support.errors import ToolFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

log = logging.getLogger("mirage_py")

PURE = ("--only-binary=:all:", "--platform=any", "--implementation=py", "--abi=none")
"""Only wheels of pure Python (PEP 425: py3-none-any)."""
BARE = re.compile(r"\S*/(\S+?)-([^/\s-]+)\.(?:tar\.gz|zip) does not appear to be a Python project")
"""What pip says of an sdist that has modules and nothing to build them by, as old ones for
MicroPython do."""


class PipFailed(Exception):
    """pip gave up; `output` is what it said, and `log` what it wrote down besides."""

    def __init__(self, output: str, log: str) -> None:
        super().__init__(output)
        self.output, self.log = output, log


@dataclass(frozen=True)
class Resolved:
    """A distribution that pip chose."""

    name: str
    """Normalised (PEP 503)."""
    version: str
    licence: str
    requires: tuple[str, ...]
    """Names of the distributions that it depends on, as far as they were chosen too."""
    file: str = ""
    """Of an index: the name of the wheel or sdist."""
    sha256: str = ""
    url: str = ""
    """Of a repository."""
    commit: str = ""
    folder: str = ""
    """Of this machine."""
    newer: str = ""
    """What keeps a newer version of it out: text of a message."""


def resolve(
    requirements: Sequence[str],
    preferred: Iterable[str] = (),
    from_source: Sequence[str] = (),
    *,
    patience: Patience = PATIENCE,
) -> list[Resolved]:
    """What `requirements` (PEP 508) come to, by name. `preferred` are versions (`name==1.0`) that
    are kept if they can be; of `from_source` no wheel is taken. Raises Unresolved."""
    if importlib.util.find_spec("pip") is None:
        raise Unresolved(requirements, "this Python has no pip: `python -m ensurepip` adds it")
    kept = list(preferred)
    sdists = tuple(f"--no-binary={name}" for name in from_source)
    direct = any(" @ " in one for one in requirements)
    attempts = [
        (flags, chosen)
        for chosen in ([kept, []] if kept else [[]])
        for flags in ([sdists] if direct or from_source else [PURE, sdists])
    ]
    for number, (flags, chosen) in enumerate(attempts, 1):
        try:
            entries, warned = report(requirements, chosen, flags, patience)
            for one in warned:
                log.warning("%s", one)
            found = chosen_by(entries)
            if flags == PURE:
                return with_newer(found, machines_own(requirements, chosen, patience))
            return [purer(one, patience) for one in found]
        except PipFailed as error:
            if bare := BARE.search(error.output):
                return without_project(bare, requirements, kept, from_source, patience)
            if number == len(attempts):
                if said := of_git(error.output):
                    raise NoRevision(requirements, said) from None
                why = reasons(error.output, error.log)
                if from_source:
                    names = ", ".join(from_source)
                    why += f"\n  of {names} no wheel is taken: `natives` are compiled from source"
                unread = bool(unreachable(error.output, error.log))
                raise Unresolved(requirements, why, unread=unread) from None
    raise AssertionError


def without_project(
    told: re.Match[str],
    requirements: Sequence[str],
    kept: list[str],
    from_source: Sequence[str],
    patience: Patience,
) -> list[Resolved]:
    """The distributions when one is an sdist that pip cannot ask what it needs: nothing."""
    name, version = normalized(told[1]), told[2]
    rest = [one for one in requirements if dependency(one) != name]
    if len(rest) == len(requirements):
        raise Unresolved(requirements, told[0])
    file = told[0].partition(" ")[0].rpartition("/")[2]
    others = resolve(rest, kept, from_source, patience=patience) if rest else []
    return sorted([*others, Resolved(name, version, "unknown", (), file)], key=lambda one: one.name)


def purer(one: Resolved, patience: Patience) -> Resolved:
    """The same version as a wheel of pure Python, if the index has one and pip, which takes the
    machine's own first, chose another."""
    if not one.file.endswith(".whl") or one.file.endswith("-none-any.whl"):
        return one
    try:
        asked = [f"{one.name}=={one.version}"]
        entries, _ = report(asked, [], [*PURE, "--no-deps"], patience)
        (pure,) = chosen_by(entries)
    except PipFailed:
        return one
    return replace(one, file=pure.file, sha256=pure.sha256)


def machines_own(
    requirements: Sequence[str], kept: Sequence[str], patience: Patience
) -> dict[str, Resolved]:
    """What pip would take for CPython on this machine, by name; nothing if it finds nothing."""
    try:
        found, _ = report(requirements, kept, ["--only-binary=:all:"], patience)
    except PipFailed:
        return {}
    return {one.name: one for one in chosen_by(found)}


def with_newer(found: list[Resolved], others: Mapping[str, Resolved]) -> list[Resolved]:
    """The distributions; each says if machine code keeps out a version that pip would take for
    CPython: its own, or of what it needs."""
    return [
        replace(one, newer=why(others[one.name], others))
        if one.name in others and Version(others[one.name].version) > Version(one.version)
        else one
        for one in found
    ]


def why(one: Resolved, others: Mapping[str, Resolved]) -> str:
    """Which machine code keeps a distribution out; "" if none does."""
    waiting, seen = [one.name], set[str]()
    while waiting:
        name = waiting.pop(0)
        needed = others.get(name)
        if needed is None or name in seen:
            continue
        seen.add(name)
        if needed.file.endswith(".whl") and not needed.file.endswith("-none-any.whl"):
            if name == one.name:
                return f"{one.version} is compiled for CPython"
            return f"{one.version} needs {name} {needed.version}, which is compiled for CPython"
        waiting += needed.requires
    return ""


def report(
    requirements: Sequence[str], kept: Sequence[str], flags: Sequence[str], patience: Patience
) -> tuple[list[dict[str, Any]], list[str]]:
    """What pip would install, and what it warns of. Raises PipFailed."""
    with tempfile.TemporaryDirectory(prefix="mirage-py-") as temporary:
        folder = Path(temporary)
        answer, constraints = folder / "report.json", folder / "constraints.txt"
        told = folder / "log"
        constraints.write_text("\n".join(kept) + "\n", encoding="utf-8")
        argv = process.python(
            "pip", "install", "--dry-run", "--ignore-installed", "--no-input",
            "--disable-pip-version-check", "--quiet", f"--report={answer}", f"--log={told}",
            f"--timeout={max(1, int(patience.stall))}", f"--retries={patience.tries - 1}",
            f"--target={folder / 'nowhere'}", f"--constraint={constraints}", *flags,
            "--", *requirements,
        )  # fmt: skip
        try:
            output = process.run(argv, cwd=folder, env=settings(), timeout=patience.total)
        except ToolFailed as error:
            written = told.read_text(encoding="utf-8", errors="replace") if told.is_file() else ""
            raise PipFailed(error.output, written) from None
        found: list[dict[str, Any]] = json.loads(answer.read_text(encoding="utf-8"))["install"]
        return found, warnings(output)


def chosen_by(entries: list[dict[str, Any]]) -> list[Resolved]:
    """The distributions of pip's report."""
    found = {one.name: one for one in map(resolved, entries)}
    return [
        replace(one, requires=tuple(name for name in one.requires if name in found))
        for _, one in sorted(found.items())
    ]


def resolved(entry: dict[str, Any]) -> Resolved:
    """One entry of pip's report (pip.pypa.io, "Installation Report")."""
    about, where = entry["metadata"], entry["download_info"]
    base = Resolved(
        name=normalized(about["name"]),
        version=about["version"],
        licence=licence(about),
        requires=tuple(sorted({dependency(one) for one in about.get("requires_dist", ())})),
    )
    if "vcs_info" in where:
        return replace(base, url=where["url"], commit=where["vcs_info"]["commit_id"])
    address = urlsplit(where["url"])
    if "dir_info" in where:
        return replace(base, folder=unquote(address.path))
    hashes = where.get("archive_info", {}).get("hashes", {})
    name = unquote(address.path).rpartition("/")[2]
    return replace(base, file=name, sha256=hashes.get("sha256", ""))


def licence(about: dict[str, Any]) -> str:
    """What a distribution says of its licence: an SPDX expression, else its classifiers."""
    if expression := about.get("license_expression"):
        return str(expression)
    told = [one.rpartition(" :: ")[2] for one in about.get("classifier", ()) if "License ::" in one]
    first = str(about.get("license") or "").strip().partition("\n")[0]
    return ", ".join(told) or first[:60] or "unknown"


def dependency(requirement: str) -> str:
    """The name in `requests[socks] >= 2; extra == "net"`."""
    match = re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*", requirement)
    return normalized(match[0]) if match else requirement


def normalized(name: str) -> str:
    """The name that tells distributions apart (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()
