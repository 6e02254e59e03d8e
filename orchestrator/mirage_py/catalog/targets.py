"""Targets: one folder each under targets/, described by its target.toml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mirage_py.catalog import toml


@dataclass(frozen=True)
class Machine:
    """A tender that is a program for machines of all kinds, with a command line of its own.

    `command` is that line, `net` and the others are what a device adds to it. In their words stand
    names in braces; mirage_py.tender.machine says which.
    """

    kinds: tuple[str, ...]
    """The machines that images run on, the usual one first."""
    command: tuple[str, ...]
    accelerated: tuple[str, ...]
    """Words for `{accelerator}` where KVM works."""
    emulated: tuple[str, ...]
    """The same where it does not."""
    net: tuple[str, ...]
    """A network device, of an interface's name."""
    net_fd: tuple[str, ...]
    """The same, of an open tap device."""
    net_socket: tuple[str, ...]
    """The same, of an open socket."""
    block: tuple[str, ...]
    first_slot: int
    """The first of the slots that devices are put into."""
    last_slot: int
    memory: int
    """MiB, when the user does not say."""
    success: int
    """The program's exit status when an image has ended without telling its own."""
    install: str
    """What to type when the program is missing."""


@dataclass(frozen=True)
class Target:
    """What an image is built for. `name` is also the image's suffix: dist/NAME.spt."""

    name: str
    folder: Path
    abi: str
    """Name of the ABI in the image's ABI note (elf_abi.h)."""
    abi_version: int
    provides: tuple[str, ...]
    """Interfaces: console, clock, net, block, entropy."""
    arches: tuple[str, ...]
    sources: tuple[Path, ...]
    """Boot code and the Solo5 API, compiled into every image of this target."""
    link_script: Path
    min_memory: int
    """Least memory, in MiB, that the target can start an image with."""
    official_tender: str | None
    """The tender that users may have installed: looked for on PATH first."""
    abi_number: int | None = None
    """Its number in the ABI note, if it is none of Solo5's."""
    memory_step: int = 1
    """MiB: what of the memory is no multiple of this is not used."""
    needs_kvm: bool = False
    runs_itself: bool = False
    """Whether an image is a program of the host, which takes a tender's options itself."""
    gdb: tuple[str, ...] = ()
    """The debugger, `{symbols}` being the file of an image's symbols; none if there is none. The
    command that runs the image follows, unless `gdb_server` says that it runs beside."""
    gdb_server: tuple[str, ...] = ()
    """Options with which a tender for debugging waits for the debugger at `{port}`."""
    sanitizable: tuple[Path, ...] = ()
    """What `sources` are in images with the compiler's sanitizers; none if there are no such."""
    sanitized: bool = False
    """Whether images are made with them, as programs of the host's C library."""
    solo5: Path | None = None
    """The compiler of an official Solo5 that links images instead, with boot code of its own."""
    machine: Machine | None = None
    """How the official tender is told what to run, if it is a program for machines of all kinds."""

    @property
    def own_tender(self) -> str | None:
        """Our tender for this target, if its folder brings one."""
        return f"mirage-{self.name}" if (self.folder / "tender").is_dir() else None

    @property
    def debug_tenders(self) -> tuple[str, ...]:
        """What runs images under a debugger: the official program, and ours."""
        usual = (self.official_tender, self.own_tender) if self.gdb_server else ()
        return tuple(f"{name}-debug" for name in usual if name)


def targets(root: Path) -> dict[str, Target]:
    """Every target of `root` by name: each folder of targets/ that holds a target.toml."""
    found = sorted((root / "targets").glob("*/target.toml"))
    return {path.parent.name: read(path) for path in found}


def read(path: Path) -> Target:
    """The target that a target.toml describes. Raises CatalogError."""
    table = toml.read(path)
    folder = path.parent
    tender = table.table("tender", required=False)
    sources = tuple(folder / name for name in table.strings("sources"))
    target = Target(
        name=folder.name,
        folder=folder,
        abi=table.take("abi", str),
        abi_version=table.take("abi_version", int),
        abi_number=table.take("abi_number", int, 0) or None,
        provides=table.strings("provides"),
        arches=table.strings("arches"),
        sources=sources,
        link_script=folder / table.take("link_script", str),
        min_memory=table.take("min_memory", int),
        official_tender=tender.take("official", str, "") or None,
        memory_step=table.take("memory_step", int, 1),
        needs_kvm=tender.take("kvm", bool, False),
        runs_itself=tender.take("itself", bool, False),
        gdb=tender.strings("gdb", ()),
        gdb_server=tender.strings("gdb_server", ()),
        sanitizable=(
            read_sanitizable(table.table("sanitize"), folder, sources)
            if "sanitize" in table.values
            else ()
        ),
        machine=read_machine(table.table("machine")) if "machine" in table.values else None,
    )
    tender.done()
    table.done()
    return target


def read_sanitizable(
    sanitize: toml.Table, folder: Path, sources: tuple[Path, ...]
) -> tuple[Path, ...]:
    """What `[sanitize]` makes of the sources. Raises CatalogError."""
    without = {folder / name for name in sanitize.strings("without")}
    more = tuple(folder / name for name in sanitize.strings("with"))
    sanitize.done()
    return (*(path for path in sources if path not in without), *more)


def read_machine(table: toml.Table) -> Machine:
    """What `[machine]` describes. Raises CatalogError."""
    machine = Machine(
        kinds=table.strings("kinds"),
        command=table.strings("command"),
        accelerated=table.strings("accelerated"),
        emulated=table.strings("emulated"),
        net=table.strings("net"),
        net_fd=table.strings("net_fd"),
        net_socket=table.strings("net_socket"),
        block=table.strings("block"),
        first_slot=table.take("first_slot", int),
        last_slot=table.take("last_slot", int),
        memory=table.take("memory", int),
        success=table.take("success", int),
        install=table.take("install", str),
    )
    table.done()
    return machine
