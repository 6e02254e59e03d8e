"""The packages of a lock, through the real pip, with an index on disk."""

from __future__ import annotations

import socket
import subprocess
import sysconfig
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from mirage_py import lock
from mirage_py.dsl.package import Package
from mirage_py.lock.errors import LockOutOfDate, NoPackageFolder, OtherPackage, UnresolvedOffline
from mirage_py.lock.packages import installable
from mirage_py.sources.errors import Unresolved
from mirage_py.sources.resolve import resolve
from mirage_py.support.errors import Position
from tests.support.wheels import wheel

BACKEND = """
import pathlib

def prepare_metadata_for_build_wheel(folder, settings=None):
    info = pathlib.Path(folder, "mine-1.0.dist-info")
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\\nName: mine\\nVersion: 1.0\\n")
    return info.name

def build_wheel(*_):
    raise NotImplementedError
"""
HERE = Position("config.py", 3)


@pytest.fixture
def index(tmp_path, monkeypatch):
    folder = tmp_path / "simple"
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", folder.as_uri())
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_CACHE_DIR", str(tmp_path / "pip-cache"))
    wheel(folder, "app", "1.0", {"app.py": "import base\n"}, requires=["base>=1"])
    wheel(folder, "base", "1.0", {"base.py": ""})
    return folder


@pytest.fixture
def settled(graph, index):
    """Settles a project that asks for these packages."""

    def make(*packages: Package, possible: tuple[str, ...] | None = None, **options):
        names = tuple(one.normalized for one in packages) if possible is None else possible
        asks = replace(graph(), packages=packages, optional_packages=names)
        return lock.settle(asks, recipes={}, **options)

    return make


def asked(name: str = "app", **given: object) -> Package:
    return replace(Package(name, None, None, HERE), **given)


def versions(found) -> dict[str, str]:
    return {one.name: one.version for one in found.packages}


def test_what_a_package_needs_is_locked_with_its_hash(settled, index, project):
    found = settled(asked(min="1.0", max="2"))
    assert versions(found) == {"app": "1.0", "base": "1.0"}
    file = index / "app" / "app-1.0-py3-none-any.whl"
    written = lock.read(project / lock.NAME)
    assert written.guest.requirements == ("app<2,>=1.0",)
    assert written.guest.pins[0].origin.sha256 == sha256(file.read_bytes()).hexdigest()
    assert written.guest.pins[0].requires == ("base",)
    assert str(index) not in (project / lock.NAME).read_text(), "no index is named"


def test_what_was_taken_out_of_a_lock_is_locked_again(settled, project):
    settled(asked())
    path = project / lock.NAME
    whole = path.read_text()
    for table in ("[package.app]", "[package.base]"):
        start = whole.index(table)
        rest = whole[start:].find("\n[package.base]") + 1
        path.write_text(whole[:start] + (whole[start + rest :] if rest else ""))
        with pytest.raises(LockOutOfDate, match=f"add package {table[9:-1]}"):
            settled(asked(), locked=True)
        with pytest.raises(UnresolvedOffline):
            settled(asked(), offline=True)
        settled(asked())
        assert path.read_text() == whole


def test_what_is_locked_stays(settled, index, project):
    settled(asked())
    before = (project / lock.NAME).read_bytes()
    wheel(index, "base", "1.5", {"base.py": ""})
    assert versions(settled(asked())) == {"app": "1.0", "base": "1.0"}
    assert (project / lock.NAME).read_bytes() == before
    wheel(index, "other", "1.0", {"other.py": ""}, requires=["base"])
    with_other = settled(asked(), asked("other"))
    assert versions(with_other) == {"app": "1.0", "base": "1.0", "other": "1.0"}
    assert versions(settled(asked(), asked("other"), upgrade=["base"]))["base"] == "1.5"


@pytest.mark.parametrize(
    ("given", "stays"),
    [
        ({"min": "1.0"}, True),
        ({"min": "0.5", "max": "2"}, True),
        ({"name": "base"}, True),
        ({"extras": ("all",)}, False),
        ({"min": "1.1"}, False),
    ],
)
def test_pip_is_not_asked_for_what_is_locked(given, stays, settled, project):
    """`offline` refuses to ask it."""
    pins = settled(asked()).packages
    if stays:
        found = settled(asked(**given), offline=True)
        assert all(one in pins for one in found.packages)
        assert settled(asked(**given), locked=True) == found
    else:
        with pytest.raises(UnresolvedOffline):
            settled(asked(**given), offline=True)


