"""Directories that are embedded in an image."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from mirage_py import catalog
from mirage_py.tender.choose import choose
from tests.support.instructions import Counter, entry_of
from tests.support.unikernel import Built, Unikernels, mirage_py

CONFIG = """\
from mirage_py import *
app = main("unikernel.start", kv_ro >> kv_ro >> job)
register("files", [app(crunch("www"), crunch("other"))])
"""
WALK = """\
import binascii
from mirage import kv

async def walk(store, key):
    for name, kind in await store.list(key):
        below = key + "/" + name
        assert await store.exists(below) == kind
        if kind == kv.DICTIONARY:
            await walk(store, below)
        else:
            value = await store.get(below)
            assert len(value) == await store.size(below)
            print(below, bytes(value), await store.last_modified(below) > 10 ** 18)
            print(binascii.hexlify(await store.digest(below)).decode())

async def refused(call):
    try:
        await call
    except kv.Error as error:
        print(type(error).__name__, error.args)

async def start(store, other):
    await walk(store, "")
    print(await other.get("a/b") is not await store.get("a/b"))
    await refused(store.get("/a"))
    await refused(store.get("/none"))
    await refused(store.get("/index.html/below"))
    await refused(store.list("index.html"))
    await refused(store.digest("a/none"))
    print(await store.exists("/none"), await store.exists("/"), await store.exists("//a/"))
    print(bytes(await store.get_partial("/index.html", 1, 2)))
    print(bytes(await store.get_partial("index.html", 3, 100)))
    print(bytes(await store.get_partial("index.html", 4, 1)))
    view = await store.get("index.html")
    try:
        view[0] = 0
    except TypeError as error:
        print(error)
"""
FILES = {"www/index.html": "html", "www/a/b": "below", "www/a/empty": "", "www/z ü'\"$": "odd"}
SOURCES = {"config.py": CONFIG, "unikernel.py": WALK, "other/a/b": "other", **FILES}
MANY = """\
async def start(store):
    names = await store.list()
    for name, _ in names:
        assert bytes(await store.get(name)) == name.encode(), name
        assert await store.exists(name + "x") is None
    print(len(names))
"""
FIRST = """\
def start(store):
    print("start")
"""


def shown(key: str) -> list[str]:
    value = FILES[f"www/{key}"].encode()
    return [f"/{key} {value} True", hashlib.sha256(value).hexdigest()]


@pytest.mark.parametrize("target", sorted(catalog.targets(catalog.share())))
def test_crunch(target: str, unikernels: Unikernels) -> None:
    ran = unikernels.build(SOURCES, target).run(mem=2)
    assert ran.status == 0, ran
    assert ran.lines == [
        *shown("a/b"),
        *shown("a/empty"),
        *shown("index.html"),
        *shown("z ü'\"$"),
        "True",
        "ValueExpected (21, '/a')",
        "NotFound (2, '/none')",
        "NotFound (2, '/index.html/below')",
        "DictionaryExpected (20, '/index.html')",
        "NotFound (2, '/a/none')",
        "None dictionary dictionary",
        "b'tm'",
        "b'l'",
        "b''",
        "'memoryview' object doesn't support item assignment",
    ]


def test_a_build_sees_what_changes(tmp_path: Path) -> None:
    """Content, new and removed files; and what did not change is not built again."""
    for name, text in SOURCES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    os.utime(tmp_path / "www" / "index.html", (10**9, 10**9 + 1))

    def keys() -> list[str]:
        assert mirage_py("-C", str(tmp_path), "build", timeout=600).status == 0
        ran = Built(tmp_path, tmp_path / "dist" / "files.unix", "").run(mem=2)
        return [line for line in ran.lines if line.startswith("/")]

    before = keys()
    assert len(before) == 4
    built = (tmp_path / "_build" / "unix" / "build" / "embedded-0.pack").stat().st_mtime_ns
    assert keys() == before
    assert (tmp_path / "_build" / "unix" / "build" / "embedded-0.pack").stat().st_mtime_ns == built
    (tmp_path / "www" / "index.html").write_text("HTML")
    (tmp_path / "www" / "a" / "new").write_text("new")
    changed = keys()
    assert "/index.html b'HTML' True" in changed
    assert "/a/new b'new' True" in changed
    shutil.rmtree(tmp_path / "www" / "a")
    (tmp_path / "www" / "a").mkdir()
    (tmp_path / "www" / "a" / "b").write_text("below")
    assert [line.split()[0] for line in keys()] == ["/a/b", "/index.html", "/z"]


def project(folder: Path, unikernel: str, files: dict[str, bytes]) -> Path:
    """A unikernel that embeds these files; its image."""
    (folder / "data").mkdir(parents=True)
    for name, content in files.items():
        (folder / "data" / name).write_bytes(content)
    (folder / "unikernel.py").write_text(unikernel)
    (folder / "config.py").write_text(
        "from mirage_py import *\n"
        'register("many", [main("unikernel.start", kv_ro >> job)(crunch("data"))])\n'
    )
    ran = mirage_py("-C", str(folder), "build", "-t", "spt", timeout=600)
    assert ran.status == 0, ran
    return folder / "dist" / "many.spt"


def test_many_files(tmp_path: Path) -> None:
    names = {f"{number}": f"{number}".encode() for number in range(2000)}
    image = project(tmp_path / "many", MANY, names)
    ran = mirage_py("run", "-q", "--mem=4", str(image))
    assert (ran.status, ran.lines) == (0, ["2000"])


def test_a_start_does_not_depend_on_what_is_embedded(tmp_path: Path) -> None:
    """10 MB or a byte: the guest executes as many instructions until `start` prints."""
    counter = Counter.build(tmp_path)
    small = project(tmp_path / "small", FIRST, {"0": b"0"})
    large = project(tmp_path / "large", FIRST, {"0": bytes(10 << 20)})
    assert large.stat().st_size - small.stat().st_size == pytest.approx(10 << 20, abs=4096)
    tender = choose(catalog.targets(catalog.share())["spt"], None)
    counts = [
        counter.count([tender, "--mem=32", image], entry=entry_of(image))
        for image in (small, large)
    ]
    assert [one.status for one in counts] == [0, 0]
    assert abs(counts[0].start - counts[1].start) < 0.01 * counts[0].start, counts
