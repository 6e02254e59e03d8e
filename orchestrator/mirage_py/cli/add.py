"""`add` and `remove`: packages of config.py and of the lock; `tree`: what they come to."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mirage_py.cli.common import Json, Settings, Target
from mirage_py.cli.stages import planned, shown
from mirage_py.support.console import log
from mirage_py.support.errors import MirageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mirage_py.dsl.edit import Edited
    from mirage_py.graph.errors.modules import UnknownGuestModule
    from mirage_py.lock.model import Lock, LockedPackage
    from mirage_py.support.errors import Position

KEYWORDS = ("scope", "extras", "min", "max", "pin")
"""What `package` is told, in this order."""
Main = Annotated[
    str | None, typer.Option("--main", metavar="ENTRY", help="Whose packages, of several `main`s.")
]


class BadRequirement(MirageError):
    exit_code = 2

    def __init__(self, text: str, why: str, hint: str | None = None) -> None:
        super().__init__(
            f"`{text}` is no requirement that config.py can hold: {why}",
            hint=hint
            or by_place(text)
            or 'write NAME, NAME[EXTRA], NAME==2.0, "NAME>=2.0" or "NAME>=2.0,<3"',
        )


class PinOfSeveral(MirageError):
    exit_code = 2

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"`--pin` says where one package is, and {len(names)} are named",
            hint="add each by itself",
        )


def by_place(text: str) -> str | None:
    """How a folder or a repository is added; None if the text is neither."""
    if text.startswith((".", "/", "~")):
        return f"a folder is added by its name: `mirage-py add {Path(text).name} --pin {text}`"
    if "://" in text:
        where = text if text.startswith("git+") else f"git+{text}"
        return (
            f"a repository is added by the name of its package: `mirage-py add NAME --pin {where}`"
        )
    return None


def add(
    settings: Settings,
    requirements: Annotated[list[str], typer.Argument(metavar="REQUIREMENT...")],
    *,
    pin: Annotated[
        str | None,
        typer.Option(metavar="WHERE", help="Take it from a folder, or git+URL@REVISION."),
    ] = None,
    host: Annotated[
        bool, typer.Option("--host", help="For the build, as what config.py's functions import.")
    ] = False,
    main: Main = None,
    target: Target = None,
) -> None:
    """Add packages to config.py, and lock them."""
    if pin and len(requirements) > 1:
        raise PinOfSeveral(requirements)
    common: dict[str, Any] = ({"scope": "host"} if host else {}) | ({"pin": pin} if pin else {})
    asked = [(name, common | given) for name, given in map(parsed, requirements)]

    def edit(edited: Edited, lock: Lock | None) -> Edited:
        chosen = {one.name: one.version for one in chosen_by(lock)} if lock else {}
        for name, given in asked:
            bounded = {"min", "max", "pin"} & given.keys() or name not in chosen
            if not given and any(edited.packages(name)):
                continue  # it is there, as it was asked for
            about = given if bounded else given | {"min": chosen[name]}
            edited = edited.with_package(call(name, about), name, main)
        return edited

    lock = change(settings, target, edit)
    for one in chosen_by(lock):
        if one.name in {name for name, _ in asked}:
            log.info("added %s %s", one.name, one.version)


def chosen_by(lock: Lock) -> tuple[LockedPackage, ...]:
    """The distributions of a lock, on either side."""
    return (*lock.packages, *lock.host)


def remove(
    settings: Settings,
    names: Annotated[list[str], typer.Argument(metavar="NAME...")],
    *,
    target: Target = None,
) -> None:
    """Remove packages from config.py and the lock, whatever still imports them."""
    unanswered: list[UnknownGuestModule] = []

    def edit(edited: Edited, _: Lock | None) -> Edited:
        for name in names:
            edited = edited.without_package(name)
        return edited

    lock = change(settings, target, edit, unanswered)
    for module, place in still_imported(names, lock, unanswered).items():
        log.warning("%s still imports `%s`, which is not there any more", place, module)


def still_imported(
    names: Iterable[str], lock: Lock, unanswered: Iterable[UnknownGuestModule]
) -> dict[str, Position]:
    """The modules that the project imports although nothing has them now, and where: where other
    packages are left, those that are called as what was removed."""
    from mirage_py.sources.resolve import normalized

    gone = {normalized(name) for name in names} - {one.name for one in lock.packages}
    wanted = [
        (one.name, one.position)
        for one in lock.graph.wanted
        if not one.optional and normalized(one.name.partition(".")[0]) in gone
    ]
    found: dict[str, Position] = {}
    for module, place in [*((one.name, one.position) for one in unanswered), *wanted]:
        if place:
            found.setdefault(module, place)
    return found


def change(
    settings: Settings,
    target: str | None,
    edit: Callable[[Edited, Lock | None], Edited],
    unanswered: list[UnknownGuestModule] | None = None,
) -> Lock:
    """Edit config.py and lock what it then asks for; twice, for what is only known then. Nothing is
    written before all of it has been found. Imports that nothing answers fail unless `unanswered`
    is there to take them."""
    from mirage_py.dsl.edit import Edited
    from mirage_py.dsl.loader import read
    from mirage_py.lock import settle
    from mirage_py.support.files import locked, write_if_changed

    file = settings.file.resolve()
    lock: Lock | None = None
    with locked(settings.root) if settings.root.is_dir() else nullcontext():
        text, encoding = read(file)
        before = Edited(settings.file, text)
        for last in (False, True):
            text = edit(before, lock).text
            graph = planned(settings, target, unanswered=unanswered, source=text)
            lock = settle(graph, write=last, first=lock)
        write_if_changed(file, text.encode(encoding))
    assert lock is not None  # noqa: S101 - the loop has run
    return lock


def parsed(text: str) -> tuple[str, dict[str, Any]]:
    """The name of a requirement (PEP 508), normalised, and what `package` is told of it."""
    from packaging.requirements import InvalidRequirement, Requirement

    from mirage_py.sources.resolve import normalized

    try:
        asked = Requirement(text)
    except InvalidRequirement as error:
        raise BadRequirement(text, str(error).partition("\n")[0]) from None
    if asked.url and asked.url.startswith("git+"):
        by_pin = f"`mirage-py add {asked.name} --pin {asked.url}`"
        raise BadRequirement(text, "an address is given by `--pin`", by_pin)
    if asked.url or asked.marker:
        why = "markers are not known" if asked.marker else "archives are taken from an index alone"
        raise BadRequirement(text, why, "write it without what stands behind its name")
    given: dict[str, Any] = {"extras": sorted(asked.extras)} if asked.extras else {}
    for bound in asked.specifier:
        told = keywords(bound.operator, bound.version)
        if not told:
            raise BadRequirement(
                text, f"`{bound}` is neither a version, nor a least, nor a first too new one"
            )
        given |= told
    return normalized(asked.name), given


def keywords(operator: str, version: str) -> dict[str, str]:
    """What `package` is told of a bound of PEP 440; empty if it cannot be. `~=1.4.2` is all of 1.4
    from there on, and `==1.4.*` all of it."""
    from packaging.version import Version

    whole = version.endswith(".*")
    if operator == "~=" or (operator == "==" and whole):
        least = version.removesuffix(".*")
        parts = [*Version(least).release]
        parts = parts if whole else parts[:-1]
        parts[-1] += 1
        return {"min": least, "max": ".".join(map(str, parts))}
    keyword = {">=": "min", "<": "max", "==": "pin"}.get(operator)
    return {keyword: f"=={version}" if keyword == "pin" else version} if keyword else {}


def call(name: str, given: dict[str, Any]) -> str:
    """The call of `package` that says it."""
    told = [f"{key}={json.dumps(given[key])}" for key in KEYWORDS if key in given]
    return f"package({', '.join([json.dumps(name), *told])})"


def tree(settings: Settings, *, target: Target = None, as_json: Json = False) -> None:
    """Show the packages of the lock, and why each is there."""
    from mirage_py.lock import settle

    graph = planned(settings, target)
    lock = settle(graph, write=False, offline=True)
    found = {one.name: one for one in chosen_by(lock)}
    if as_json:
        whole = {
            name: {"version": one.version, "requires": list(one.requires)}
            for name, one in found.items()
        }
        typer.echo(json.dumps(whole, indent=2))
        return
    seen: set[str] = set()
    for package in graph.packages:
        if package.normalized in found:
            for line in branch(found[package.normalized], found, "", seen):
                typer.echo(line)
    if not found:
        log.info("%s names no packages", shown(settings.file))


def branch(
    one: LockedPackage, found: dict[str, LockedPackage], indent: str, seen: set[str]
) -> Iterator[str]:
    """A distribution and, below it, those that it depends on; each is opened once."""
    again = " (see above)" if one.name in seen and one.requires else ""
    yield f"{indent}{one.name} {one.version}{again}"
    if one.name not in seen:
        seen.add(one.name)
        for name in one.requires:
            if name in found:
                yield from branch(found[name], found, indent + "  ", seen)
