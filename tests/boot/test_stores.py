"""Key-value stores on block devices, and disks that ordinary tools make and read."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import tarfile
from pathlib import Path

import littlefs
import pytest

from mirage_py import catalog
from mirage_py.disk import ccm
from tests.support.bench import Bench
from tests.support.unikernel import Ran, Unikernels, mirage_py

CONFIG = """\
from mirage_py import *
app = main("unikernel.start", {types} >> job)
register("stores", [app({devices})])
"""
TRIAL = """\
from mirage import kv

async def refused(call):
    try:
        await call
        print("not refused")
    except kv.Error as error:
        print(type(error).__name__, *error.args[1:])

async def trial(store):
    await store.set("/foo", b"Hello World!")
    print(await store.get("//foo/"), await store.list(), await store.exists("/foo"))
    await store.set("/a/b/c", bytes(range(256)) * 40)
    await store.set_partial("/a/b/c", 3, b"XYZ")
    await store.set_partial("a/b/c", 99999, b"end")
    print(await store.size("a/b/c"), await store.get_partial("a/b/c", 2, 5))
    print(await store.get_partial("a/b/c", 10238, 100), await store.get_partial("a/b/c", 20000, 1))
    await store.allocate("z", 1000)
    print(await store.get("z") == bytes(1000), await store.last_modified("z") > 10 ** 18)
    print((await store.digest("foo"))[:4])
    await refused(store.allocate("z", 1))
    for size in (-1, -700, "1", None, 1.5):
        try:
            await store.allocate("none", size)
            print("not refused", size)
        except ValueError as error:
            assert "size is a number of bytes" in str(error), error
    await refused(store.allocate("none", 1 << 30))
    await refused(store.allocate("none", 1 << 40))
    await refused(store.allocate("none", 1 << 80))
    for call in (
        lambda: store.set("foo", 5), lambda: store.set("foo", "text"), lambda: store.set(5, b""),
        lambda: store.get(b"a"), lambda: store.set_partial("new", 0, None),
    ):
        try:
            await call()
            print("not refused")
        except TypeError as error:
            print(error)
    for call in (store.set("n" * 300, b""), store.allocate("x/" + "n" * 300, 1)):
        await refused(call)
    print(await store.exists("n" * 300))
    await refused(store.set("a/b", b""))
    await refused(store.set("foo/x", b""))
    await refused(store.rename("a", "a/b/q"))
    await refused(store.rename("none", "x"))
    await refused(store.remove("none"))
    await refused(store.get("a"))
    await refused(store.list("foo"))
    await refused(store.rename("a", "foo"))
    await store.rename("foo", "a")
    print(await store.list("a"))
    await store.rename("a/foo", "z")
    await store.rename("a", "moved")
    print(await store.get("z"), await store.list(), await store.size("moved/b/c"))
    await store.remove("moved")
    print(await store.list())
    try:
        store.name
    except AttributeError:
        return
    number = 0
    try:
        while True:
            await store.set("fill/%d" % number, bytes(3000))
            number += 1
    except kv.NoSpace as error:
        print("full", error.args[1] == "/fill/%d" % number, number > 50)
    print(len(await store.list("fill")) == number, await store.get("z"))
    await store.remove("fill")

async def start(store, memory, disk):
    for each in (memory, store):
        await trial(each)
    print(disk.block_size, disk.blocks, disk.read(32767) == bytes(512))
    disk.write(32760, b"x" * 2048)
    print(disk.read(32759, 5) == bytes(512) + b"x" * 2048)
