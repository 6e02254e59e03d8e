"""C programs for solo5.h, built with the flags that pkg-config gives, for every target."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pkgconf
import pytest

from mirage_py import catalog
from tests.contract.rules import violations
from tests.support.bench import Bench, Tap
from tests.support.programs import PROGRAMS, ROOT
from tests.support.unikernel import COMMAND, mirage_py

TARGETS = sorted(catalog.targets(ROOT))
MANIFEST = """\
{
  "type": "solo5.manifest",
  "version": 1,
  "devices": [
    { "name": "service", "type": "NET_BASIC" },
    { "name": "storage", "type": "BLOCK_BASIC" }
  ]
}
"""
DISK = 1 << 20
UNDEFINED = {"solo5_app_main"}
"""What boot code asks of a program."""


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of these tests' own, cold at first."""
    path = tmp_path_factory.mktemp("toolchain") / "cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MIRAGE_PY_CACHE", str(path))
        yield path


def kit(target: str) -> Path:
    """The folder for PKG_CONFIG_PATH."""
    ran = mirage_py("toolchain", "-t", target, "--pkg-config-path")
    assert ran.status == 0, ran
    assert ran.lines == [ran.console.strip()]
    return Path(ran.lines[0])


def shell(line: str, folder: Path, **environment: str) -> str:
    """What a shell prints for a line that a person would type."""
    command = f'mirage-py() {{ {" ".join(COMMAND)} "$@"; }}\n{line}'
    done = subprocess.run(
        ["bash", "-euc", command],
        cwd=folder, env=os.environ | environment, check=False, capture_output=True, text=True,
        timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def finders() -> dict[str, str]:
    """The pkg-config programs: the one that comes with us, and the host's if it has one."""
    found = {"ours": str(pkgconf.get_executable())}
    bare = os.pathsep.join(
        one for one in os.get_exec_path() if Path(one) != Path(sys.executable).parent
    )
    host = shutil.which("pkg-config", path=bare)
    return found | ({"the host's": host} if host else {})


@pytest.fixture(scope="module", params=[(t, f) for t in TARGETS for f in finders()],
                ids=lambda param: f"{param[0]}-{param[1]}")  # fmt: skip
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program devices.c, built as README says."""
    target, finder = request.param
    folder = tmp_path_factory.mktemp(target)
    (folder / "manifest.json").write_text(MANIFEST)
    for name in ("devices.c", "program.h"):
        shutil.copy(PROGRAMS / name, folder)
    shell(
        f"export PKG_CONFIG_PATH=$(mirage-py toolchain -t {target} --pkg-config-path)\n"
        "mirage-py manifest manifest.json -o manifest.c\n"
        "cc -Wall -Wextra -Werror devices.c manifest.c "
        f"$({finders()[finder]} --cflags --libs mirage-py-{target}) -o devices.{target}",
        folder,
    )
    return folder / f"devices.{target}"


def test_image(built: Path) -> None:
    """It is as good an image as those that `build` makes, and its manifest reads back."""
    target = built.suffix[1:]
    assert violations(built, catalog.targets(ROOT)[target].abi) == []
    ran = mirage_py("inspect", "--json", str(built))
    assert ran.status == 0, ran
    read = json.loads(ran.console)
    assert read["target"] == catalog.targets(ROOT)[target].abi
    assert read["devices"] == [
        {"name": "service", "kind": "net"},
        {"name": "storage", "kind": "block"},
    ]


def test_runs(bench: Bench, built: Path, tmp_path: Path) -> None:
    """With a disk and a tap interface."""
    disk = tmp_path / "disk.img"
    disk.write_bytes(bytes(DISK))
    ran = bench.run(built, disks={"storage": disk}, taps={"service": Tap()})
    assert (ran.status, ran.lines) == (0, [str(DISK), "SUCCESS"]), ran
    assert disk.read_bytes()[-512:][:3] == bytes([1, 8, 15])


@pytest.mark.parametrize("target", TARGETS)
def test_boot_code_asks_for_nothing_else(target: str) -> None:
    """Programs bring no memcpy for it; names without _ in front are theirs."""
    whole = kit(target) / "target.o"
    rows = subprocess.check_output(["nm", "-g", whole], text=True).splitlines()
    undefined = {row.split()[-1] for row in rows if " U " in row}
    defined = {row.split()[-1] for row in rows} - undefined
    assert {name for name in undefined if not name.startswith("_")} <= UNDEFINED | from_script(
        target
    )
    assert all(name.startswith(("solo5_", "_")) for name in defined)


def from_script(target: str) -> set[str]:
    """What the link script defines."""
    text = (kit(target) / "link.ld").read_text(encoding="utf-8")
    return {line.split("=")[0].strip() for line in text.splitlines() if "=" in line}


@pytest.mark.parametrize("target", TARGETS)
def test_meson(target: str, tmp_path: Path) -> None:
    """The cross file makes the package a dependency of a Meson project."""
    ran = mirage_py("toolchain", "-t", target)
    assert ran.status == 0, ran
    (tmp_path / "cross.ini").write_text(ran.console)
    (tmp_path / "manifest.json").write_text(MANIFEST)
    for name in ("devices.c", "program.h"):
        shutil.copy(PROGRAMS / name, tmp_path)
    (tmp_path / "meson.build").write_text(
        "project('devices', 'c')\n"
        "executable('devices', 'devices.c', 'manifest.c',\n"
        f"  dependencies: dependency('mirage-py-{target}', version: '>=0.1'))\n"
    )
    meson = f"{sys.executable} -m mesonbuild.mesonmain"
    shell(
        "mirage-py manifest manifest.json -o manifest.c\n"
        f"{meson} setup --cross-file cross.ini build\n{meson} compile -C build",
        tmp_path,
    )
    read = json.loads(mirage_py("inspect", "--json", str(tmp_path / "build" / "devices")).console)
    assert len(read["devices"]) == 2


def test_json() -> None:
    """The flags it tells are those that pkg-config tells."""
    told = json.loads(mirage_py("toolchain", "-t", TARGETS[0], "--json").console)
    package = told["package"]
    environment = {"PKG_CONFIG_PATH": told["pkg_config_path"]}
    for option, key in (("--cflags", "c_args"), ("--libs", "link_args")):
        line = shell(f"{told['pkg_config']} {option} {package}", ROOT, **environment)
        words = line.replace("-idirafter ", "-idirafter").split()
        assert sorted(words) == sorted(told[key])
    version = shell(f"{told['pkg_config']} --modversion {package}", ROOT, **environment)
    assert version.strip() == mirage_py("--version").console.split()[1]


def test_built_once_and_the_same_anywhere(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = TARGETS[0]
    first = kit(target)
    before = (first / "target.o").stat().st_mtime_ns
    assert kit(target) == first
    assert (first / "target.o").stat().st_mtime_ns == before
    assert first.is_relative_to(cache)
    monkeypatch.setenv("MIRAGE_PY_CACHE", str(tmp_path / "other cache"))
    other = kit(target)
    assert other.name == first.name
    for name in ("target.o", "link.ld", f"mirage-py-{target}.pc"):
        assert (other / name).read_bytes() == (first / name).read_bytes()


def test_prune(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIRAGE_PY_CACHE", str(tmp_path / "cache"))
    made = kit(TARGETS[0])
    assert mirage_py("cache", "prune", "--days", "1").status == 0
    assert made.is_dir()
    assert mirage_py("cache", "prune", "--days", "0").status == 0
    assert not made.exists()
    assert kit(TARGETS[0]) == made
