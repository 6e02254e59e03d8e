"""Disks with packs of git: what git makes of a repository, the guest reads, and nothing else."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from mirage_py.disk import docteur
from mirage_py.disk import repository as repositories
from mirage_py.support.errors import MirageError
from tests.boot.test_stores import sources
from tests.support.bench import Bench
from tests.support.running import running
from tests.support.unikernel import Unikernels, mirage_py

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "applications" / "docteur"
TIME = 1_600_000_000
GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
       for what, value in (("NAME", "a"), ("EMAIL", "a@b"), ("DATE", f"@{TIME} +0200"))},
}  # fmt: skip


def git(*words: str | Path, folder: Path, text: bool = True, given: str = "") -> str:
    """What git says."""
    done = subprocess.run(
        ["git", *map(str, words)], cwd=folder, env=os.environ | GIT, input=given,
        check=False, capture_output=True, text=text, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done
    return str(done.stdout).strip()


def text(number: int) -> str:
    """A file like the others, but for a line."""
    lines = [f"line {at} of a text that all of them have\n" for at in range(400)]
    lines[number * 7] = f"only {number} has this\n"
    return "".join(lines)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose files are deltas of each other; executables, links, and other branches."""
    root = tmp_path / "repository"
    (root / "sub" / "deep").mkdir(parents=True)
    for number in range(40):
        (root / "sub" / f"text{number}").write_text(text(number))
    (root / "sub" / "deep" / "empty").write_text("")
    (root / "random").write_bytes(bytes(os.urandom(100_000)))
    (root / "tool").write_text("#!/bin/sh\n")
    (root / "tool").chmod(0o755)
    (root / "link").symlink_to("tool")
    git("init", "-q", "-b", "main", folder=root)
    git("add", ".", folder=root)
    git("commit", "-q", "-m", "first", folder=root)
    git("tag", "-a", "-m", "a tag", "v1", folder=root)
    (root / "new").write_text("second\n")
    git("add", ".", folder=root)
    git("commit", "-q", "-m", "second", folder=root)
    return root


READ = """\
import binascii, hashlib

async def show(store, key):
    for name, kind in await store.list(key):
        below = key + "/" + name
        if kind == "dictionary":
            await show(store, below)
        else:
            value = await store.get(below)
            assert len(value) == await store.size(below)
            assert hashlib.sha256(value).digest() == await store.digest(below)
            assert (await store.get_partial(below, 5, 9)) == bytes(value[5:14])
            print(below[1:], binascii.hexlify(hashlib.sha256(value).digest()).decode())

async def start(store):
    await show(store, "")
    print(await store.last_modified("random"), await store.exists("link"))
    print(await store.exists("sub/deep"), await store.exists("sub/text1/x"))
"""


def listed(repository: Path, commit: str = "HEAD") -> list[str]:
    """What READ prints of a commit."""
    names = git("ls-tree", "-r", "--name-only", commit, folder=repository).split()
    lines = []
    for name in sorted(set(names) - {"link"}, key=lambda name: name.split("/")):
        blob = subprocess.run(
            ["git", "cat-file", "blob", f"{commit}:{name}"],
            cwd=repository, check=True, capture_output=True,
        ).stdout  # fmt: skip
        lines.append(f"{name} {hashlib.sha256(blob).hexdigest()}")
    return [*lines, f"{TIME}000000000 None", "dictionary None"]


def reader(unikernels: Unikernels, mode: str) -> Path:
    """An image that shows all of its disk."""
    device = f'docteur("relativize://x", mode="{mode}")'
    return unikernels.build(sources(READ, kv_ro=device) | {"x/y": ""}, "unix").path


@pytest.mark.parametrize("mode", ["fast", "light"])
def test_all_of_a_repository(
    mode: str, repository: Path, unikernels: Unikernels, bench: Bench, tmp_path: Path
) -> None:
    disk = tmp_path / "disk.img"
    repositories.prepare(repository.as_uri(), tmp_path, disk)
    ran = bench.run(reader(unikernels, mode), disks={"docteur": disk}, mem=8)
    assert (ran.status, ran.messages) == (0, ""), ran
    assert sorted(ran.lines) == sorted(listed(repository))
    assert mirage_py("disk", "check", str(disk)).console.startswith(f"{disk}: docteur, ")
    got = mirage_py("disk", "get", str(disk), "sub/text3").console
    assert got == text(3)