def test_a_lock_that_was_not_written_can_be_gone_by(settled, project):
    first = settled(asked(), write=False)
    assert not (project / "mirage-py.lock").exists()
    second = settled(asked(min="1.0"), offline=True, first=first)
    assert versions(second) == {"app": "1.0", "base": "1.0"}
    assert "app>=1.0" in (project / "mirage-py.lock").read_text()


def test_what_is_locked_moves_if_it_must(settled, index):
    settled(asked())
    wheel(index, "base", "2.0", {"base.py": ""})
    assert versions(settled(asked(), asked("base", min="2")))["base"] == "2.0"


def test_what_nothing_asks_for_goes(settled, project):
    settled(asked(), asked("base"))
    settled(asked("base"))
    written = lock.read(project / lock.NAME)
    assert [one.name for one in written.guest.pins] == ["base"]
    settled(possible=())
    assert lock.read(project / lock.NAME).guest.pins == ()


def test_another_key_s_packages_stay(settled, project):
    settled(asked())
    assert settled(possible=("app",)).packages == ()
    assert lock.read(project / lock.NAME).guest.requirements == ("app",)


def test_offline_and_locked(settled):
    with pytest.raises(UnresolvedOffline, match="`app`"):
        settled(asked(), offline=True)
    settled(asked())
    assert versions(settled(asked(), offline=True, locked=True)) == {"app": "1.0", "base": "1.0"}
    with pytest.raises(LockOutOfDate, match="add requirement other"):
        settled(asked(), asked("other"), locked=True)


def test_no_version_will_do(settled):
    with pytest.raises(Unresolved) as caught:
        settled(asked(min="9"))
    assert "`app>=9`" in caught.value.message
    assert "pip config list" in str(caught.value.hint)


def test_requirements_that_stand_against_each_other(settled, index):
    wheel(index, "base", "2.0", {"base.py": ""})
    wheel(index, "old", "1.0", {"old.py": ""}, requires=["base<2"])
    with pytest.raises(Unresolved) as caught:
        settled(asked("old"), asked("base", min="2"))
    lines = caught.value.message.splitlines()
    assert "  config.py asks for base>=2" in lines
    assert "  old 1.0 depends on base<2" in lines
    assert "ResolutionImpossible" not in caught.value.message


def test_an_index_that_does_not_answer(settled, monkeypatch):
    with socket.socket() as silent:  # bound, and not listening: connections are refused
        silent.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        monkeypatch.setenv("PIP_INDEX_URL", address)
        with pytest.raises(Unresolved) as caught:
            settled(asked())
    assert f"\n  {address}/app/ cannot be read: " in caught.value.message
    assert "Connection refused" in caught.value.message
    assert "see to the network" in str(caught.value.hint)


def test_an_extra_that_there_is_not(settled, caplog):
    settled(asked(extras=("fast",)))
    assert "app 1.0 does not provide the extra 'fast'" in caplog.text


def test_a_wheel_has_no_source_to_compile(settled):
    with pytest.raises(Unresolved, match="of app no wheel is taken: `natives` are compiled from"):
        settled(asked(natives=("app.fast",)))


def test_a_wheel_of_pure_python_is_preferred(settled, index):
    native = wheel(index, "app", "1.1", {"app.py": ""}, tag="cp38-abi3-linux_x86_64")
    assert native.exists()
    assert versions(settled(asked()))["app"] == "1.0"


