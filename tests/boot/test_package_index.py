"""Packages from an index of the test's own, from config.py to what the image prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mirage_py.sources.cache import SHELVES, cache_dir
from mirage_py.workspace.derived import FACTS, LOWERED
from tests.support.unikernel import Ran, mirage_py
from tests.support.wheels import wheel

CONFIG = """\
from mirage_py import *

def table(info):
    import maker
    return maker.table(info.name)

made = impl("made", job, connect="None", files={"table.py": table})
app = main("unikernel.start", job)
register("shop", [made, app])
"""
UNIKERNEL = """\
import sys
from importlib import import_module

import table
import words

def start():
    for name in table.NAMES:
        print(name, words.say(name), end=" ")
    __import__("words.plain-1")
    print(sys.modules["words.plain-1"].TEXT)
    try:
        import_module("words.sql")
    except ModuleNotFoundError as error:
        print(error)
"""
WORDS = {
    "words/__init__.py": "def say(name):\n    from words import voice\n    return voice.of(name)\n",
    "words/voice.py": "import echo\ndef of(name):\n    return echo.twice(name)\n",
    "words/plain-1.py": "TEXT = 'plain'\n",
    "words/sql.py": "import sqlite3\n",
}
REQUIRES = ["echo", 'loud; extra == "all"']


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "simple"
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", folder.as_uri())
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    for version in ("1.0", "2.0"):
        wheel(folder, "words", version, WORDS, requires=REQUIRES)
    wheel(folder, "echo", "1.0", {"echo.py": "def twice(x):\n    return x + x\n"})
    wheel(folder, "loud", "1.0", {"loud.py": ""})
    names = "def table(name):\n    return f'NAMES = [{name!r}]'\n"
    wheel(folder, "maker", "3.0", {"maker.py": names})
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "config.py").write_text(CONFIG)
    (folder / "unikernel.py").write_text(UNIKERNEL)
    return folder


def without_facts(folder: Path, *words: str) -> Ran:
    """What the command does with a cache that has all that was fetched and built, and nothing that
    was derived of modules."""
    folder.mkdir()
    for shelf in SHELVES:
        if shelf not in {FACTS, LOWERED}:
            (folder / shelf).symlink_to(cache_dir() / shelf)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MIRAGE_PY_CACHE", str(folder))
        ran = mirage_py(*words, timeout=300)
    assert any((folder / FACTS).iterdir()), "nothing was derived anew"
    return ran


@pytest.mark.usefixtures("index")
def test_packages_on_both_sides(project: Path) -> None:
    """`add`, `tree`, `build --keep`, `describe`, `remove`: one project's way with its packages."""
    at = ("-C", str(project))
    for asked in (["words[all]==1.0"], ["--host", "maker"]):
        ran = mirage_py(*at, "add", *asked)
        assert ran.status == 0, ran.messages
    text = (project / "config.py").read_text()
    assert 'package("words", extras=["all"], pin="==1.0")' in text
    assert 'package("maker", scope="host", min="3.0")' in text
    assert mirage_py(*at, "tree").lines == [
        "words 1.0", "  echo 1.0", "  loud 1.0", "maker 3.0",
    ]  # fmt: skip

    ran = mirage_py(*at, "configure", "-t", "spt", "--keep=words.plain-1")
    assert ran.status == 0, ran.messages
    ran = mirage_py(*at, "run", "-t", "spt", timeout=300)
    assert (ran.status, ran.lines[0]) == (0, "shop shopshop plain"), ran
    assert "left out of the image; `libs=['words.sql']` of package() adds it" in ran.lines[1]
    image = (project / "dist" / "shop.spt").read_bytes()
    assert without_facts(project.parent / "cache", *at, "build", "-t", "spt").status == 0
    assert (project / "dist" / "shop.spt").read_bytes() == image, "the cache made a difference"
    told = mirage_py(*at, "describe", "-t", "spt").console
    assert "  words 1.0  words, words.plain-1, words.voice; left out: words.sql\n" in told
    assert "  loud 1.0   nothing is imported; left out: loud\n" in told
    assert "  maker 3.0  for the build, and not in the image\n" in told
    whole = json.loads(mirage_py(*at, "describe", "-t", "spt", "--json").console)
    assert whole["closure"]["distributions"]["words"]["left_out"] == ["words.sql"]

    refused = mirage_py(*at, "build", "-t", "spt", "--keep", "words.*")
    assert refused.status == 1
    assert "package `words 1.0` cannot be in an image: it imports `sqlite3`" in refused.messages
    assert "  words-1.0/words/sql.py:1: import sqlite3\n" in refused.messages

    (project / "unikernel.py").write_text("def start():\n    pass\n")
    assert mirage_py(*at, "configure", "-t", "spt").status == 0, "nothing is kept any more"
    ran = mirage_py(*at, "remove", "words", "maker")
    assert ran.status == 0, ran.messages
    assert "words" not in (project / "mirage-py.lock").read_text()
    assert (project / "config.py").read_text() == CONFIG.replace("job)\n", "job, packages=[])\n")