def test_layout(repository: Path, tmp_path: Path) -> None:
    """As MirageOS's docteur writes it; and the same bytes whenever it is made."""
    disks = [tmp_path / "one.img", tmp_path / "two.img"]
    for disk in disks:
        repositories.prepare(repository.as_uri(), tmp_path, disk)
    data = disks[0].read_bytes()
    assert data == disks[1].read_bytes()
    assert data[:20].hex() == git("rev-parse", "HEAD", folder=repository)
    index = int.from_bytes(data[20:28], "little")
    assert data[28:32] == b"PACK"
    assert index % 512 == len(data) % 512 == 0
    assert data[index : index + 8] == b"\xfftOc\0\0\0\2"
    assert data[index - 1] == data[-1] == 0
    # Of all that there is in the repository, only the one commit.
    listing = mirage_py("disk", "ls", str(disks[0])).console
    assert "sub/deep/\n" in listing
    assert "       7  new\n" in listing


def test_ref_deltas(repository: Path, unikernels: Unikernels, bench: Bench, tmp_path: Path) -> None:
    """Deltas whose bases are named, as packs that were sent over a wire can have them."""
    commit = git("rev-parse", "HEAD", folder=repository)
    whole = ["--objects", "--no-object-names", "--no-walk"]
    objects = git("rev-list", *whole, commit, folder=repository) + "\n"
    git("pack-objects", "-q", tmp_path / "pack", folder=repository, given=objects)
    (pack,) = tmp_path.glob("pack-*.pack")
    assert "chain length = 1: " in git("verify-pack", "-v", pack, folder=repository)
    padded = docteur.pad(28, pack.read_bytes())
    disk = tmp_path / "disk.img"
    disk.write_bytes(
        bytes.fromhex(commit) + (28 + len(padded)).to_bytes(8, "little") + padded
        + docteur.pad(0, pack.with_suffix(".idx").read_bytes())
    )  # fmt: skip
    ran = bench.run(reader(unikernels, "light"), disks={"docteur": disk}, mem=8)
    assert sorted(ran.lines) == sorted(listed(repository)), ran


FLIPS = """\
from mirage import docteur
from mirage.block import Parts

class Disk(Parts):
    name, block_size = "disk", 512

    def __init__(self, data):
        self.data, self.capacity = data, len(data)

    def _read_part(self, offset, buffer):
        buffer[:] = self.data[offset : offset + len(buffer)]

async def read(disk, mode, analyze):
    store = docteur.connect(disk, mode, analyze)
    found = b""
    for key in ("one", "two", "sub/three"):
        found += await store.get(key)
    return found

async def start(storage):
    data = bytearray(storage.read(0, storage.blocks))
    right = await read(Disk(data), "fast", True)
    index = int.from_bytes(bytes(data[20:28]), "little")
    end = 8 + 4 * 256 + 28 * int.from_bytes(bytes(data[index + 1028 : index + 1032]), "big") + 40
    checked, found, harmless = 0, {True: 0, False: 0}, 0
    for at in range(index + end):
        if at >= index or any(data[at:index]):  # but for the zeros behind the pack
            checked += 1
            data[at] ^= 1 << at % 8
            for analyze in (True, False):
                try:
                    harmless += await read(Disk(data), "light", analyze) == right
                except docteur.BadPack:
                    found[analyze] += 1
            data[at] ^= 1 << at % 8
    # With the check at the start all are found; without it, no value is read that is another.
    print(checked, found[True], found[False] + harmless)
    cut = 0
    for size in range(0, len(data) - 512, 512):
        try:
            await read(Disk(data[:size]), "fast", True)
        except docteur.BadPack:
            cut += 1
    print(cut == (len(data) - 512) // 512)
"""