def test_what_is_compiled_is_told_once_at_its_line(settled, index, caplog):
    """Its own line, or that of what needs it; not of what only serves the build."""
    tag = f"py3-none-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"
    wheel(index, "fast", "1.0", {"fast.py": ""}, tag=tag)
    wheel(index, "user", "2.0", {"user.py": ""}, requires=["fast"])
    rest = "fast 1.0 has compiled parts, which cannot be in an image: imports of them are refused"

    def told(*packages):
        caplog.clear()
        settled(*packages)
        return [one.getMessage() for one in caplog.records if one.levelname == "WARNING"]

    assert told(asked("fast", scope="host")) == []
    assert told(asked("user")) == [f"config.py:3: user needs {rest}"]
    assert told(asked("user"), asked()) == []
    assert told(asked()) == []
    assert told(asked("fast")) == [f"config.py:3: {rest}"]


def test_extras(settled, index, project):
    """What an extra asks for is locked with it, and only then."""
    requires = ["base", 'more; extra == "all"']
    wheel(index, "with-extra", "1.0", {"with_extra.py": ""}, requires=requires)
    wheel(index, "more", "2.0", {"more.py": ""})
    assert versions(settled(asked("with-extra"))) == {"base": "1.0", "with-extra": "1.0"}
    found = settled(asked("with-extra", extras=("all",)))
    assert versions(found) == {"base": "1.0", "more": "2.0", "with-extra": "1.0"}
    assert lock.read(project / lock.NAME).guest.requirements == ("with-extra[all]",)


def test_a_version(settled, index):
    wheel(index, "app", "2.0", {"app.py": ""})
    assert versions(settled(asked(pin="==1.0"))) == {"app": "1.0", "base": "1.0"}
    assert versions(settled(asked(pin="==2.0"))) == {"app": "2.0"}
    with pytest.raises(Unresolved, match="app==3"):
        settled(asked(pin="==3"))


def test_what_serves_the_build(settled, index, project):
    """It is locked apart: the image's packages may need other versions."""
    wheel(index, "base", "2.0", {"base.py": ""})
    wheel(index, "maker", "1.0", {"maker.py": ""}, requires=["base<2"])
    found = settled(asked(), asked("maker", scope="host"))
    assert versions(found) == {"app": "1.0", "base": "2.0"}
    assert {one.name: one.version for one in found.host} == {"base": "1.0", "maker": "1.0"}
    written = lock.read(project / lock.NAME)
    assert (written.guest.requirements, written.host.requirements) == (("app",), ("maker",))
    assert settled(asked(), asked("maker", scope="host"), locked=True) == found
    lock.pull(project, into_vendor=True, recipes={})
    trees = lock.package_trees(found, host=True, offline=True)
    assert trees["base"] == project / "vendor" / "host" / "base"
    with pytest.raises(LockOutOfDate, match="add requirement other"):
        settled(asked(), asked("other", build=True), locked=True)


def test_a_folder(settled, project):
    (project / "mine").mkdir()
    module = project / "mine" / "mine.py"
    module.write_text("A = 1\n")
    pinned = asked("mine", pin="mine", pin_version="3.0")
    found = settled(pinned)
    assert versions(found) == {"mine": "3.0"}
    (tree,) = lock.package_trees(found).values()
    assert (tree / "mine.py").read_text() == "A = 1\n"
    module.write_text("A = 2\n")
    with pytest.raises(LockOutOfDate, match="its folder has changed"):
        settled(pinned, locked=True)
    (tree,) = lock.package_trees(settled(pinned)).values()
    assert (tree / "mine.py").read_text() == "A = 2\n"


def own_project(folder: Path, told: str = "") -> None:
    """Make a project `mine` with a build backend (PEP 517) of its own, since no index here has
    one; pyproject.toml ends with what is `told`."""
    folder.mkdir()
    (folder / "pyproject.toml").write_text(
        f'[build-system]\nrequires = []\nbuild-backend = "own"\nbackend-path = ["."]\n{told}'
    )
    (folder / "own.py").write_text(BACKEND)


@pytest.fixture
def asks(monkeypatch):
    """What pip is asked, from now on."""
    found = []

    def ask(requirements, *rest):
        found.append(requirements)
        return resolve(requirements, *rest)

    monkeypatch.setattr(lock.packages, "resolve", ask)
    return found


