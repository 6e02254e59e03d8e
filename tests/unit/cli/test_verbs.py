"""The verbs, as far as they go without a compiler."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from mirage_py.cli import app, findings
from mirage_py.cli.app import main
from mirage_py.support.version import version
from tests.support.golden import Golden
from tests.support.images import image

VERBS = [command.name for command in app.app.registered_commands] + ["cache dir", "cache prune"]

pytestmark = pytest.mark.usefixtures("house")
Output = pytest.CaptureFixture[str]


@pytest.mark.parametrize("verb", VERBS)
def test_help(verb: str, capsys: Output) -> None:
    assert main([*str(verb).split(), "--help"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Usage: mirage-py")
    assert err == ""


def test_version_is_quick(capsys: Output) -> None:
    """The start of every command: what a verb needs is only imported when it runs."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"mirage-py {version()}\n"
    command = [sys.executable, "-X", "importtime", "-m", "mirage_py", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    slow = {"rich", "elftools", "packaging", "Cython", "mirage_py.lock", "mirage_py.workspace"}
    assert not slow & loaded


def test_building_imports_no_cython() -> None:
    """The compiler is run by ninja, for what has changed; loading it takes as long as a link."""
    code = "import sys, mirage_py.cli.build, mirage_py.workspace.layout, mirage_py.image.link\n"
    code += "sys.exit('Cython' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_common_options_stand_before_or_after_the_verb(project, capsys: Output) -> None:
    root = project({})
    here = Path.cwd()
    for command in (
        ["-C", str(root), "describe", "-t", "spt"],
        ["describe", "-C", str(root), "-t", "spt"],
        ["-f", str(root / "config.py"), "describe", "-t", "spt"],
        ["describe", "-f", str(root / "config.py"), "-t", "spt"],
    ):
        assert main(command) == 0
        assert "Output    dist/hello.spt" in capsys.readouterr().out
        assert Path.cwd() == here


@pytest.mark.parametrize(
    ("words", "found"),
    [("mirage-py bu", {"build"}), ("mirage-py build -t ", {"bare", "hvt", "spt"})],
)
def test_completion(words: str, found: set[str], monkeypatch, capsys: Output) -> None:
    """What a shell asks for when the user presses Tab."""
    monkeypatch.setenv("_MIRAGE_PY_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
    assert main([]) == 0
    assert set(capsys.readouterr().out.split()) == found


def test_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """A new project is right, and is what was said to be written."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "site", "--dry-run"]) == 0
    assert not (tmp_path / "site").exists()
    assert main(["new", "site"]) == 0
    files = sorted(path for path in (tmp_path / "site").rglob("*") if path.is_file())
    said = capsys.readouterr().err
    assert all(f"wrote {file.relative_to(tmp_path)}\n" in said for file in files)
    assert {file.name for file in files} == {
        "config.py", "unikernel.py", "test_config.py", "test_greeting.py", "test_unikernel.py",
        ".gitignore",
    }  # fmt: skip
    assert main(["-C", "site", "configure", "-t", "spt"]) == 0
    test = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "site"]
    done = subprocess.run(test, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout
    assert b"3 passed" in done.stdout


def test_configure(project, capsys: Output) -> None:
    root = project({})
    assert main(["-C", str(root), "configure", "-t", "spt", "--dry-run"]) == 0
    assert not (root / "_build").exists()
    assert main(["-C", str(root), "configure", "-t", "spt", "--json"]) == 0
    out, err = capsys.readouterr()
    assert out == (root / "_build/spt/graph.json").read_text()
    assert json.loads(out)["name"] == "hello"
    assert err.endswith("next: mirage-py build -t spt\n")


def test_quiet(project, capsys: Output) -> None:
    assert main(["-q", "-C", str(project({})), "configure", "-t", "spt"]) == 0
    assert capsys.readouterr() == ("", "")


def test_describe(project, golden: Golden, capsys: Output) -> None:
    root = project({
        "config.py": """\
from mirage_py import *

class Store: pass
kv = impl("kv", block >> typ(Store), connect=lambda disk: f"pages.Store({disk})", imports=["pages"])
store = kv(block_of_file("storage"))
app = main("unikernel.start", typ(Store) >> typ(Store) >> job)
register("site", [app(store, store), noop])
""",
        "unikernel.py": "from mirage import log\ndef start(a, b): pass\n",
        "pages.py": "class Store: pass\n",
    })  # fmt: skip
    assert main(["-C", str(root), "describe", "-t", "spt"]) == 0
    golden("describe/site.txt", capsys.readouterr().out)


def test_clean(project, capsys: Output) -> None:
    """What was built goes; what was chosen, locked or vendored stays unless it is asked for."""
    files = ("_build/keys.toml", "_build/spt/x", "dist/a.spt", "mirage-py.lock", "vendor/x/y")
    root = project(dict.fromkeys(files, ""))

    def left() -> set[str]:
        return {name for name in files if (root / name).exists()}

    assert main(["-C", str(root), "clean", "--dry-run"]) == 0
    assert left() == set(files)
    assert main(["-C", str(root), "clean"]) == 0
    assert left() == {"_build/keys.toml", "mirage-py.lock", "vendor/x/y"}
    assert main(["-C", str(root), "clean", "--all"]) == 0
    assert left() == set()
    assert (root / "config.py").exists()
    assert main(["-C", str(root), "clean"]) == 0
    assert "removed vendor\n" in capsys.readouterr().err


def test_clean_does_not_follow_links(project, tmp_path: Path) -> None:
    root = project({})
    (tmp_path / "precious").mkdir()
    (root / "dist").symlink_to(tmp_path / "precious")
    assert main(["-C", str(root), "clean"]) == 0
    assert (tmp_path / "precious").is_dir()
    assert not (root / "dist").is_symlink()


def test_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setenv("MIRAGE_PY_CACHE", str(tmp_path / "cache"))
    assert main(["cache", "dir"]) == 0
    assert capsys.readouterr().out == f"{tmp_path}/cache\n"
    entry = tmp_path / "cache" / "archives" / "old"
    entry.parent.mkdir(parents=True)
    entry.write_bytes(bytes(1_500_000))
    os.utime(entry, (0, 0))
    assert main(["cache", "prune", "--dry-run"]) == 0
    assert entry.exists()
    assert main(["cache", "prune", "--days", "1"]) == 0
    assert not entry.exists()
    assert capsys.readouterr().err.endswith(f"removed {entry}\n1 entries, 1.5 MB\n")


def test_inspect(tmp_path: Path, golden: Golden, capsys: Output, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    image(tmp_path / "a.spt", storage="block", service="net")
    assert main(["inspect", "a.spt"]) == 0
    golden("inspect/plain.txt", capsys.readouterr().out)
    assert main(["inspect", "--json", "a.spt"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert (read["target"], len(read["devices"])) == ("spt", 2)


def test_inspect_information(tmp_path: Path, capsys: Output, monkeypatch) -> None:
    """What the build wrote into the image: sizes, sources and their licences."""
    about = {
        "archives": {"libpy.a": 130000, "image": 500},
        "sources": [{"name": "py", "version": "1.2", "licence": "MIT", "texts": ["Be nice."]}],
        "toolchain": {"compiler": "gcc 12"},
    }
    content = zlib.compress(json.dumps(about).encode())
    monkeypatch.setattr("mirage_py.image.elf.section", lambda *_: content)
    path = str(image(tmp_path / "a.spt"))
    assert main(["inspect", path]) == 0
    out = capsys.readouterr().out
    assert "  libpy.a                     130000 bytes\n" in out
    assert "  py 1.2, MIT\n" in out
    assert main(["inspect", "--licences", path]) == 0
    assert capsys.readouterr().out == "py 1.2 (MIT)\n\nBe nice.\n\n"
    assert main(["inspect", "--json", path]) == 0
    assert json.loads(capsys.readouterr().out)["archives"] == about["archives"]
    huge = zlib.compress(bytes(64 << 20), 9)
    shapes = (b"[]", b'{"archives": 1}', b'{"sources": [{"name": "py"}]}', b'{"toolchain": [1]}')
    for damaged in (b"damaged", huge, zlib.compress(b"{}")[:-2], *map(zlib.compress, shapes)):
        content = damaged
        assert main(["inspect", path]) == 1
        assert "its section .mirage.info is damaged" in capsys.readouterr().err


def test_doctor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """A machine with nothing: each missing thing comes with the way to get it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("MIRAGE_PY_CC", "no-such-compiler")
    assert main(["doctor"]) == 1
    out = capsys.readouterr().out.splitlines()
    for number, line in enumerate(out):
        if line.startswith(("missing:", "absent:")):
            assert out[number + 1].startswith("    "), line
    assert "missing: cc, compiles the guest" in out
    assert "missing: git, patches sources, and fetches some" in out
    assert any("pip, fetches sources from PyPI" in line for line in out)
    assert main(["doctor", "--json"]) == 1
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert found["cc"]["how"] == "`apt-get install gcc`, or name a C compiler with MIRAGE_PY_CC"
    assert found["meson"]["there"]


def test_another_host(project, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setattr(findings.platform, "system", lambda: "Darwin")
    monkeypatch.setattr(findings.platform, "machine", lambda: "arm64")
    assert main(["-C", str(project({})), "build", "-t", "spt"]) == 1
    said = capsys.readouterr().err
    assert said.startswith(
        "error: images cannot be built on Darwin arm64\n\nhint: macOS has no ELF"
    )
    assert main(["doctor"]) == 1
    assert "missing: x86_64 Linux, where images are built" in capsys.readouterr().out


def test_color(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for options, painted in ((["--color=always"], True), (["--color=never"], False), ([], False)):
        assert main([*options, "inspect", "nothing"]) == 1
        assert ("\x1b[" in capsys.readouterr().err) is painted


def test_errors_of_the_system(tmp_path: Path, capsys: Output) -> None:
    """What the system refuses is one line too."""
    (tmp_path / "config.py").write_text('from mirage_py import *\nregister("a", [])\n')
    (tmp_path / "_build").write_text("in the way")
    assert main(["-C", str(tmp_path), "configure", "-t", "spt"]) == 1
    assert capsys.readouterr().err == f"error: Not a directory: {tmp_path}/_build/spt\n"