"""
EXPECTED = [
    "b'Hello World!' [('foo', 'value')] value",
    "10243 b'\\x02XYZ\\x06'",
    "b'\\xfe\\xffend' b''",
    "True True",
    "b'\\x7f\\x83\\xb1e'",
    "AlreadyPresent /z",
    *["NoSpace /none"] * 3,
    "a value is bytes, not int",
    "a value is bytes, not str",
    "a key is a str, not int",
    "a key is a str, not bytes",
    "a value is bytes, not NoneType",
    f"NameTooLong /{'n' * 300}",
    f"NameTooLong /x/{'n' * 300}",
    "None",
    "ValueExpected /a/b",
    "DictionaryExpected /foo",
    "RenameSourcePrefix /a",
    "NotFound /none",
    "NotFound /none",
    "ValueExpected /a",
    "DictionaryExpected /foo",
    "ValueExpected /a",
    "[('b', 'dictionary'), ('foo', 'value')]",
    "b'Hello World!' [('moved', 'dictionary'), ('z', 'value')] 10243",
    "[('z', 'value')]",
]
SIZE = 256 << 10


def sources(unikernel: str, **devices: str) -> dict[str, str]:
    """A unikernel that is given these devices: their expressions, by name of their types."""
    types = " >> ".join(name.rstrip("_") for name in devices)
    config = CONFIG.format(types=types, devices=", ".join(devices.values()))
    return {"config.py": config, "unikernel.py": unikernel}


def formatted(path: Path, version: int = 0x20001, block: int = 512, size: int = SIZE) -> Path:
    """A disk with a littlefs."""
    made = littlefs.LittleFS(block_size=block, block_count=size // block, disk_version=version)
    path.write_bytes(made.context.buffer)
    return path


def opened(path: Path, block: int = 512) -> littlefs.LittleFS:
    """The littlefs of a disk, as the host's library reads it."""
    data = path.read_bytes()
    context = littlefs.UserContext(len(data))
    context.buffer[:] = data
    files = littlefs.LittleFS(
        context=context, block_size=block, block_count=len(data) // block, mount=False
    )
    files.mount()  # the constructor would format what it cannot mount
    return files


TRIED = sources(
    TRIAL, kv_rw="chamelon(block_of_file())", kv_rw_="kv_rw_mem()", block='ramdisk("r")'
)


@pytest.mark.parametrize("target", sorted(catalog.targets(catalog.share())))
def test_littlefs_and_memory(target: str, unikernels: Unikernels, tmp_path: Path) -> None:
    disk = formatted(tmp_path / "disk.img")
    ran = unikernels.build(TRIED, target).run(f"--block:storage={disk}", mem=4)
    assert ran.status == 0, ran
    full = ["full True True", "True b'Hello World!'"]
    assert ran.lines == [*EXPECTED, *EXPECTED, *full, "512 32768 True", "True"]
    files = opened(disk)
    assert files.listdir("/") == ["z"]
    with files.open("/z", "rb") as file:
        assert file.read() == b"Hello World!"
    assert files.fs_stat().disk_version == 0x20001


@pytest.mark.parametrize(("version", "block", "sector"), [(0x20000, 512, 512), (0x20001, 4096, 512),
                                                          (0x20001, 4096, 4096)])  # fmt: skip
def test_disk_versions_and_blocks(
    version: int, block: int, sector: int, unikernels: Unikernels, tmp_path: Path
) -> None:
    """A file system keeps its version; its blocks need not be those of the disk."""
    disk = formatted(tmp_path / "disk.img", version, block, 1 << 20)
    options = [f"--block:storage={disk}", f"--block-sector-size:storage={sector}"]
    ran = unikernels.build(TRIED, "spt").run(*options, mem=4)
    assert ran.status == 0, ran
    files = opened(disk, block)
    assert files.fs_stat().disk_version == version
    with files.open("/z", "rb") as file:
        assert file.read() == b"Hello World!"


SHOW = """\
async def show(store, key):
    for name, kind in await store.list(key):
        below = key + "/" + name
        if kind == "dictionary":
            print(below + "/")
            await show(store, below)
        else:
            value = await store.get(below)
            print(below, len(value), bytes(value[:8]), await store.last_modified(below) // 10 ** 9)

async def start(store):
    await show(store, "")
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A directory of files."""
    root = tmp_path / "tree"
    (root / "sub" / "deep").mkdir(parents=True)
    (root / "a.txt").write_text("first")
    (root / "sub" / "b").write_bytes(bytes(5000))
    (root / "sub" / "deep" / ("n" * 95)).write_text("long")
    return root


