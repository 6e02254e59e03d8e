"""mirage-py.lock on disk."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from mirage_py.catalog import Origin
from mirage_py.lock import LockFile, Pin, Toolchain, read, write
from mirage_py.lock.errors import LockTooNew, LockUnmerged, LockUnreadable

DEBIAN = {"suite": "trixie", "source": "lwip", "version": "2.2-1", "file": "lwip_2.2.tar.xz"}
LOCK = LockFile(
    pins=(
        Pin(
            name="lwip",
            version="2.2",
            licence="BSD-3-Clause",
            origins=(
                Origin("debian", "a" * 64, MappingProxyType(DEBIAN)),
                Origin("url", "b" * 64, MappingProxyType({"url": "https://x.invalid/l.zip"})),
            ),
            patches=(("0001-a.patch", "c" * 64), ("0002-b.patch", "d" * 64)),
        ),
        Pin(
            name="zlib",
            version="1.3",
            licence="Zlib",
            origins=(Origin("path", "e" * 64, MappingProxyType({"path": "zlib.tar"})),),
            patches=(),
        ),
    ),
    toolchain=Toolchain("gcc (Debian 12.2.0-14) 12.2.0", "GNU ld 2.40"),
)
TEXT = f"""\
# Every input of this project's images. Written by `mirage-py lock`: commit it, do not edit it.
format = 1

[toolchain]
compiler = "gcc (Debian 12.2.0-14) 12.2.0"
linker = "GNU ld 2.40"

[source.lwip]
version = "2.2"
licence = "BSD-3-Clause"

[source.lwip.patches]
"0001-a.patch" = "{"c" * 64}"
"0002-b.patch" = "{"d" * 64}"

[[source.lwip.origin]]
kind = "debian"
suite = "trixie"
source = "lwip"
version = "2.2-1"
file = "lwip_2.2.tar.xz"
sha256 = "{"a" * 64}"

[[source.lwip.origin]]
kind = "url"
url = "https://x.invalid/l.zip"
sha256 = "{"b" * 64}"

[source.zlib]
version = "1.3"
licence = "Zlib"

[[source.zlib.origin]]
kind = "path"
path = "zlib.tar"
sha256 = "{"e" * 64}"
"""


@pytest.fixture
def path(project):
    return project / "mirage-py.lock"


def test_what_is_written(path):
    assert write(path, LOCK)
    assert path.read_text() == TEXT


def test_what_was_written_is_read(path):
    write(path, LOCK)
    assert read(path) == LOCK


def test_no_source_at_all(path):
    empty = LockFile((), LOCK.toolchain)
    write(path, empty)
    assert read(path) == empty


def test_an_equal_lock_is_not_written_again(path):
    write(path, LOCK)
    before = path.stat()
    assert not write(path, LOCK)
    assert path.stat().st_ino == before.st_ino


def test_none(path):
    assert read(path) is None


def test_a_newer_format_is_told_before_anything_else_is_looked_at(path):
    path.write_text("format = 2\n[unheard-of]\nx = 1\n")
    with pytest.raises(LockTooNew) as caught:
        read(path)
    assert f"{path} has format 2; this mirage-py reads formats up to 1" in caught.value.render()
    assert "hint: install a newer mirage-py" in caught.value.render()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("format = 1\n", "", "`format` is missing"),
        ("format = 1", 'format = "1"', "`format` must be a int"),
        ("[toolchain]\n", "[toolchain\n", "it is not valid TOML"),
        ('linker = "GNU ld 2.40"\n', "", "`toolchain.linker` is missing"),
        ('version = "2.2"\n', "", "`source.lwip.version` is missing"),
        ('version = "2.2"\n', 'versoin = "2.2"\n', "`source.lwip.version` is missing"),
        ('licence = "Zlib"\n', 'licence = "Zlib"\nlicense = "Z"\n', "did you mean `licence`?"),
        ('kind = "path"', 'kind = "carrier pigeon"', "must be one of debian, pypi"),
        ("e" * 64, "e" * 63, "must be 64 hexadecimal digits"),
        ("d" * 64, "D" * 64, "`source.lwip.patches.0002-b.patch` must be 64 hexadecimal digits"),
        ('path = "zlib.tar"\n', "", "`source.zlib.origin[0].path` is missing"),
        ('"lwip_2.2.tar.xz"', '"/tmp/x"', "`source.lwip.origin[0].file` cannot be '/tmp/x'"),
        ('"lwip_2.2.tar.xz"', '".."', "`source.lwip.origin[0].file` cannot be '..'"),
        ('source = "lwip"', 'source = "../lwip"', "`source.lwip.origin[0].source` cannot be"),
        ('"trixie"', '"a b"', "`source.lwip.origin[0].suite` cannot be"),
        ('"2.2-1"', '"-o"', "`source.lwip.origin[0].version` cannot be"),
    ],
)
def test_a_damaged_lock(path, old, new, told):
    assert old in TEXT
    path.write_text(TEXT.replace(old, new))
    with pytest.raises(LockUnreadable) as caught:
        read(path)
    text = caught.value.render()
    assert told in text
    assert text.count(str(path)) == 1
    assert "hint: bring it back from version control, or remove it" in text


def test_not_text(path):
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(LockUnreadable):
        read(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(LockUnreadable):
        read(path)


def test_marks_of_a_merge(path):
    write(path, LOCK)
    text = path.read_text().replace("[source.zlib]", "<<<<<<< HEAD\n[source.zlib]")
    path.write_text(text)
    with pytest.raises(LockUnmerged) as caught:
        read(path)
    line = text.splitlines().index("<<<<<<< HEAD") + 1
    assert f"from line {line} on" in caught.value.message
    assert path.read_text() == text


def test_a_link_stays_one(path):
    target = path.with_name("elsewhere.lock")
    path.symlink_to(target)
    write(path, LOCK)
    assert path.is_symlink()
    assert read(target) == LOCK
