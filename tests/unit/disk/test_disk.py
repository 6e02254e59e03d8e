"""Disks are made and read by the command, and what is wrong with them is said."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from mirage_py.cli.app import main
from mirage_py.disk import repository


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    return tmp_path / "disk.img"


def run(*words: object) -> int:
    return main(["disk", *map(str, words)])


def need_mtools() -> None:
    if not shutil.which("mformat"):
        pytest.skip("mformat is missing: apt install mtools")


@pytest.mark.parametrize("kind", ["littlefs", "fat"])
def test_file_systems(kind: str, disk: Path, tmp_path: Path, capfdbinary) -> None:
    if kind == "fat":
        need_mtools()
    value = tmp_path / "value"
    value.write_bytes(bytes(range(256)) * 9)
    assert run("format", disk, "--type", kind, "--size", "256K") == 0
    assert disk.stat().st_size == 256 << 10
    assert run("put", disk, value, "/a/b/c") == 0
    assert run("put", disk, value, "top") == 0
    capfdbinary.readouterr()
    assert run("ls", disk) == 0
    lines = sorted(line.split() for line in capfdbinary.readouterr().out.decode().splitlines())
    assert lines == [["2304", "a/b/c"], ["2304", "top"], ["a/"], ["a/b/"]]
    assert run("get", disk, "a//b/c") == 0
    assert capfdbinary.readouterr().out == value.read_bytes()
    assert run("get", disk, "/top", "-o", tmp_path / "copy") == 0
    assert (tmp_path / "copy").read_bytes() == value.read_bytes()
    assert run("check", disk) == 0
    assert f"{kind}, 4 keys, 4608 bytes" in capfdbinary.readouterr().out.decode()
    before = disk.read_bytes()
    assert run("get", disk, "none") == 1
    assert "there is nothing called `none`" in capfdbinary.readouterr().err.decode()
    value.write_bytes(bytes(1 << 20))
    assert run("put", disk, value, "large") == 1
    assert run("check", disk) == 0
    if kind == "littlefs":
        assert disk.read_bytes() == before


def test_tar(disk: Path, tmp_path: Path, capfd) -> None:
    value = tmp_path / "value"
    value.write_text("content")
    with tarfile.open(disk, "w") as archive:
        archive.add(value, "first")
    size = disk.stat().st_size
    assert run("put", disk, value, "sub/second") == 0
    assert disk.stat().st_size == size
    assert run("put", disk, value, "first") == 1
    assert "only appended to" in capfd.readouterr().err
    assert run("check", disk) == 0
    assert "tar, 2 keys, 14 bytes" in capfd.readouterr().out
    value.write_bytes(bytes(size))
    assert run("put", disk, value, "third") == 1
    assert "does not fit" in capfd.readouterr().err
    with tarfile.open(disk) as archive:
        assert archive.getnames() == ["first", "sub/second"]


@pytest.mark.parametrize("kind", ["littlefs", "fat", "tar"])
def test_keys(kind: str, disk: Path, tmp_path: Path, capfd) -> None:
    """What is no key is said, of every format, and nothing is written."""
    value = tmp_path / "value"
    value.write_text("content")
    if kind == "tar":
        with tarfile.open(disk, "w") as archive:
            archive.add(value, "first")
    else:
        if kind == "fat":
            need_mtools()
        assert run("format", disk, "--type", kind, "--size", "256K") == 0
    before = disk.read_bytes()
    wrong = {
        "../x": "`..` is no name", "a/./b": "`.` is no name", "/": "it names nothing",
        "": "it names nothing", "a/" + "n" * 256: "bytes here, and one has 256",
        "\udcff": "it is not UTF-8",
    }  # fmt: skip
    if kind == "fat":
        wrong |= {"a:b": "a name has no ':' here", "*": "a name has no '*' here"}
    if kind == "tar":
        wrong |= {"n" * 101: "a name has at most 100 bytes here"}
    for key, says in wrong.items():
        for words in (("put", disk, value, key), ("get", disk, key)):
            assert run(*words) == 2
            assert says in capfd.readouterr().err
    assert disk.read_bytes() == before


def test_keys_of_a_tar(disk: Path, tmp_path: Path, capfd) -> None:
    value = tmp_path / "value"
    value.write_text("content")
    with tarfile.open(disk, "w") as archive:
        archive.add(value, "a/first")
    before = disk.read_bytes()
    for key, says in (
        ("/".join(["n" * 90] * 3), "cannot be written: name is too long"),
        ("a/first/below", "`a/first` is a file"),
        ("a", "`a` is a directory"),
    ):
        assert run("put", disk, value, key) == 1
        assert says in capfd.readouterr().err
    assert disk.read_bytes() == before


def test_block_size(disk: Path, capfd) -> None:
    assert run("format", disk, "--size", "1M", "--block-size", "4096") == 0
    assert run("check", disk) == 0
    assert "littlefs, 0 keys" in capfd.readouterr().out


@pytest.mark.parametrize("size", ["0", "x", "1000", "512", "1T"])
def test_bad_size(size: str, disk: Path, capfd) -> None:
    assert run("format", disk, "--size", size) == 2
    assert "is not the size of a disk" in capfd.readouterr().err
    assert not disk.exists()


def test_a_directory_is_no_disk(disk: Path, capfd) -> None:
    disk.mkdir()
    assert run("format", disk) == 1
    assert capfd.readouterr().err.strip() == f"error: Is a directory: {disk}"
    assert list(disk.parent.iterdir()) == [disk]


def test_bad_disks(disk: Path, capfd) -> None:
    assert run("check", disk) == 1
    assert "there is no file" in capfd.readouterr().err
    disk.write_bytes(bytes(4096))
    assert run("check", disk) == 1
    assert "holds neither a littlefs, nor a tar archive" in capfd.readouterr().err
    assert run("format", disk, "--size", "64K") == 0
    whole = disk.read_bytes()
    disk.write_bytes(whole[:4096])
    assert run("ls", disk) == 1
    assert "it has 65536 bytes, and the disk 4096" in capfd.readouterr().err
    disk.write_bytes(whole[:32] + bytes(480) + whole[512:544] + bytes(480) + whole[1024:])
    assert run("check", disk) == 1
    assert "is damaged" in capfd.readouterr().err


def test_encrypted(disk: Path, tmp_path: Path, capfd) -> None:
    sealed, plain, key = tmp_path / "sealed", tmp_path / "plain", tmp_path / "key"
    assert run("format", disk, "--size", "64K") == 0
    key.write_text("0x" + "0f" * 32 + "\n")
    assert run("encrypt", disk, "-k", key, "-o", sealed) == 0
    assert sealed.stat().st_size == 128 << 10
    assert b"littlefs" not in sealed.read_bytes()
    assert run("decrypt", sealed, "-k", key, "-o", plain) == 0
    assert plain.read_bytes() == disk.read_bytes()
    for place in (5, 600, 1023):  # ciphertext, tag and nonce, what is authenticated only
        data = bytearray(sealed.read_bytes())
        data[2048 + place] ^= 1
        (tmp_path / "flipped").write_bytes(data)
        assert run("decrypt", tmp_path / "flipped", "-k", key, "-o", tmp_path / "none") == 1
        assert "sector 2 of" in capfd.readouterr().err
    key.write_text("0e" * 32)
    assert run("decrypt", sealed, "-k", key, "-o", tmp_path / "none") == 1
    key.write_text("0e0e")
    assert run("encrypt", disk, "-k", key, "-o", tmp_path / "none") == 2
    assert "this is not a key" in capfd.readouterr().err
    assert not (tmp_path / "none").exists()


def filled(kind: str, disk: Path, folder: Path) -> Path:
    """A disk with the keys `a` and `sub/b`."""
    if kind == "tar":
        with tarfile.open(disk, "w", format=tarfile.USTAR_FORMAT) as archive:
            archive.add(folder / "a", "a")
            archive.add(folder / "sub", "sub")
        disk.write_bytes(disk.read_bytes().ljust(64 << 10, b"\0"))
        return disk
    if kind == "fat":
        need_mtools()
    assert run("format", disk, "--type", kind, "--size", "256K") == 0
    assert run("put", disk, folder, "/") == 0
    return disk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "folder"
    (root / "sub").mkdir(parents=True)
    (root / "a").write_bytes(b"first" * 300)
    (root / "sub" / "b").write_bytes(b"second" * 300)
    return root


@pytest.mark.parametrize("kind", ["littlefs", "fat", "tar"])
def test_directories(kind: str, disk: Path, folder: Path, capfd) -> None:
    """Whole ones are put, or nothing of them; they are no values."""
    filled(kind, disk, folder)
    assert run("put", disk, folder, "more/of") == 0
    assert run("get", disk, "more/of/sub/b", "-o", folder / "copy") == 0
    assert (folder / "copy").read_bytes() == (folder / "sub" / "b").read_bytes()
    capfd.readouterr()
    before = disk.read_bytes()
    for words, says in (
        (("get", disk, "more"), f"`more` is a directory on {disk}"),
        (("get", disk, "a/b"), f"`a` is a file on {disk}"),
        (("put", disk, folder / "a", "sub"), f"`sub` is a directory on {disk}"),
        (("put", disk, folder / "a", "sub/b/c"), f"`sub/b` is a file on {disk}"),
        (("put", disk, folder, "new/" + "n" * 300), "a name has at most"),
        (("put", disk, folder / "none", "x"), "No such file"),
    ):
        assert run(*words) != 0
        assert says in capfd.readouterr().err
        assert disk.read_bytes() == before
    (folder / "large").write_bytes(bytes(1 << 20))
    assert run("put", disk, folder, "new") == 1
    assert disk.read_bytes() == before
    (folder / "large").unlink()
    (folder / "link").symlink_to("sub")
    assert run("put", disk, folder, "new") == 1
    assert "link is a link to a directory" in capfd.readouterr().err
    assert disk.read_bytes() == before


def test_tar_of_version_7(disk: Path, folder: Path, capfd) -> None:
    words = ["tar", "cf", disk, "--format=v7", "-C", folder, "a"]
    subprocess.run(words, check=True)
    assert run("ls", disk) == 0
    assert capfd.readouterr().out.split() == ["1500", "a"]


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :]


@pytest.mark.parametrize(
    ("kind", "change", "says"),
    [
        ("littlefs", lambda data: data[:-512], "it has 262144 bytes, and the disk 261632"),
        ("tar", lambda data: data[:5120], "it has no end: it was truncated"),
        ("tar", lambda data: flipped(data, 2048 + 512 + 3), "the header at byte 2560"),
        ("tar", lambda data: data[:4000], "`sub/b` was truncated"),
        ("fat", lambda data: data[:-512], "it has 262144 bytes"),
        ("fat", lambda data: flipped(data, 512 + 4), "its tables differ"),
    ],
)
def test_check_finds_damage(kind: str, change, says: str, disk: Path, folder: Path, capfd) -> None:
    whole = filled(kind, disk, folder).read_bytes()
    assert run("check", disk) == 0
    disk.write_bytes(change(whole))
    assert run("check", disk) == 1
    assert says in capfd.readouterr().err
    before = disk.read_bytes()
    assert run("put", disk, folder / "a", "new") == 1
    assert disk.read_bytes() == before


def test_check_finds_every_flip_of_a_pack(disk: Path, folder: Path, capfd) -> None:
    """But for the zeros that fill its blocks, which say nothing."""
    repository.prepare(folder.as_uri(), folder, disk)
    whole = disk.read_bytes()
    assert run("check", disk) == 0
    pack_end = len(whole[: int.from_bytes(whole[20:28], "little")].rstrip(b"\0"))
    index = int.from_bytes(whole[20:28], "little")
    index_end = len(whole.rstrip(b"\0"))
    for at in (*range(0, pack_end, 61), 3, 21, index, *range(index, index_end, 211)):
        disk.write_bytes(flipped(whole, at))
        assert run("check", disk) == 1, at
    errors = capfd.readouterr().err
    assert "Traceback" not in errors