def show(unikernels: Unikernels, device: str, disk: Path) -> Ran:
    files = sources(SHOW, kv_ro=device)
    return unikernels.build(files, "spt").run(f"--block:storage={disk}", mem=4)


def of_then(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.mtime = 10**9
    return info


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_tar(form: int, unikernels: Unikernels, tree: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk.tar"
    with tarfile.open(disk, "w", format=form) as archive:
        archive.add(tree, ".", filter=of_then)
    ran = show(unikernels, "tar_kv_ro(block_of_file())", disk)
    assert ran.status == 0, ran
    assert ran.lines == [
        "/a.txt 5 b'first' 1000000000",
        "/sub/",
        f"/sub/b 5000 {bytes(8)} 1000000000",
        "/sub/deep/",
        f"/sub/deep/{'n' * 95} 4 b'long' 1000000000",
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda data: bytes([data[0] ^ 1]) + data[1:], "storage is not a tar archive (at byte 0)"),
        (lambda data: data[:1536] + bytes([data[1536] ^ 1]) + data[1537:], "storage is damaged"),
        (lambda data: data[:4096], "storage is damaged"),
        (lambda data: data[:1536], "storage: the tar archive has no end: it was truncated"),
        (lambda data: bytes(len(data)), "storage is not a tar archive, but zeros"),
        (lambda data: b"no tar at all".ljust(1024, b"."), "storage is not a tar archive"),
    ],
)
def test_bad_tar(change, says: str, unikernels: Unikernels, tree: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk.tar"
    with tarfile.open(disk, "w") as archive:
        archive.add(tree, ".")
    disk.write_bytes(change(disk.read_bytes()))
    before = disk.read_bytes()
    ran = show(unikernels, "tar_kv_ro(block_of_file())", disk)
    assert ran.status == 1
    assert f"cannot be connected: BadArchive: {says}" in ran.lines[-1], ran
    assert len(ran.lines) == 1
    assert disk.read_bytes() == before


HEADERS = """\
from mirage import tar
from mirage.block import Parts

class Disk(Parts):
    name, block_size = "disk", 512

    def __init__(self, data):
        self.data, self.capacity = data, len(data)

    def _read_part(self, offset, buffer):
        buffer[:] = self.data[offset : offset + len(buffer)]

async def start(storage):
    data = bytearray(storage.read(0, storage.blocks))
    found = same = 0
    # Two headers. A bit of the field of the checksum may leave the number what it is.
    places = [at for at in range(1536) if not 512 <= at < 1024]
    for at in places:
        data[at] ^= 1 << at % 8
        try:
            archive = tar.connect(Disk(data))
            same += at % 512 in range(148, 156) and await archive.get("two") == b"abc"
        except tar.BadArchive:
            found += 1
        data[at] ^= 1 << at % 8
    print(found + same == len(places), same < 6, await tar.connect(Disk(data)).list())
"""


def test_bit_flips_of_a_tar_header(unikernels: Unikernels, bench: Bench, tmp_path: Path) -> None:
    disk = tmp_path / "disk.tar"
    with tarfile.open(disk, "w", format=tarfile.USTAR_FORMAT) as archive:
        for name in ("one", "two"):
            info = tarfile.TarInfo(name)
            info.size = 3
            archive.addfile(info, io.BytesIO(b"abc"))
    image = unikernels.build(sources(HEADERS, block="block_of_file()"), "unix").path
    ran = bench.run(image, disks={"storage": disk}, mem=4)
    assert ran.lines == ["True True [('one', 'value'), ('two', 'value')]"], ran


GROW = """\
from mirage import kv

async def refused(call):
    try:
        await call
        print("not refused")
    except (kv.Error, OSError) as error:
        print(type(error).__name__)

async def start(store):
    print(await store.list())
    await refused(store.set("n" * 101, b""))
    await store.set("new/value", b"v" * 1000)
    await store.allocate("room", 600)
    await store.set_partial("room", 10, b"inside")
    await refused(store.set_partial("room", 597, b"beyond"))
    await refused(store.set("room", b"again"))
    for size in (-1, -1300, "1"):
        try:
            await store.allocate("less", size)
        except ValueError:
            print("ValueError", await store.get("new/value") == b"v" * 1000)
    await refused(store.allocate("large", 1 << 40))
    await refused(store.remove("new/value"))
    await store.set("last", b"x")
    await store.remove("last")
    await store.rename("new/value", "new/name")
    await store.set("empty", b"")
    await refused(store.set("large", bytes(1 << 20)))
    print(await store.list())
    print(await store.list("new"), (await store.get("room"))[8:18])
    await store.set("last", b"x" * 1500)
    await store.remove("last")
"""


def test_tar_grows(unikernels: Unikernels, tmp_path: Path) -> None:
    disk = tmp_path / "disk.tar"
    with tarfile.open(disk, "w") as archive:
        info = tarfile.TarInfo("old")
        info.size = 3
        archive.addfile(info, io.BytesIO(b"old"))
    disk.write_bytes(disk.read_bytes().ljust(64 << 10, b"\0"))
    image = unikernels.build(sources(GROW, kv_rw="tar_kv_rw(block_of_file())"), "spt")
    ran = image.run(f"--block:storage={disk}", mem=4)
    assert ran.status == 0, ran
    assert ran.lines == [
        "[('old', 'value')]",
        "NameTooLong",
        "NoSpace",
        "AlreadyPresent",
        *["ValueError True"] * 3,
        "NoSpace",
        "OSError",
        "NoSpace",
        "[('empty', 'value'), ('new', 'dictionary'), ('old', 'value'), ('room', 'value')]",
        "[('name', 'value')] b'\\x00\\x00inside\\x00\\x00'",
    ]
    listed = subprocess.run(["tar", "tf", disk], check=True, capture_output=True, text=True)
    assert listed.stdout.split() == ["old", "new/name", "room", "empty"]
    assert listed.stderr == ""


def test_fat(unikernels: Unikernels, tree: Path, tmp_path: Path) -> None:
    if not (shutil.which("mkfs.vfat") and shutil.which("mcopy")):
        pytest.skip("mkfs.vfat or mcopy is missing: apt install dosfstools mtools")
    disk = tmp_path / "disk.img"
    disk.write_bytes(bytes(1 << 20))
    copied = ["mcopy", "-s", "-i", disk, tree / "a.txt", tree / "sub", "::"]
    for tool in (["mkfs.vfat", disk], copied):
        subprocess.run(tool, check=True, capture_output=True)
    ran = show(unikernels, "fat_ro(block_of_file())", disk)
    assert ran.status == 0, ran
    assert [line.split()[:2] for line in ran.lines] == [
        ["/a.txt", "5"], ["/sub/"], ["/sub/b", "5000"], ["/sub/deep/"],
        [f"/sub/deep/{'n' * 95}", "4"],
    ]  # fmt: skip
    whole = disk.read_bytes()
    image = unikernels.build(sources(SHOW, kv_ro="fat_ro(block_of_file())"), "spt")
    options = [f"--block:storage={disk}", "--block-sector-size:storage=4096"]
    assert image.run(*options, mem=4).lines == ran.lines
    partitioned = bytearray(bytes(512) + whole)
    partitioned[450:462] = struct.pack("<xxxxII", 1, len(whole) // 512)
    partitioned[450], partitioned[510:512] = 6, b"\x55\xaa"
    disk.write_bytes(partitioned)
    assert image.run(f"--block:storage={disk}", mem=4).lines == ran.lines
    for damaged, says in (
        (bytes(1 << 20), "no FAT file system"),
        (
            whole[:-4096],
            "a FAT file system of 1048576 bytes on a disk of 1044480: it was truncated",
        ),
        (partitioned[:-512], "a FAT file system of 1049088 bytes on a disk of 1048576: it was"),
        (whole[:11] + b"\0\x10" + whole[13:], "a FAT file system with sectors of 4096 bytes; only"),
    ):
        disk.write_bytes(damaged)
        ran = image.run(f"--block:storage={disk}", mem=4)
        assert ran.status == 1
        assert f"cannot be connected: BadFileSystem: storage: {says}" in ran.lines[-1], ran
    assert len(ran.lines) == 1


def damaged(data: bytes) -> bytes:
    """A littlefs whose superblocks' magic is there, and nothing behind them."""
    return b"".join(
        data[at : at + 32] + bytes(480) if at < 1024 else data[at : at + 512]
        for at in range(0, len(data), 512)
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda data: bytes(len(data)), "storage: no littlefs; `mirage-py disk format` makes one"),
        (lambda data: data[: SIZE // 2], "storage: a littlefs of 262144 bytes on a disk of 131072"),
        (damaged, "storage: the littlefs is corrupt"),
        (
            lambda data: data[:20] + b"\x07\0\2\0" + data[24:532] + b"\x07\0\2\0" + data[536:],
            "storage: littlefs of version 2.7, which is not known",
        ),
    ],
)
def test_bad_littlefs(change, says: str, unikernels: Unikernels, tmp_path: Path) -> None:
    """The message says which device and why, and nothing is written."""
    disk = formatted(tmp_path / "disk.img")
    disk.write_bytes(change(disk.read_bytes()))
    before = disk.read_bytes()
    ran = unikernels.build(TRIED, "spt").run(f"--block:storage={disk}", mem=4)
    assert ran.status == 1
    assert f"cannot be connected: BadFileSystem: {says}" in ran.lines[-1], ran
    assert len(ran.lines) == 1
    assert disk.read_bytes() == before


@pytest.mark.parametrize("at", [20, 24, 28, 512 + 20])
def test_one_of_two_superblocks(at: int, unikernels: Unikernels, tmp_path: Path) -> None:
    """A bit flips in the version, block size or count of one of them: the other counts."""
    disk = formatted(tmp_path / "disk.img")
    data = bytearray(disk.read_bytes())
    data[at + 2] ^= 0x40
    disk.write_bytes(data)
    ran = unikernels.build(TRIED, "spt").run(f"--block:storage={disk}", mem=4)
    assert ran.status == 0, ran
    assert opened(disk).listdir("/") == ["z"]


LONG = sources(
    """\
async def start(store):
    for number in range(200):
        await store.set("runs%d" % (number % 10), b"%d" % number * 200)
    print(len(await store.list()))
""",
    kv_rw="chamelon(block_of_file())",
)


def test_littlefs_in_long_use(unikernels: Unikernels, tmp_path: Path) -> None:
    """Blocks wear, so its superblock moves: it is found where it is, and not where it was."""
    disk = formatted(tmp_path / "disk.img", size=512 << 10)
    image = unikernels.build(LONG, "unix")
    for _ in range(20):
        ran = image.run(f"--block:storage={disk}", mem=4)
        assert (ran.status, ran.lines) == (0, ["10"]), ran
    assert b"littlefs" not in disk.read_bytes()[:1024]
    assert mirage_py("disk", "check", str(disk)).status == 0


def test_generic_block(bench: Bench, tmp_path: Path) -> None:
    """A file of the tender's, or memory: the key says which when the image is configured; `run`
    builds with the keys that `build` was given."""
    shown = "def start(disk):\n    print(disk.blocks)\n"
    folder, disk = tmp_path / "generic", tmp_path / "disk.img"
    folder.mkdir()
    for name, content in sources(shown, block="generic_block()").items():
        (folder / name).write_text(content)
    disk.write_bytes(bytes(8 * 512))
    image = folder / "dist" / "stores.unix"
    for key, disks, blocks in (("file", {"storage": disk}, "8"), ("ramdisk", {}, "32768")):
        built = mirage_py("-C", str(folder), "build", f"--block={key}", timeout=600)
        assert built.status == 0, built
        ran = bench.run(image, disks=disks, mem=4)
        assert (ran.status, ran.lines, ran.messages) == (0, [blocks], ""), ran
        before = image.read_bytes()
        attached = [f"--block:{name}={path}" for name, path in disks.items()]
        again = mirage_py("-C", str(folder), "run", "-q", "--mem=4", *attached)
        assert (again.status, again.lines) == (0, [blocks]), again
        assert image.read_bytes() == before


SEALED = """\
from mirage_py import *
key = runtime_arg("--key", required=True, doc="Key of the disk.")
app = main("unikernel.start", kv_rw >> job)
register("stores", [app(chamelon(ccm_block(key, block_of_file())))])
"""
USE = """\
async def start(store):
    if await store.exists("old"):
        print(await store.get("old"))
    await store.set("new", b"n" * 2000)
"""


FLIPS = """\
from mirage import ccm

def start(memory, ram):
    sealed = ccm.connect(ram, "5a" * 16)
    sealed.write(1, bytes(range(256)) * 2)
    raw = bytearray(ram.read(2, 2))
    found = 0
    for bit in range(8 * len(raw)):
        raw[bit // 8] ^= 1 << bit % 8
        ram.write(2, raw)
        raw[bit // 8] ^= 1 << bit % 8
        try:
            sealed.read(1)
        except ccm.DecryptError as error:
            found += error.args == (84, "r: decrypt error")
    ram.write(2, raw)
    print(found == 8 * len(raw), sealed.read(1) == bytes(range(256)) * 2)
"""


def test_bit_flips_of_an_encrypted_disk(unikernels: Unikernels, tmp_path: Path) -> None:
    """Every single bit of the two sectors that hold one."""
    files = sources(FLIPS, kv_rw_="kv_rw_mem()", block='ramdisk("r")')
    ran = unikernels.build(files, "spt").run(mem=4)
    assert (ran.status, ran.lines) == (0, ["True True"]), ran


def test_encrypted(unikernels: Unikernels, tmp_path: Path) -> None:
    """The disk is made by the host; with another key it is refused, and nothing is written."""
    plain, disk, key = formatted(tmp_path / "plain"), tmp_path / "disk", "a1" * 32
    image = unikernels.build({"config.py": SEALED, "unikernel.py": USE}, "spt")
    ccm.encrypt(plain, disk, key, 512)
    for given in (f"--key=0x{key}", f"--key={key}"):
        ran = image.run(f"--block:storage={disk}", mem=4, args=[given])
        assert (ran.status, ran.lines) == (0, []), ran
    ccm.decrypt(disk, plain, key, 512)
    files = opened(plain)
    with files.open("/new", "rb") as file:
        assert file.read() == b"n" * 2000
    before = disk.read_bytes()
    ran = image.run(f"--block:storage={disk}", mem=4, args=["--key=" + "a2" * 32])
    assert ran.status == 1
    assert "cannot be connected: BadFileSystem: storage: decrypt error" in ran.lines[-1], ran
    assert len(ran.lines) == 1
    ran = image.run(f"--block:storage={disk}", mem=4, args=["--key=a2"])
    assert ran.lines[-1].endswith(": storage: a key is 32, 48 or 64 hexadecimal digits")
    assert disk.read_bytes() == before


@pytest.mark.parametrize("size", ["6", "14"])
def test_wrong_nonce(size: str, tmp_path: Path) -> None:
    (tmp_path / "unikernel.py").write_text(USE)
    config = SEALED.replace("block_of_file()", f"block_of_file(), nonce_len={size}")
    (tmp_path / "config.py").write_text(config)
    ran = mirage_py("-C", str(tmp_path), "configure", "-t", "unix")
    assert f"nonce_len is a number from 7 to 13, not {size}" in ran.messages
    assert "config.py:4" in ran.messages
