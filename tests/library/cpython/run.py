"""CPython's own tests of modules, in one image for `unix`: those that modules.toml names pass.

    python -m tests.library.cpython.run [--update] [MODULE…]

The tests come from CPython's source, which images are made of; what they need of unittest and of
test.support is in guest/.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mirage_py import catalog, sources
from tests.support.wheels import wheel

HERE = Path(__file__).resolve().parent
TABLE = HERE / "modules.toml"
PAGE = HERE.parents[2] / "docs" / "packages.md"
CONFIG = """\
from mirage_py import *

tests = package("cpython-tests", libs=[{libs}])
app = main(
    "unikernel.start", kv_rw >> job, packages=[tests],
    args=[runtime_arg("--modules", default=""), runtime_arg("--slow", default="")],
)
register("tests", [app(kv_rw_mem())], features=["vfs"], stack=1 << 20)
"""
UNIKERNEL = """\
import runner
from mirage.kv import files


def start(store, modules, slow):
    files.mount(store, "/")
    for one in modules.split(","):
        runner.run(one, set(slow.split(",")))
    print("END")


def tested():
    import {modules}
"""
SAID = {
    "abstract_numbers": "numbers", "context": "contextvars", "memoryio": "io",
    "urlparse": "urllib.parse", "userdict": "collections", "userlist": "collections",
    "userstring": "collections", "weakset": "weakref",
}  # fmt: skip
"""The modules that tests of another name are about; `builtins` if there is no such module."""
SEVERAL = {
    "http": "test/test_http[_l]*.py",
    "json": "test/test_json/test_*.py",
    "unittest": "unittest/test/test_[acflrs]*.py",
}
"""Tests of one module that are several files, below `lib()`."""
OTHERWISE = {"datetime": "datetimetester"}
"""Tests whose file has another name than `test_` and the module's."""
SLOW = {"itertools": "test_combinatorics,test_tee_del_backward"}
"""Tests that count up what takes an image minutes: they are not run."""
SMALLER = {
    "deque": [("BIG = 100000", "BIG = 5000")],
    "math": [
        ("range(1, 1000):", "range(1, 300):"),
        ("(-10000, -1)", "(-2000, -1)"),
        ("(1, 10000)", "(1, 2000)"),
    ],
    "statistics": [("range(60_000)", "range(3_000)")],
}
"""What tests do so many times that an image takes seconds, and how often it does."""
TITLES = {"htmlparser": "html.parser", "memoryio": "io", "urlparse": "urllib.parse"}
"""What the page calls tests whose names are not their module's."""
OF_UNITTEST = re.compile(r"^(from|import) unittest\b(?!\.test)", re.MULTILINE)
"""Where unittest's tests import it: CPython's is `whole` there, beside the one that runs them."""
WHOLE = {"import": "import whole as unittest", "from": "from whole"}
ABSENT = re.compile(r"^from (http\.server) import", re.MULTILINE)
"""What no image has: guest/test/support/absent.py stands for it."""
OF_TESTS = re.compile(r"^(?:from test import|import test\.)\s*(.*)$", re.MULTILINE)
"""What a test's module takes of CPython's other tests."""
ROWS = re.compile(r"(\| module \| tests that pass .*\n\|.*\n)((?:\|.*\n)+)")
"""The page's table of the same: its head, and its rows."""
ENTRY = re.compile(r"(# .*\n\[(.*)\]\n(?:[^#\n].*\n)*)")
"""A module's part of the table, and its name."""
COMMAND = (sys.executable, "-m", "mirage_py")
PATIENCE = 120
ALL = "all"


@dataclass(frozen=True)
class Results:
    """How a module's tests went, by name."""

    passed: frozenset[str]
    failed: dict[str, str]
    skipped: frozenset[str]
    ended: bool
    last: str
    """What was printed last."""

    @property
    def ran(self) -> int:
        return len(self.passed) + len(self.failed)


def lib() -> Path:
    """The folder `Lib` of CPython's source."""
    source = catalog.vendored(catalog.share())["cpython"]
    return sources.trees([source])[source.name] / "Lib"


def files(name: str) -> list[str]:
    """The files of a module's tests, below `lib()`."""
    pattern = SEVERAL.get(name, f"test/{OTHERWISE.get(name, f'test_{name}')}.py")
    return sorted(path.relative_to(lib()).as_posix() for path in lib().glob(pattern))


def module(file: str) -> str:
    """The module that a file is."""
    return file.removesuffix(".py").replace("/", ".")


def text(path: str) -> str:
    """A file of CPython's tests, as the image has it."""
    found = ABSENT.sub(
        "from test.support.absent import", (lib() / path).read_text(encoding="utf-8")
    )
    for times, fewer in SMALLER.get(Path(path).stem.removeprefix("test_"), ()):
        assert times in found, f"{path} has no `{times}`"
        found = found.replace(times, fewer)
    if path.startswith("unittest/test/"):
        found = OF_UNITTEST.sub(lambda one: WHOLE[one[1]], found)
    return found


def unittest() -> dict[str, str]:
    """CPython's unittest, and what its tests share."""
    folder, shared = lib() / "unittest", "unittest/test/support.py"
    whole = {f"whole/{path.name}": path.read_text(encoding="utf-8") for path in folder.glob("*.py")}
    return {path: one for path, one in whole.items() if "__main__" not in path} | {
        shared: text(shared)
    }