def test_bit_flips(unikernels: Unikernels, bench: Bench, tmp_path: Path) -> None:
    """One bit of every byte that counts, and every length."""
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    (folder / "one").write_text(text(1))
    (folder / "two").write_text(text(2))
    (folder / "sub" / "three").write_text("3")
    disk = tmp_path / "disk.img"
    repositories.prepare("relativize://folder", tmp_path, disk)
    image = unikernels.build(sources(FLIPS, block="block_of_file()"), "unix").path
    ran = bench.run(image, disks={"storage": disk}, mem=8)
    assert ran.status == 0, ran
    checked, at_start, later = map(int, ran.lines[0].split())
    assert checked > 1500
    assert checked == at_start == later
    assert ran.lines[1:] == ["True"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda data: bytes(len(data)), "docteur holds no pack of git"),
        (lambda data: data[:512], "docteur is damaged: "),
        (lambda data: data[:2000] + bytes([data[2000] ^ 1]) + data[2001:], "docteur is damaged: "),
        (lambda data: data[:26] + b"\xff" + data[27:], "docteur is damaged: it ends too early"),
    ],
)
def test_bad_disk(
    change, says: str, repository: Path, unikernels: Unikernels, bench: Bench, tmp_path: Path
) -> None:
    disk = tmp_path / "disk.img"
    repositories.prepare(repository.as_uri(), tmp_path, disk)
    disk.write_bytes(change(disk.read_bytes()))
    ran = bench.run(reader(unikernels, "fast"), disks={"docteur": disk}, mem=8)
    assert ran.status == 1
    assert f"cannot be connected: BadPack: {says}" in ran.lines[-1], ran
    assert mirage_py("disk", "check", str(disk)).status == 1


def test_example_from_a_repository(tmp_path: Path, bench: Bench) -> None:
    """Built again, it follows its repository; keys name its device and its file."""
    folder = tmp_path / "docteur"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("_build", "dist"))
    store = folder / "store"
    git("init", "-q", "-b", "main", folder=store)
    git("add", ".", folder=store)
    git("commit", "-q", "-m", "first", folder=store)
    keys = ["--disk-name=files", "--disk-output=files.img"]
    for changed in (False, True):
        if changed:
            (store / "README.md").write_text("Changed.\n")
            git("commit", "-q", "-a", "-m", "second", folder=store)
        built = mirage_py("-C", str(folder), "build", *keys, timeout=600)
        assert built.status == 0, built
        dist = folder / "dist"
        ran = bench.run(
            dist / "docteur_kv_ro.unix", disks={"files": dist / "files.img"},
            args=["--filename=/README.md"], mem=4,
        )  # fmt: skip
        right = "Changed." if changed else "A store on a disk of its own."
        assert ran.lines[0].endswith(f"[INFO] [application] {right}"), ran


def test_keys_of_ones_own(tmp_path: Path, bench: Bench) -> None:
    """Its device, its file and its branch as keys of config.py, and a file that it waits for."""
    folder = tmp_path / "docteur"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("_build", "dist"))
    store = folder / "store"
    git("init", "-q", "-b", "main", folder=store)
    for branch in ("main", "other"):
        git("checkout", "-q", "-B", branch, folder=store)
        (store / "README.md").write_text(f"Of {branch}.\n")
        git("add", ".", folder=store)
        git("commit", "-q", "-m", branch, folder=store)
    given = "name=key('--called', default='mine'), output=key('--to', default='mine.img')"
    given += ", branch=key('--branch', default='main'), extra_deps=['unikernel.py']"
    config = folder / "config.py"
    config.write_text(config.read_text().replace('store")', f'store", {given})'))
    for keys, name, right in (
        ([], "mine", "Of main."),
        (["--branch=other", "--called=yours", "--to=yours.img"], "yours", "Of other."),
    ):
        built = mirage_py("-C", str(folder), "build", *keys, timeout=600)
        assert built.status == 0, built
        ran = bench.run(
            folder / "dist" / "docteur_kv_ro.unix",
            disks={name: folder / "dist" / f"{name}.img"}, args=["--filename=/README.md"], mem=4,
        )  # fmt: skip
        assert ran.lines[0].endswith(right), ran


