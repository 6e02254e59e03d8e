"""Which modules of the packages an image holds: what the project imports of them, transitively.

`plan` notes what it finds in neither the project nor the guest (Graph.wanted); here, where the
packages are unpacked, that is followed through them by reading. Nothing of theirs is run.
"""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from mirage_py.graph.imports import Import
from mirage_py.graph.model import Module, Native, Wanted
from mirage_py.graph.modules import BELOW, add, is_imported, natives
from mirage_py.graph.names import GUEST_MODULES, HOST_MODULES, VFS_MODULES
from mirage_py.graph.packages import in_image
from mirage_py.support.errors import Position
from mirage_py.support.parse import source_text
from mirage_py.workspace import errors
from mirage_py.workspace.derived import asked_of
from mirage_py.workspace.distribution import Distribution, distribution

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from mirage_py.graph.facts import Asked
    from mirage_py.lock.model import Lock

STAND_INS = frozenset({"typing-extensions"})
"""Distributions that ask for annotations, and compile some, when others call them for it."""

log = logging.getLogger("mirage_py")


@dataclass
class Closure:
    """What an image holds of packages."""

    modules: dict[str, Module] = field(default_factory=dict)
    builtins: set[str] = field(default_factory=set)
    """What they import of the guest."""
    asked: list[Step] = field(default_factory=list)
    """What of that they insist on."""
    resources: dict[str, Path] = field(default_factory=dict)
    """Files of the distributions that read such, by the names that importlib.resources takes."""
    entry_points: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Group, name, value and distribution of each that leads to a module of the image."""
    missing: dict[str, Position] = field(default_factory=dict)
    """What they import and do not insist on, and nothing has; and where."""
    owners: dict[str, str] = field(default_factory=dict)
    """The distribution of each module."""
    annotated: frozenset[str] = frozenset()
    """The modules whose functions keep their annotations: a distribution asks for them, to which
    they hand on what they define."""
    documents: set[str] = field(default_factory=set)
    """The modules that read what documentation says."""
    asks: bool = False
    """A distribution asks functions for their annotations."""
    compiles: list[tuple[str, str, Position]] = field(default_factory=list)
    """Where code is compiled when it runs: the distribution, the function that does, and where."""
    natives: dict[str, Native] = field(default_factory=dict)
    """Modules that are compiled to machine code."""
    left_out: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By distribution, its modules that nothing imports."""


class Need(IntEnum):
    """How much something is needed."""

    FIRM = 0
    PERHAPS = 1
    """Where a condition holds, of which reading does not tell."""
    NONE = 2
    """What goes on without it."""


@dataclass(frozen=True)
class Step:
    """An import that is followed."""

    one: Import
    position: Position
    importer: str
    """The distribution that it stands in; empty in the project."""
    above: Need = Need.FIRM
    """How much the module that it stands in is needed."""
    named: bool = False
    """It is no import: config.py or the command line names the module."""

    @property
    def need(self) -> Need:
        """How much it is needed; what the project imports when it likes to is."""
        one = self.one
        if one.optional or (self.importer and one.called):
            return Need.NONE
        return max(self.above, Need.PERHAPS if self.importer and one.lazy else Need.FIRM)


def closure(lock: Lock, trees: Mapping[str, Path], guest: Collection[str]) -> Closure:
    """The modules of the packages of `lock`, unpacked in `trees`, that its image holds; `guest` are
    the top-level modules that the guest has beside the interpreter's own.

    Raises PackageObstacle for the first thing that keeps a package out of an image.
    """
    found = [distribution(one, trees[one.name]) for one in lock.packages]
    for one in found:
        for top in sorted(hidden(one, lock.graph.modules)):
            log.warning("`%s` of the project takes the place of package `%s`'s", top, one.name)
    lacking = frozenset() if "vfs" in lock.graph.config.features else VFS_MODULES
    compiled = frozenset(name for one in lock.graph.packages for name in one.natives)
    walk = Walk(found, frozenset(guest) | (GUEST_MODULES - lacking), compiled)
    for wanted in (*lock.graph.wanted, *declared(lock)):
        line = wanted.position.line
        for name in names(wanted, found):
            asked = Import(name, wanted.attribute, line, wanted.optional, name)
            walk.waiting.append(Step(asked, wanted.position, "", named=wanted.named or not line))
    while walk.waiting:
        walk.follow(walk.waiting.popleft())
    for (owner, other), name in twice(found, walk.closure.owners).items():
        log.warning("module `%s` is package `%s`'s, and not `%s`'s", name, owner, other)
    named = [wanted.name for wanted in declared(lock)]
    for one in found:
        reads = one.package.name in walk.readers
        walk.closure.resources |= one.resources() if reads else files_below(one, named)
        for group, name, value in one.entry_points():
            if value.partition(":")[0].strip() in walk.closure.modules:
                walk.closure.entry_points.append((group, name, value, one.package.name))
        rest = tuple(name for name in one.modules() if name not in walk.closure.owners)
        walk.closure.left_out[one.package.name] = rest
    asking = walk.asking - STAND_INS
    walk.closure.asks, walk.closure.annotated = bool(asking), annotated(walk, asking)
    return walk.closure


