"""Disks that MirageOS's chamelon wrote: read right, and never written to."""

from __future__ import annotations

from pathlib import Path

from tests.boot.test_stores import SHOW, formatted, sources
from tests.support.bench import Bench
from tests.support.chamelon import Disk
from tests.support.unikernel import Unikernels, mirage_py

WRITE = (
    SHOW
    + """
    try:
        await store.set("new", b"x")
    except (OSError, AttributeError) as error:
        print(type(error).__name__)
"""
)


def written() -> tuple[Disk, dict[str, bytes]]:
    """A disk with values of all sizes, some of them written again, and what they are."""
    disk = Disk()
    values = {}
    ids = {}
    for turn in range(2):
        for name in ("a", "b"):
            values[name] = f"{name} {turn}".encode()
            ids[name] = disk.set(disk.root, name, values[name], ids.get(name))
    sub = disk.mkdir(disk.root, "sub")
    deep = disk.mkdir(sub, "deep")
    for size in (100, 129, 512, 513, 1020, 1021, 1530, 6000):
        pair = sub if size < 1000 else deep
        values[f"sub/{'deep/' if pair is deep else ''}{size}"] = value = bytes(
            (at * 7 + at // 256) & 255 for at in range(size)
        )
        disk.set(pair, str(size), value)
    more = disk.go_on(deep)
    values["sub/deep/more"] = b"where it goes on"
    disk.set(more, "more", values["sub/deep/more"])
    return disk, values


def test_what_chamelon_wrote(unikernels: Unikernels, bench: Bench, tmp_path: Path) -> None:
    disk, values = written()
    path = tmp_path / "disk.img"
    path.write_bytes(disk.image())
    image = unikernels.build(sources(WRITE, kv_rw="chamelon(block_of_file())"), "unix").path
    ran = bench.run(image, disks={"storage": path}, mem=4)
    assert ran.status == 0, ran
    assert ran.lines[0].endswith("storage: chamelon wrote it, in its own way: read-only")
    assert ran.lines[-1] == "AttributeError"
    time = 20000 * 86400 + 5
    found = [line for line in ran.lines[1:-1] if not line.endswith("/")]
    assert sorted(found) == sorted(
        f"/{name} {len(value)} {value[:8]} {time}" for name, value in values.items()
    )
    assert path.read_bytes() == disk.image()
    for words in (["put", path, __file__, "new"], ["get", path, "a"], ["check", path]):
        ran = mirage_py("disk", *map(str, words))
        assert ran.status == 1
        assert "chamelon wrote to it" in ran.messages
    assert path.read_bytes() == disk.image()


def test_directories_alone(unikernels: Unikernels, bench: Bench, tmp_path: Path) -> None:
    """Directories that no list leads to, and no value yet: their blocks are not taken for free."""
    disk = Disk()
    disk.mkdir(disk.mkdir(disk.root, "sub"), "deep")
    path = tmp_path / "disk.img"
    path.write_bytes(disk.image())
    image = unikernels.build(sources(WRITE, kv_rw="chamelon(block_of_file())"), "unix").path
    ran = bench.run(image, disks={"storage": path}, mem=4)
    assert ran.status == 0, ran
    assert ran.lines[0].endswith("does not account for: read-only"), ran
    assert ran.lines[1:] == ["/sub/", "/sub/deep/", "OSError"]
    assert path.read_bytes() == disk.image()


def test_formatted_by_chamelon(unikernels: Unikernels, bench: Bench, tmp_path: Path) -> None:
    """With nothing on it, it is as littlefs has it, and is written to as version 2.0."""
    path = tmp_path / "disk.img"
    path.write_bytes(Disk().image())
    image = unikernels.build(sources(WRITE, kv_rw="chamelon(block_of_file())"), "unix").path
    for shown in ([], ["/new 1 b'x'"]):
        ran = bench.run(image, disks={"storage": path}, mem=4)
        assert ran.status == 0, ran
        assert [line.rsplit(" ", 1)[0] for line in ran.lines] == shown
    assert mirage_py("disk", "get", str(path), "new").console == "x"
    assert formatted(tmp_path / "other", 0x20000).read_bytes()[20:24] == path.read_bytes()[20:24]