@pytest.fixture
def daemon(repository: Path) -> Iterator[str]:
    """The address of a server of git's own protocol."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["git", "daemon", "--export-all", f"--base-path={repository.parent}", "--verbose"]
    words += ["--listen=127.0.0.1", f"--port={port}", "--reuseaddr"]
    with running(words, stdout=None, stderr=subprocess.PIPE) as server:
        assert server.stderr
        assert "Ready to rumble" in server.stderr.readline()
        yield f"git://127.0.0.1:{port}/repository"


@pytest.mark.parametrize("branch", [None, "main", "refs/heads/main", "v1"])
def test_daemon(branch: str | None, daemon: str, repository: Path, tmp_path: Path) -> None:
    """What is new on a server is fetched, and only what is new; without a network, nothing."""
    disk = tmp_path / "disk.img"
    with pytest.raises(MirageError, match="nothing is fetched with --offline"):
        repositories.prepare(daemon, tmp_path, disk, branch=branch, offline=True)
    repositories.prepare(daemon, tmp_path, disk, branch=branch)
    commit = git("rev-parse", f"{branch or 'HEAD'}^{{commit}}", folder=repository)
    assert repositories.held(disk) == commit
    before = disk.stat().st_mtime_ns
    repositories.prepare(daemon, tmp_path, disk, branch=branch)
    repositories.prepare(daemon, tmp_path, disk, branch=branch, offline=True)
    assert disk.stat().st_mtime_ns == before
    (repository / "third").write_text("third\n")
    git("add", ".", folder=repository)
    git("commit", "-q", "-m", "third", folder=repository)
    repositories.prepare(daemon, tmp_path, disk, branch=branch)
    moved = branch != "v1"
    assert (repositories.held(disk) != commit) == moved
    assert ("third" in dict(docteur.entries(disk))) == moved
    with pytest.raises(MirageError, match=r"`none` of git:.* cannot be had"):
        repositories.prepare(daemon, tmp_path, disk, branch="none")
    assert ("third" in dict(docteur.entries(disk))) == moved


@pytest.mark.parametrize(
    ("remote", "says"),
    [
        ("store", "`store` is no repository and no directory for a docteur"),
        ("ext::sh", "`ext::sh` is no repository"),
        ("--upload-pack=x", "is no repository"),
        ("relativize://none", "none is neither a repository nor a directory"),
    ],
)
def test_wrong_remotes(remote: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(MirageError, match=says):
        repositories.prepare(remote, tmp_path, tmp_path / "disk.img")
    assert list(tmp_path.iterdir()) == []


def test_extra_deps(tmp_path: Path) -> None:
    folder = tmp_path / "docteur"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("_build", "dist"))
    config = (folder / "config.py").read_text().replace('store")', 'store", extra_deps=["made"])')
    (folder / "config.py").write_text(config)
    ran = mirage_py("-C", str(folder), "build", timeout=600)
    assert ran.status == 1
    assert "made is not there, which the disk of relativize://store waits for" in ran.messages
    assert "config.py:6" in ran.messages
    assert not (folder / "dist").exists()


def test_directory_with_links(tmp_path: Path) -> None:
    """What a link leads to is on the disk if it is a file; others are refused."""
    folder, disk = tmp_path / "folder", tmp_path / "disk.img"
    (folder / "sub").mkdir(parents=True)
    (folder / "file").write_text("content")
    (folder / "sub" / "link").symlink_to("../file")
    repositories.prepare("relativize://folder", tmp_path, disk)
    assert docteur.get(disk, "sub/link") == b"content"
    before = disk.read_bytes()
    with pytest.raises(MirageError, match=r"folder is a directory, and no repository"):
        repositories.prepare("relativize://folder", tmp_path, disk, branch="main")
    for to, says in (("sub", "a directory"), ("none", "nothing")):
        (folder / "other").unlink(missing_ok=True)
        (folder / "other").symlink_to(to)
        with pytest.raises(MirageError, match=f"other is a link to {says}, which is not followed"):
            repositories.prepare("relativize://folder", tmp_path, disk)
    assert disk.read_bytes() == before


def test_repository_with_links(
    repository: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    repositories.prepare(repository.as_uri(), tmp_path, tmp_path / "disk.img")
    assert "links and submodules are left out: link" in caplog.text