def test_an_edit_of_modules_is_nothing_to_pip(settled, project, asks):
    """Of a plain folder, and of one whose pyproject.toml says all; unless that changes."""
    (project / "plain").mkdir()
    (project / "plain" / "plain.py").write_text("A = 1\n")
    own_project(project / "mine", '[project]\nname = "mine"\nversion = "1.0"\n')
    packages = asked("plain", pin="plain", pin_version="3.0"), asked("mine", pin="mine"), asked()
    before = settled(*packages)
    asks.clear()
    for module in ("plain/plain.py", "mine/mine.py"):
        (project / module).write_text("A = 2\n")
        with pytest.raises(LockOutOfDate, match="its folder has changed"):
            settled(*packages, locked=True)
        found = settled(*packages)
        assert (tree_of(found, module) / Path(module).name).read_text() == "A = 2\n"
        assert versions(found) == versions(before)
        assert settled(*packages, locked=True) == found
    assert asks == []
    with (project / "mine" / "pyproject.toml").open("a") as file:
        file.write('description = "another"\n')
    settled(*packages)
    assert len(asks) == 1


def test_a_project_that_says_it_by_code_is_asked_again(settled, project, asks):
    own_project(project / "mine", '[project]\nname = "mine"\ndynamic = ["version"]\n')
    settled(asked("mine", pin="mine"))
    (project / "mine" / "mine.py").write_text("A = 2\n")
    settled(asked("mine", pin="mine"))
    assert len(asks) == 2


def tree_of(found, module):
    return lock.package_trees(found)[Path(module).stem]


def test_a_folder_without_a_package(settled, project):
    with pytest.raises(NoPackageFolder, match="`mine`, which is no folder"):
        settled(asked("mine", pin="mine"))
    (project / "mine").mkdir()
    (project / "mine" / "notes.txt").write_text("")
    with pytest.raises(NoPackageFolder, match=r"neither modules of Python nor a pyproject\.toml"):
        settled(asked("mine", pin="mine"))
    assert not (project / lock.NAME).exists()


def test_a_folder_of_another_package(settled, project):
    """Nothing is locked under a name that is not its own."""
    own_project(project / "mine")
    with pytest.raises(Unresolved, match="what `other` is pinned to is called `mine`"):
        settled(asked("other", pin="mine"))
    with pytest.raises((OtherPackage, Unresolved), match=r"(where|called) `mine`"):
        settled(asked("mine", pin="mine"), asked("other", pin="mine"))
    assert not (project / lock.NAME).exists()


def test_a_commit(settled, tmp_path):
    """Its tree is packed as it is, whatever branch names it, under its own name alone."""
    repository = tmp_path / "repository"
    own_project(repository)
    (repository / "mine.py").write_text("A = 1\n")
    for command in (
        ["init", "-q", "-b", "main"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "a"],
    ):
        subprocess.run(["git", *command], cwd=repository, check=True)
    found = settled(asked("mine", pin=f"git+{repository.as_uri()}@main"))
    assert versions(found) == {"mine": "1.0"}
    assert len(found.packages[0].origins[0].where["commit"]) == 40
    (tree,) = lock.package_trees(found, offline=True).values()
    assert (tree / "mine.py").read_text() == "A = 1\n"
    with pytest.raises(OtherPackage, match="where `mine` is") as caught:
        settled(asked("other", pin=f"git+{repository.as_uri()}@main"))
    assert caught.value.position == HERE


def test_a_refused_lock_is_not_written(settled, project):
    def refuse(_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        settled(asked(), check=refuse)
    assert not (project / lock.NAME).exists()


def test_vendored(settled, project):
    found = settled(asked())
    lock.pull(project, into_vendor=True, recipes={})
    trees = lock.package_trees(found, offline=True)
    assert trees["app"] == project / "vendor" / "packages" / "app"
    assert (trees["base"] / "base.py").is_file()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("thing[x] @ git+file:///srv/thing@1", "thing[x] @ git+file://localhost/srv/thing@1"),
        ("thing @ git+file:///srv/thing@1", "git+file:///srv/thing@1"),
        ("thing[x] @ git+https://host/thing@1", "thing[x] @ git+https://host/thing@1"),
        ("thing[x] @ thing", "thing[x] @ file:///here/thing"),
    ],
)
def test_how_pip_is_asked(text: str, asked: str) -> None:
    assert installable(Path("/here"), text) == asked