def twice(found: Sequence[Distribution], owners: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """By the package whose module an image takes and another that has it: the first such module."""
    return {
        (owner, one.package.name): name
        for name, owner in sorted(owners.items(), reverse=True)
        for one in found
        if one.package.name != owner and one.find(name)
    }


def annotated(walk: Walk, asking: Collection[str]) -> frozenset[str]:
    """The modules that import another distribution, of those that ask for annotations."""
    owners = walk.closure.owners
    tops = {name: owner for name, owner in owners.items() if "." not in name and owner in asking}
    return frozenset(
        name
        for name, imported in walk.imported.items()
        if not {tops[one] for one in imported & tops.keys()} <= {owners[name]}
    )


def hidden(one: Distribution, own: Iterable[Module]) -> set[str]:
    """The top-level modules of a distribution that nobody can import: the project has its own."""
    tops = {module.name.partition(".")[0] for module in own}
    return {top for top in tops if one.find(top) or one.is_folder(top)}


def names(wanted: Wanted, found: list[Distribution]) -> list[str]:
    """The modules that are wanted: the one that is named, or all below it."""
    below = f"{wanted.name}."
    every = [name for one in found for name in one.modules() if f"{name}.".startswith(below)]
    return every if wanted.whole and every else [wanted.name]


def files_below(one: Distribution, named: Iterable[str]) -> dict[str, Path]:
    """The files beside the modules of those packages, and below: who names `tzdata.zoneinfo.Europe`
    wants its zones."""
    folders = tuple(f"{name.replace('.', '/')}/" for name in named if one.is_folder(name))
    found = one.resources() if folders else {}
    return {path: file for path, file in found.items() if path.startswith(folders)}


def declared(lock: Lock) -> Iterator[Wanted]:
    """The modules that config.py says are used, whoever imports them."""
    for package in lock.graph.packages:
        for name in package.libs if in_image(package) else ():
            top, whole = name.removesuffix(BELOW), name.endswith(BELOW)
            yield Wanted(top, None, package.position, optional=False, whole=whole, named=True)


@dataclass
class Walk:
    """The search, along the imports, nearest first."""

    distributions: list[Distribution]
    guest: frozenset[str]
    """Top-level modules that the guest has."""
    natives: frozenset[str] = frozenset()
    """Modules that config.py says are to be compiled."""
    closure: Closure = field(default_factory=Closure)
    needs: dict[str, Need] = field(default_factory=dict)
    """How much each module is needed so far: no more is what it imports."""
    waiting: deque[Step] = field(default_factory=deque)
    imported: dict[str, set[str]] = field(default_factory=dict)
    """By module, the top-level modules that it imports."""
    asking: set[str] = field(default_factory=set)
    """Distributions that ask functions for their annotations."""
    readers: set[str] = field(default_factory=set)
    """Distributions of which a module reads the files beside it."""

    def follow(self, step: Step) -> None:
        """Take up an import: of a package's, of the guest's, or of neither."""
        one, top = step.one, step.one.module.partition(".")[0]
        if not one.module:
            raise errors.PackageObstacle(
                step.importer, f"its import of `{one.text}` leaves the package", step.position
            )
        owner = None if top in GUEST_MODULES else self._owner(top)
        if owner is None and top[:1] == "u" and top[1:] in GUEST_MODULES:
            self.closure.builtins.add(top[1:])  # `utime`: MicroPython's own, whatever is beside it
            return
        if owner:
            self._read_all(owner, step)
        elif top in self.guest:
            self.closure.builtins.add(one.module)
            if step.importer and step.need is Need.FIRM:
                self.closure.asked.append(step)
            if one.attribute:
                self.closure.builtins.add(f"{one.module}.{one.attribute}")
        else:
            self._miss(step, one.module)

    def _owner(self, top: str) -> Distribution | None:
        """The distribution that has the top-level module `top`."""
        for one in self.distributions:
            if one.find(top) or one.is_folder(top) or one.compiled(top):
                return one
        return None

    def _read_all(self, owner: Distribution, step: Step) -> None:
        """Read the module, the packages it stands in, and the one below it that is meant."""
        one = step.one
        parts = one.module.split(".")
        for length in range(1, len(parts) + 1):
            self._read(owner, ".".join(parts[:length]), step)
        below = f"{one.module}.{one.attribute}"
        if one.attribute and (below in self.natives or self._holder(below, owner)):
            self._read(owner, below, step)
        elif one.attribute == "*" or not one.attribute:
            return
        elif (compiled := owner.compiled(below)) and step.need < Need.NONE:
            raise errors.compiled(owner, below, compiled, step.position)

    def _holder(self, name: str, first: Distribution) -> Distribution | None:
        """The distribution that has module `name`: several may share a namespace."""
        return next((one for one in (first, *self.distributions) if one.find(name)), None)

    def _read(self, owner: Distribution, name: str, step: Step) -> None:
        """Read module `name`, and note what it imports."""
        if name in self.natives:
            if not is_imported(self.closure.natives.get(name)):
                self._compile(owner, name, step)
            return
        need = step.need
        if name in self.closure.modules and need >= self.needs[name]:
            return
        self.needs[name] = need
        holder = self._holder(name, owner)
        path = holder.find(name) if holder else None
        if holder is None or path is None:
            if any(one.is_folder(name) for one in self.distributions):
                return
            parent = owner.find(name.rpartition(".")[0]) if "." in name else None
            if parent and parent.name != "__init__.py" and not step.named:
                return  # a module is no package: what is below it, it puts into sys.modules itself
            if (machine := owner.compiled(name)) and need < Need.NONE:
                raise errors.compiled(owner, name, machine, step.position)
            self._miss(step, name)
            return
        self.closure.modules[name] = Module(name, path)
        self.closure.owners[name] = holder.package.name
        self._note(holder, name, path, need)

    def _note(self, holder: Distribution, name: str, path: Path, need: Need) -> None:
        """Note what a module asks."""
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        asked, file = read(holder, path, package), holder.file(path)
        self.imported[name] = {one.module.partition(".")[0] for one, _ in asked.imports}
        for one, line in asked.imports:
            self.waiting.append(Step(one, Position(file, one.line, line), holder.name, need))
        for one, line in asked.attributes if need is Need.FIRM else ():
            if one.module.partition(".")[0] in self.guest:
                position = Position(file, one.line, line)
                self.closure.asked.append(Step(one, position, holder.name, need))
        for function, number, line in asked.compiles:
            self.closure.compiles.append((holder.name, function, Position(file, number, line)))
        if asked.docs:
            self.closure.documents.add(name)
        if asked.annotations:
            self.asking.add(holder.package.name)
        if asked.reads_files:
            self.readers.add(holder.package.name)

    def _compile(self, owner: Distribution, name: str, step: Step) -> None:
        """Take up a native module, and those that it uses."""
        path = owner.native(name)
        if path is None:
            raise errors.no_source(owner, name, step.position)
        found = natives(Module(name, path), owner.native)
        add(self.closure.natives, found)
        self.closure.owners |= dict.fromkeys(found, owner.package.name)

    def _miss(self, step: Step, name: str) -> None:
        """Nothing has module `name`: an obstacle, unless the importer can do without."""
        top = name.partition(".")[0]
        native = next((one for one in self.distributions if one.native(name)), None)
        if step.need > Need.FIRM:
            self.closure.missing.setdefault(name, step.position)
        elif native:
            raise errors.not_compiled(native, name, step.position)
        elif not step.importer:
            raise errors.nobody(name, self.distributions, step.position)
        elif top in HOST_MODULES and top != "config":
            raise errors.host_module(step.importer, name, step.position)
        else:
            raise errors.missing(step.importer, name, step.position)


def read(owner: Distribution, path: Path, package: str) -> Asked:
    """What a module asks. Raises PackageObstacle if it is no Python 3."""
    try:
        return asked_of(source_text(path), package)
    except (SyntaxError, UnicodeDecodeError, ValueError) as error:
        why = error.msg if isinstance(error, SyntaxError) else str(error)
        why = why.partition(" for '/")[0]  # of an encoding, it names the file in the cache
        text = (getattr(error, "text", None) or "").strip()
        where = Position(owner.file(path), getattr(error, "lineno", None) or 1, text)
        raise errors.PackageObstacle(owner.name, f"invalid Python: {why}", where) from None
