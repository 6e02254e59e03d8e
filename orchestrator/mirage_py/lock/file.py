"""mirage-py.lock on disk: TOML, sorted, one line for each fact, so that a diff can be reviewed."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import tomli_w

from mirage_py.catalog.toml import CatalogError, Table
from mirage_py.catalog.toml import read as read_toml
from mirage_py.catalog.vendored import SHA256, Origin, origin
from mirage_py.lock.errors import LockTooNew, LockUnmerged, LockUnreadable
from mirage_py.lock.model import LockFile, PackagePin, Packages, Pin, Toolchain
from mirage_py.support.files import write_if_changed

if TYPE_CHECKING:
    from pathlib import Path

NAME = "mirage-py.lock"
FORMAT = 1
HEAD = """\
# Every input of this project's images. Written by `mirage-py lock`: commit it, do not edit it.
"""


def read(path: Path) -> LockFile | None:
    """The lock at `path`; None if there is none. Raises LockUnreadable, LockUnmerged and
    LockTooNew."""
    if not path.exists():
        return None
    try:
        return parse(read_toml(path), path)
    except CatalogError as error:
        if line := conflict(path):
            raise LockUnmerged(path, line) from None
        # The message begins with the path, which LockUnreadable says itself.
        what = error.message.removeprefix(str(path)).lstrip(": ")
        raise LockUnreadable(path, what.replace("is not valid", "it is not valid", 1)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise LockUnreadable(path, str(error)) from None


def conflict(path: Path) -> int:
    """The line on which git began to mark what it could not merge; 0 if there is none."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("<<<<<<< "):
            return number
    return 0


def parse(table: Table, path: Path) -> LockFile:
    """The lock that `table` says. The format is looked at before anything else."""
    form = table.take("format", int)
    if form > FORMAT:
        raise LockTooNew(path, form, FORMAT)
    tools = table.table("toolchain")
    toolchain = Toolchain(tools.take("compiler", str), tools.take("linker", str))
    tools.done()
    named = table.table("source", required=False)
    pins = tuple(pin(named.table(name), name) for name in sorted(named.values))
    guest = packages(table)
    side = table.table("host", required=False)
    host = packages(side)
    side.done()
    table.done()
    return LockFile(pins, toolchain, guest, host)


def packages(table: Table) -> Packages:
    """The packages of one side."""
    requirements = table.strings("requirements", ())
    named = table.table("package", required=False)
    pins = tuple(package(named.table(name), name) for name in sorted(named.values))
    return Packages(requirements, pins)


def package(table: Table, name: str) -> PackagePin:
    """The pin of distribution `name`."""
    found = PackagePin(
        name=name,
        version=table.take("version", str),
        licence=table.take("licence", str),
        requires=table.strings("requires", ()),
        origin=origin(table.table("origin")),
    )
    table.done()
    return found


def pin(table: Table, name: str) -> Pin:
    """The pin of source `name`."""
    patches = table.table("patches", required=False)
    found = Pin(
        name=name,
        version=table.take("version", str),
        licence=table.take("licence", str),
        origins=tuple(origin(entry) for entry in table.tables("origin")),
        patches=tuple((file, patches.take(file, str)) for file in sorted(patches.values)),
    )
    for file, sha256 in found.patches:
        if not SHA256.fullmatch(sha256):
            raise patches.fail(file, "must be 64 hexadecimal digits")
    table.done()
    return found


def text(lock: LockFile) -> str:
    """The file's text."""
    document: dict[str, Any] = {"format": FORMAT}
    guest, host = table_of(lock.guest), table_of(lock.host)
    document |= {"requirements": guest["requirements"]} if guest else {}
    document["toolchain"] = asdict(lock.toolchain)
    document |= {"source": {one.name: entry(one) for one in lock.pins}} if lock.pins else {}
    document |= guest
    document |= {"host": host} if host else {}
    return f"{HEAD}{tomli_w.dumps(document)}"


def table_of(packages: Packages) -> dict[str, Any]:
    """The packages of one side as TOML has them; empty if there are none."""
    if not packages.requirements:
        return {}
    pins = {one.name: package_entry(one) for one in packages.pins}
    return {"requirements": list(packages.requirements), "package": pins}


def package_entry(one: PackagePin) -> dict[str, Any]:
    """A pinned distribution as TOML has it."""
    table: dict[str, Any] = {"version": one.version, "licence": one.licence}
    if one.requires:
        table["requires"] = list(one.requires)
    return table | {"origin": where(one.origin)}


def entry(one: Pin) -> dict[str, Any]:
    """A pin as TOML has it."""
    table: dict[str, Any] = {"version": one.version, "licence": one.licence}
    if one.patches:
        table["patches"] = dict(one.patches)
    return table | {"origin": [where(origin) for origin in one.origins]}


def where(one: Origin) -> dict[str, str]:
    return {"kind": one.kind, **one.where, "sha256": one.sha256}


def write(path: Path, lock: LockFile) -> bool:
    """Write the lock, whole or not at all; false if it says this already."""
    return write_if_changed(path.resolve(), text(lock))