def needed(texts: dict[str, str]) -> dict[str, str]:
    """The files of CPython's that these, by their names, import and guest/ does not replace."""
    folder, names = lib() / "test", set[str]()
    for one in texts.values():
        for line in OF_TESTS.findall(one):
            names |= {each.split()[0].strip("()") for each in line.split(",") if each.strip()}
    own = HERE / "guest" / "test"
    found = {
        f"test/{name}.py": (folder / f"{name}.py").read_text(encoding="utf-8")
        for name in names
        if (folder / f"{name}.py").is_file() and not (own / f"{name}.py").exists()
    }
    return found | needed(found) if found else {}


def about(name: str) -> str:
    """The module that the tests of this name are about."""
    if name in SAID:
        return SAID[name]
    return name if importlib.util.find_spec(name) else "builtins"


def build(folder: Path, names: Sequence[str]) -> Path:
    """The image that holds the tests of these modules."""
    guest = {
        path.relative_to(HERE / "guest").as_posix(): path.read_text(encoding="utf-8")
        for path in (HERE / "guest").rglob("*.py")
    }
    tests = [path for name in names for path in files(name)]
    theirs = {path: text(path) for path in tests} | (unittest() if "unittest" in names else {})
    wheel(folder / "index", "cpython-tests", "3.11.2", needed(theirs) | theirs | guest)
    libs = ", ".join(f'"{module(path)}"' for path in tests)
    (folder / "config.py").write_text(CONFIG.format(libs=libs), encoding="utf-8")
    modules = ", ".join(sorted({about(name) for name in names}))
    unikernel = UNIKERNEL.format(modules=modules)
    (folder / "unikernel.py").write_text(unikernel, encoding="utf-8")
    (folder / "mirage-py.lock").unlink(missing_ok=True)
    env = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    env |= {"PIP_INDEX_URL": (folder / "index").as_uri(), "PIP_CONFIG_FILE": "/dev/null"}
    built = subprocess.run(
        [*COMMAND, "build", "-t", "unix"],
        cwd=folder, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if built.returncode:
        raise SystemExit(built.stderr)
    return folder / "dist" / "tests.unix"


def run(image: Path, name: str) -> Results:
    """The outcome of one module's tests."""
    try:
        ran = subprocess.run(
            [image, f"--modules={','.join(map(module, files(name)))}", f"--slow={SLOW.get(name, '')}"],
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        said = ran.stdout
    except subprocess.TimeoutExpired as late:
        said = (late.stdout or b"").decode()
    words = [line.split(" ", 2) for line in said.splitlines()]
    return Results(
        frozenset(one[1] for one in words if one[0] == "PASS"),
        {one[1]: one[2] for one in words if one[0] == "FAIL"},
        frozenset(one[1] for one in words if one[0] == "SKIP"),
        ["END"] in words,
        " ".join(said.splitlines()[-2:]),
    )


Classes = dict[str, list[str] | str]
"""By class, the tests that pass, or ALL of what is not skipped."""


def table() -> dict[str, Classes]:
    """By module, what passes."""
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def missing(wanted: Classes, found: Results) -> list[str]:
    """What passes no more, and why."""
    names = [f"{kind}.{one}" for kind, ones in wanted.items() if ones != ALL for one in ones]
    lost = [one for one in names if one not in found.passed]
    for kind in (kind for kind, ones in wanted.items() if ones == ALL):
        if not any(one.startswith(f"{kind}.") for one in found.passed):
            lost.append(kind)
        lost += [one for one in found.failed if one.startswith(f"{kind}.")]
    return [f"{one}: {found.failed.get(one, found.last)}" for one in lost]


def entry(name: str, found: Results) -> str:
    """A module's part of the table."""
    classes: dict[str, list[str]] = {}
    for one in sorted(found.passed):
        kind, _, method = one.partition(".")
        classes.setdefault(kind, []).append(method)
    lines = [f"# {len(found.passed)} of {found.ran}; {len(found.skipped)} are skipped", f"[{name}]"]
    for kind, methods in classes.items():
        if any(one.startswith(f"{kind}.") for one in found.failed) or not found.ended:
            text = textwrap.fill(" ".join(f'"{method}",' for method in methods), 96)
            lines.append(f"{kind} = [\n{textwrap.indent(text, '    ')}\n]")
        else:
            lines.append(f'{kind} = "{ALL}"')
    return "\n".join(lines) + "\n"


def rows() -> str:
    """The rows of the page's table."""
    heads = re.findall(r"# (\d+) of (\d+); (\d+) are skipped\n\[(.*)\]", TABLE.read_text("utf-8"))
    told = [
        f"| `{TITLES.get(name, name)}` | {passed} | {ran} | {skipped} |\n"
        for passed, ran, skipped, name in heads
    ]
    return "".join(sorted(told))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument(
        "--update", action="store_true", help="write modules.toml and the page's table"
    )
    parser.add_argument("--folder", type=Path, default=Path("test_results/cpython"))
    args = parser.parse_args()
    folder = args.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    names = args.names or list(table())
    image = build(folder, names)
    entries = []
    for name in names:
        found = run(image, name)
        entries.append(entry(name, found))
        print(f"{name:14}{len(found.passed):5} of {found.ran:5}", "" if found.ended else found.last)
        for one, why in found.failed.items():
            print(f"    {one}: {why}")
    if args.update:
        told = ENTRY.findall(TABLE.read_text(encoding="utf-8"))
        kept = {name: text for text, name in told} | dict(zip(names, entries, strict=True))
        TABLE.write_text("\n".join(kept[name] for name in sorted(kept)), encoding="utf-8")
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(ROWS.sub(lambda one: one[1] + rows(), page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
