"""What `doctor` looks for."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mirage_py import catalog
from mirage_py.support import process
from mirage_py.support.errors import MirageError, ToolFailed, ToolMissing

LEAST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Finding:
    """One thing that a build, or a run, may need."""

    name: str
    use: str
    """What it is for."""
    required: bool
    """Whether nothing can be built without it."""
    there: bool
    found: str
    """Version or path; empty if it is not there."""
    how: str
    """How to get it."""


def findings() -> list[Finding]:
    """Everything that was looked for, in the order of a build."""
    return [system(), python(), *programs(), kvm(), *tenders(), cache()]


def system() -> Finding:
    """Images are built and run on Linux."""
    name, machine = platform.system(), platform.machine()
    how = {
        "Darwin": "macOS has no ELF toolchain: work in a Linux virtual machine or container, for "
        'instance `docker run -it -v "$PWD:/work" -w /work debian:12`',
    }.get(name, "build on x86_64 Linux, or in a container or virtual machine with it")
    there = name == "Linux" and machine == "x86_64"
    return Finding("x86_64 Linux", "where images are built", True, there, f"{name} {machine}", how)


def python() -> Finding:
    """This interpreter is new enough."""
    there = sys.version_info[:2] >= LEAST_PYTHON
    return Finding(
        "Python 3.11", "what mirage-py runs on", True, there, platform.python_version(),
        "install Python 3.11 or later, and mirage-py with it",
    )  # fmt: skip


def programs() -> Iterator[Finding]:
    """The programs that a build runs."""
    yield compiler()
    yield program("ld", "links images", package="binutils")
    yield program("objcopy", "strips images", package="binutils")
    yield program("ar", "gathers objects", package="binutils")
    yield module("meson", "describes builds")
    yield module("ninja", "runs builds")
    yield program(
        "apt-get", "fetches sources from the Debian mirror", required=False,
        how="other origins of a source are used where it has some; or run `mirage-py pull` on "
        "Debian or Ubuntu, and copy the folder that `mirage-py cache dir` names",
    )  # fmt: skip
    yield program("git", "patches sources, and fetches some", package="git")
    yield pip()
    yield program("dot", "draws `describe --svg`", required=False, package="graphviz", version="-V")


def compiler() -> Finding:
    """The C compiler, which is one: it names the linker that it uses."""
    from mirage_py.lock import compiler_command, toolchain

    use, name = "compiles the guest", "cc"
    try:
        name = compiler_command()[0]
        return Finding(name, use, True, True, toolchain().compiler, "")
    except ToolFailed as error:
        return Finding(name, use, True, False, "", f"it is broken: {error.message}")
    except ToolMissing as error:
        return Finding(name, use, True, False, "", error.hint or install("gcc"))
    except MirageError as error:
        return Finding(name, use, True, False, "", error.message)


def program(
    name: str,
    use: str,
    *,
    package: str = "",
    required: bool = True,
    how: str = "",
    version: str = "--version",
) -> Finding:
    """A program on PATH, with the first line of what `version` makes it say."""
    how = how or install(package)
    try:
        found = process.run([name, version]).partition("\n")[0]
    except ToolMissing:
        return Finding(name, use, required, False, "", how)
    except ToolFailed as error:
        return Finding(name, use, required, False, "", f"it is broken: {error.message}")
    return Finding(name, use, required, True, found, how)


def install(package: str) -> str:
    """How to install a distribution's package here."""
    if shutil.which("apt-get"):
        return f"apt-get install {package}"
    if platform.system() == "Darwin":
        return f"in a Debian container: apt-get install {package}"
    return f"install `{package}` with the package manager of this system"


def module(name: str, use: str) -> Finding:
    """A program that came with mirage-py, as a Python package."""
    from importlib import metadata

    try:
        found, there = metadata.version(name), True
    except metadata.PackageNotFoundError:
        found, there = "", False
    return Finding(name, use, True, there, found, f"pip install {name}")


def pip() -> Finding:
    """pip, without which a source that is on PyPI alone cannot be had."""
    sources = catalog.vendored(catalog.share()).values()
    needed = any({origin.kind for origin in one.origins} == {"pypi"} for one in sources)
    found = module("pip", "fetches sources from PyPI")
    return replace(found, required=needed, how="python -m ensurepip")


def kvm() -> Finding:
    """Hardware virtualisation, which hvt needs, and virtio is quicker with."""
    from mirage_py.tender.kvm import DEVICE
    from mirage_py.tender.needs import kvm_obstacle

    obstacle = kvm_obstacle()
    how = f"{obstacle[0]}: {obstacle[1]}; spt and unix need none" if obstacle else ""
    found = "" if obstacle else f"{DEVICE}, which ran a virtual CPU"
    return Finding("KVM", "runs images of hvt", False, obstacle is None, found, how)


def tenders() -> Iterator[Finding]:
    """What runs the images of each target that needs something to."""
    from mirage_py.tender.choose import choose

    for target in catalog.targets(catalog.share()).values():
        if target.runs_itself:
            continue
        name, use = f"tender for {target.name}", f"runs images of {target.name}"
        try:
            yield Finding(name, use, False, True, str(choose(target, None)), "")
        except MirageError as error:
            yield Finding(name, use, False, False, "", error.hint or error.message)


def cache() -> Finding:
    """The user-wide cache can be written."""
    from mirage_py.sources import cache_dir

    folder = cache_dir()
    nearest = next(one for one in (folder, *folder.parents) if one.exists())
    there = nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
    what = "cannot be written" if nearest.is_dir() else "is no folder"
    how = f"{nearest} {what}: choose another place with MIRAGE_PY_CACHE"
    return Finding("cache", "keeps sources and built runtimes", True, there, str(folder), how)
