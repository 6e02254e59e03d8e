"""The kernel and first files of the test machine (kvm.py), from Debian's own packages.

Nothing is installed: packages are downloaded with apt into a folder, and what is needed is read out
of them. The kernel is the one for clouds: small, and with KVM in modules.
"""

from __future__ import annotations

import lzma
import os
import re
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mirage_py.support.files import locked, write_atomically, write_if_changed
from tests.support.newc import Archive

META_PACKAGE = "linux-image-cloud-amd64"
"""Depends on the newest kernel, whose package has its version in its name."""

ROOTS = ("kvm-amd", "tun", "virtio_pci", "virtio_console")
"""Modules that the machine loads, after those that they depend on."""

FILES = Path(__file__).parent / "machine"
MODULE = re.compile(r"/([^/]+)\.ko(\.xz)?$")


class NoKernel(Exception):
    """The packages cannot be had, and why."""


@dataclass(frozen=True)
class Kernel:
    """What QEMU boots."""

    image: Path
    initrd: Path


def prepare(cache: Path) -> Kernel:
    """The kernel and the machine's first files in `cache`, made unless they are there, for one of
    several test runs at a time. Raises NoKernel."""
    kernel = Kernel(cache / "vmlinuz", cache / "initrd")
    with locked(cache / "lock"):
        if not kernel.image.exists():
            members = read_packages(download(cache / "packages"))
            (cache / "modules.cpio").write_bytes(system(members))
            image = next(data for name, data in members.items() if name.startswith("boot/vmlinuz"))
            # Last, because it says that all is there.
            write_atomically(kernel.image, image)
        # A kernel unpacks one archive after the other; this one changes with the tree.
        write_if_changed(kernel.initrd, (cache / "modules.cpio").read_bytes() + scripts())
    return kernel


def system(members: dict[str, bytes]) -> bytes:
    """The archive of what comes from packages: busybox, and modules named in order."""
    archive = Archive()
    archive.add("bin/busybox", members["bin/busybox"], 0o755)
    for folder in ("dev", "proc", "sys"):
        archive.folder(folder)
    modules = {name: data for name, data in members.items() if name.endswith(".ko")}
    for number, name in enumerate(in_order(modules)):
        archive.add(f"modules/{number:02}-{name}", modules[name])
    return archive.finish()


def scripts() -> bytes:
    """The archive of what comes from this tree."""
    archive = Archive()
    archive.add("init", (FILES / "init").read_bytes(), 0o755)
    archive.add("agent", (FILES / "agent").read_bytes())
    return archive.finish()


def in_order(modules: dict[str, bytes]) -> list[str]:
    """The files of ROOTS and of all they depend on, each after those."""
    order: list[str] = []

    def visit(name: str) -> None:
        file = f"{name}.ko"
        found = re.search(rb"\0depends=([^\0]*)\0", modules[file])
        for needed in found[1].decode().split(",") if found and found[1] else []:
            visit(needed if f"{needed}.ko" in modules else needed.replace("_", "-"))
        if file not in order:
            order.append(file)

    for root in ROOTS:
        visit(root)
    return order


def download(folder: Path) -> list[Path]:
    """The packages of the kernel and of busybox, downloaded into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    options: list[str] = []
    kernel = newest_kernel(options)
    if kernel is None:
        # A machine without package lists: into a folder of our own, so that anyone may.
        lists = folder / "lists"
        (lists / "partial").mkdir(parents=True, exist_ok=True)
        options = ["-o", f"Dir::State::Lists={lists}", "-o", f"Dir::Cache={folder}"]
        apt(["apt-get", *options, "update"], folder)
        kernel = newest_kernel(options)
    if kernel is None:
        raise NoKernel(f"apt knows no package {META_PACKAGE}: is this Debian on amd64?")
    for old in folder.glob("*.deb"):
        old.unlink()
    apt(["apt-get", *options, "download", kernel, "busybox-static"], folder)
    return sorted(folder.glob("*.deb"))


def newest_kernel(options: list[str]) -> str | None:
    """The package that META_PACKAGE depends on."""
    known = apt(
        ["apt-cache", *options, "depends", "--important", META_PACKAGE], Path("/"), ok=False
    )
    found = re.search(r"Depends: (linux-image-\S+)", known)
    return found[1] if found else None


def apt(argv: list[str], folder: Path, *, ok: bool = True) -> str:
    """What an apt command prints. Raises NoKernel if it fails and may not."""
    try:
        done = subprocess.run(
            argv, cwd=folder, check=False, capture_output=True, text=True, timeout=600,
            stdin=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C"},
        )  # fmt: skip
    except FileNotFoundError:
        raise NoKernel(f"there is no {argv[0]}: is this Debian?") from None
    if ok and done.returncode != 0:
        raise NoKernel(f"{' '.join(argv)}: {done.stderr.strip()}")
    return done.stdout


def read_packages(packages: list[Path]) -> dict[str, bytes]:
    """The files of packages that the machine wants: kernel and busybox by path, modules by name."""
    return {name: data for package in packages for name, data in read_package(package)}


def read_package(package: Path) -> Iterator[tuple[str, bytes]]:
    """The same of one package."""
    unpacker = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE)
    with unpacker, tarfile.open(fileobj=unpacker.stdout, mode="r|") as archive:
        for member in archive:
            path = member.name.removeprefix("./").removeprefix("usr/")
            module = MODULE.search(path)
            content = archive.extractfile(member)
            if content and module:
                data = content.read()
                yield f"{module[1]}.ko", lzma.decompress(data) if module[2] else data
            elif content and (path == "bin/busybox" or path.startswith("boot/vmlinuz")):
                yield path, content.read()