@pytest.mark.usefixtures("index")
def test_what_is_still_imported_is_removed(project: Path) -> None:
    """It goes from config.py and from the lock, and is told of: with other packages and without."""
    at = ("-C", str(project))
    (project / "unikernel.py").write_text("import echo\nimport loud\ndef start(): pass\n")
    before = (project / "config.py").read_text()
    assert mirage_py(*at, "add", "echo", "loud").status == 0
    for name, line in (("echo", 1), ("loud", 2)):
        ran = mirage_py(*at, "remove", name)
        assert ran.status == 0, ran.messages
        told = f"unikernel.py:{line} still imports `{name}`, which is not there any more"
        assert ran.messages.count(told) == 1, ran.messages
        assert f'"{name}"' not in (project / "mirage-py.lock").read_text()
    assert (project / "config.py").read_text() == before.replace("job)\n", "job, packages=[])\n")
    built = mirage_py(*at, "build")
    assert (built.status, "there is no module `loud`" in built.messages) == (1, True), built


@pytest.mark.parametrize(
    ("files", "tag", "told"),
    [
        (
            {"odd.py": "import sqlite3\n"},
            "py3-none-any",
            (
                "it imports `sqlite3` of CPython's library, which the guest does not have\n"
                "  odd-1.0/odd.py:1: import sqlite3\n"
            ),
        ),
        (
            {"odd.py": "import ast\nLOOP = {ast.For}\n"},
            "py3-none-any",
            (
                "it imports `For` of `ast`, which the guest has without it\n"
                "  odd-1.0/odd.py:2: LOOP = {ast.For}\n"
            ),
        ),
        (
            {"odd/__init__.py": "\nfrom . import fast\n", "odd/fast.abi3.so": ""},
            "cp38-abi3-manylinux_2_17_x86_64",
            (
                "its module `odd.fast` is compiled for CPython (fast.abi3.so)\n"
                "  odd-1.0/odd/__init__.py:2: from . import fast\n"
            ),
        ),
        (
            {"odd.py": "def told(text):\n    del (text), [text]\n"},
            "py3-none-any",
            (
                "this is not in MicroPython's Python (SyntaxError: can't delete expression)\n"
                "  odd-1.0/odd.py:2: del (text), [text]\n"
            ),
        ),
    ],
    ids=["library", "name", "compiled", "syntax"],
)
def test_packages_that_cannot_work(
    index: Path, project: Path, files: dict[str, str], tag: str, told: str
) -> None:
    """The first obstacle is told with its line, and no image is left."""
    wheel(index, "odd", "1.0", files, tag=tag)
    (project / "config.py").write_text(
        "from mirage_py import *\n"
        'register("odd", [main("unikernel.start", job, packages=[package("odd")])])\n'
    )
    (project / "unikernel.py").write_text("import odd\n\ndef start():\n    pass\n")
    ran = mirage_py("-C", str(project), "build", "-t", "spt", timeout=300)
    assert ran.status == 1
    assert f"error: package `odd 1.0` cannot be in an image: {told}" in ran.messages
    assert not (project / "dist").exists()
