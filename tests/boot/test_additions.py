"""What a user's own devices add to an image: modules, C, actions, files beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.unikernel import Unikernels, mirage_py

CONFIG = '''\
from mirage_py import *

greeting = key("--greeting", default="hello")
C = """
static const char mark[] __attribute__((used, retain)) = "the mark of a device";
"""


def prepare(info):
    (info.folder / "note.txt").write_text(f"{info.name} for {info.target}")


def words(info):
    return f"WORD = {info.keys['--greeting']!r}\\n"


extra = impl(
    "extra",
    job,
    connect="print(words.WORD, sep='')",
    imports=["words"],
    keys=[greeting],
    files={"words.py": words, "mark.c": C},
    configure=prepare,
    meson="sources += files('more.S')",
    install={"note.txt": "note.txt"},
)
more = impl("more", job, files={"more.S": '.section .note.GNU-stack,"",@progbits\\n'})
app = main("unikernel.start", job, local_libs=["lib"])
register("added", [extra, more, app])
'''
FILES = {
    "config.py": CONFIG,
    "unikernel.py": "import near\n\n\ndef start():\n    near.say()\n",
    "lib/near.py": "def say():\n    print('near')\n",
}


@pytest.mark.parametrize("target", ["spt", "unix"])
def test_additions_are_built_in(target: str, unikernels: Unikernels) -> None:
    image = unikernels.build(FILES, target)
    ran = image.run(mem=2)
    assert (ran.status, ran.console) == (0, "hello\nnear\n"), ran
    assert b"the mark of a device" in image.path.read_bytes()
    note = image.folder / "dist" / "note.txt"
    assert note.read_text(encoding="utf-8") == f"added for {target}"


def test_a_key_changes_what_is_made(tmp_path: Path) -> None:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for word in ("hello", "good day"):
        ran = mirage_py("-C", str(tmp_path), "run", f"--greeting={word}", timeout=300)
        assert (ran.status, ran.console) == (0, f"{word}\nnear\n"), ran


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ('files={"words.py": lambda info: 1 / 0}', "making `words.py` failed: ZeroDivisionError"),
        ('files={"../x.py": ""}', "`../x.py` cannot be a file of the workspace"),
        ('files={"x.py": lambda info: 3}', "it is given 3"),
        ("configure=lambda info: 1 / 0", "the action of this device failed: ZeroDivisionError"),
        ('install={"x": "nothing"}', "the build did not make `nothing`"),
        ('install={"../x": "note.txt"}, configure=prepare', "`../x` cannot be a file of"),
    ],
)
def test_what_goes_wrong(wrong: str, message: str, tmp_path: Path) -> None:
    config = f"""\
from mirage_py import *
def prepare(info): (info.folder / "note.txt").write_text("")
register("wrong", [impl("wrong", job, {wrong})])
"""
    (tmp_path / "config.py").write_text(config, encoding="utf-8")
    ran = mirage_py("-C", str(tmp_path), "build", timeout=300)
    assert ran.status == 1
    assert message in ran.messages
    assert "config.py:3" in ran.messages
    assert "Traceback" not in ran.messages
    assert not (tmp_path / "dist" / "wrong.unix").exists()
