"""The thirty packages of docs/packages.md: each is built into an image for `unix`, whose output on
a smoke test is compared with CPython's, of the same versions.

    python -m tests.packages.run [NAME…]

The smoke tests were written before any was tried (tests/packages/smoke).
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

SMOKE = Path(__file__).parent / "smoke"
CONFIG = """\
from mirage_py import *

app = main("unikernel.start", job, packages=[package("{name}"{libs})])
register("smoke", [app], stack=1 << 20{more})
"""
LIBS = {"pygments": ', libs=["pygments.styles.default"]'}
"""Modules that a package imports by a name that it makes up."""
MORE = dict.fromkeys(("attrs", "typing-inspection"), ', features=["compiler"]')
"""What else the image has: these write functions as text, and compile them."""
COMMAND = (sys.executable, "-m", "mirage_py")
PATIENCE = 600
WARNING = re.compile(r"^\S+\.py:\d+: \w+Warning: .*\n", re.MULTILINE)


@dataclass(frozen=True)
class Outcome:
    """What became of a package."""

    name: str
    why: str = ""
    """The first obstacle; empty if the image printed what CPython prints."""
    modules: int = 0
    size: int = 0

    @property
    def passed(self) -> bool:
        return not self.why


def names() -> list[str]:
    """The packages, in the order of the alphabet."""
    return sorted(path.stem for path in SMOKE.glob("*.py"))


def attempt(name: str, folder: Path) -> Outcome:
    """Build and run one package's smoke test in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mirage-py.lock").unlink(missing_ok=True)
    config = CONFIG.format(name=name, libs=LIBS.get(name, ""), more=MORE.get(name, ""))
    (folder / "config.py").write_text(config, encoding="utf-8")
    (folder / "unikernel.py").write_text((SMOKE / f"{name}.py").read_text(encoding="utf-8"))
    built = run([*COMMAND, "build", "-t", "unix"], folder)
    if built.returncode:
        return Outcome(name, obstacle(built.stderr))
    image = folder / "dist" / "smoke.unix"
    ran = run([str(image)], folder)
    wanted = run(
        [sys.executable, "-c", "import unikernel; unikernel.start()"], folder, reference(folder)
    )
    (folder / "wanted.txt").write_text(wanted.stdout + wanted.stderr, encoding="utf-8")
    (folder / "got.txt").write_text(ran.stdout + ran.stderr, encoding="utf-8")
    size = image.stat().st_size
    if wanted.returncode:
        return Outcome(name, f"CPython fails: {last(wanted.stderr)}", size=size)
    if ran.returncode:
        return Outcome(name, f"at run time: {last(ran.stdout + ran.stderr)}", size=size)
    # Warnings are not compared: CPython's are on standard error, an image has one console.
    got = WARNING.sub("", ran.stdout)
    if got != wanted.stdout:
        return Outcome(name, difference(wanted.stdout, got), size=size)
    return Outcome(name, size=size)


def run(
    argv: list[str], folder: Path, site: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """A program's outcome; a time limit counts as failure."""
    env = os.environ | ({"PYTHONPATH": f"{site}:{folder}"} if site else {})
    try:
        return subprocess.run(
            argv, cwd=folder, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(argv, 1, "", f"it took more than {PATIENCE} s")


def reference(folder: Path) -> Path:
    """A folder with what the lock pins, for CPython."""
    lock = tomllib.loads((folder / "mirage-py.lock").read_text(encoding="utf-8"))
    wanted = [f"{name}=={one['version']}" for name, one in lock["package"].items()]
    site, record = folder / "site", folder / "site.txt"
    if not record.is_file() or record.read_text() != "\n".join(wanted):
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--upgrade"]
        subprocess.run(
            [*pip, "--target", str(site), *wanted],
            check=True,
            capture_output=True,
            timeout=PATIENCE,
        )
        record.write_text("\n".join(wanted))
    return site


def obstacle(text: str) -> str:
    """What a failed build says first."""
    lines = text.splitlines()
    at = next((n for n, line in enumerate(lines) if line.startswith("error:")), None)
    if at is None:
        return last(text)
    return " ".join(line.strip() for line in lines[at : at + 2]).removeprefix("error: ")


def last(text: str) -> str:
    lines = text.strip().splitlines()
    return " ".join(lines[-2:]) if lines else "nothing was printed"


def difference(wanted: str, got: str) -> str:
    """The first line in which two outputs differ."""
    for one, other in zip(wanted.splitlines(), got.splitlines(), strict=False):
        if one != other:
            return f"prints {other[:160]!r} for {one[:160]!r}"
    return f"prints {len(got.splitlines())} lines for {len(wanted.splitlines())}"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--folder", type=Path, default=Path("test_results/packages"))
    args = parser.parse_args()
    folder = args.folder.resolve()
    with ThreadPoolExecutor(2) as pool:
        outcomes = pool.map(lambda name: attempt(name, folder / name), args.names or names())
        passed = 0
        for one in outcomes:
            passed += one.passed
            print(
                f"{'yes' if one.passed else 'no ':4}{one.name:20} {one.size:>9} {one.why}",
                flush=True,
            )
    print(f"{passed} packages print what CPython prints")
    return 0


if __name__ == "__main__":
    sys.exit(main())
