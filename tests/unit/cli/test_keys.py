"""Keys on the command line: told from a verb's own options, and remembered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mirage_py.cli.app import main
from mirage_py.cli.keys import read, remember, split
from mirage_py.graph.model import Graph
from mirage_py.support.errors import MirageError
from tests.support.golden import Golden

CONFIG = """\
from mirage_py import *

greeting = key("--greeting", default="hello", doc="What to say.", docv="WORD")
loud = key("--loud", flag=True, doc="Say it loudly.")
storage = key("--storage", default="ram", choices=["ram", "disk"], doc="Where it is kept.")
port = runtime_arg("--port", "-p", type=int, default=80, docv="PORT", doc="Port.")

ram = impl("ram", block)
store = match_impl(storage, [("ram", ram)], default=block_of_file("storage"))
shout = if_impl(loud, impl("loud", job, connect=greeting.map(repr)), noop)
app = main("unikernel.start", block >> job, args=[port])
register("hello", [app(store), shout])
"""
FILES = {"config.py": CONFIG, "unikernel.py": "def start(disk, port):\n    pass\n"}
Output = pytest.CaptureFixture[str]


@pytest.fixture
def root(project, house, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with keys, which is where we are."""
    path: Path = project(FILES)
    monkeypatch.chdir(path)
    return path


@pytest.mark.parametrize(
    ("words", "rest", "keys"),
    [
        ("-t spt --a=b --json", "-t spt --json", "--a=b"),
        ("--a b --json", "--json", "--a=b"),
        ("--a --json", "--json", "--a"),
        ("--a -t spt", "-t spt", "--a"),
        ("--target --odd --a", "--target --odd", "--a"),
        ("--target=spt --a", "--target=spt", "--a"),
        ("start --a= ", "start", "--a="),
        ("--a x -- --b", "-- --b", "--a=x"),
    ],
)
def test_split(words: str, rest: str, keys: str) -> None:
    found = split(words.split(), {"-t", "--target", "--json"}, {"-t", "--target"})
    assert found == (rest.split(), keys.split())


def test_configure_remembers(root: Path, capfd: Output) -> None:
    assert main(["configure", "-t", "spt", "--storage=disk", "--loud"]) == 0
    assert main(["query", "keys", "-t", "spt"]) == 0
    assert capfd.readouterr().out == "--greeting=hello\n--loud=True\n--storage=disk\n"
    assert main(["query", "keys", "-t", "spt", "--storage=ram"]) == 0
    assert "--storage=ram" in capfd.readouterr().out
    assert read(root) == {"--loud": [None], "--storage": ["disk"]}
    assert main(["configure", "-t", "spt", "--greeting", "good day"]) == 0
    assert read(root) == {"--greeting": ["good day"]}
    assert main(["configure", "-t", "spt"]) == 0
    assert read(root) == {}
    assert not (root / "_build" / "keys.toml").exists()


def test_building_remembers(root: Path, capfd: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    """An image is built with the keys of the one before, and with those given; what was not built
    is not remembered."""
    values: list[str] = []

    def build(graph: Graph, **_options: object) -> None:
        values.append(next(f"{one.value}" for one in graph.keys if one.name == "--storage"))
        raise NotBuilt

    class NotBuilt(MirageError):
        def __init__(self) -> None:
            super().__init__("not built")

    monkeypatch.setattr("mirage_py.cli.build.built", build)
    remember(root, ["--loud"])
    for verb in ("build", "run"):
        assert main([verb, "-t", "spt", "--storage=disk"]) == 1
    assert values == ["disk", "disk"]
    assert read(root) == {"--loud": [None]}
    remember(root, ["--storage=disk"])
    assert main(["run", "-t", "spt"]) == 1
    assert values[2:] == ["disk"]
    capfd.readouterr()


def test_remembered_beside_others(root: Path) -> None:
    """A key has the value that it was given last; modules to keep are all that were named."""
    remember(root, ["--loud", "--storage=disk", "--keep=a"])
    remember(root, ["--storage=ram", "--keep=b", "--keep=a"])
    assert read(root) == {"--loud": [None], "--storage": ["ram"], "--keep": ["a", "b"]}
    remember(root, None)
    assert read(root) == {"--loud": [None], "--storage": ["ram"], "--keep": ["a", "b"]}
    remember(root, ["--keep=", "--keep=d"])
    assert read(root)["--keep"] == ["d"]
    remember(root, ["--keep="])
    assert read(root) == {"--loud": [None], "--storage": ["ram"]}
    remember(root, ["--keep=c"], afresh=True)
    assert read(root) == {"--keep": ["c"]}


def test_a_mistake_is_not_remembered(root: Path, capfd: Output) -> None:
    assert main(["configure", "-t", "spt", "--storage=tape"]) == 1
    assert main(["configure", "-t", "spt", "--dry-run", "--storage=disk"]) == 0
    assert read(root) == {}
    capfd.readouterr()


def test_clean_keeps_keys(root: Path, capfd: Output) -> None:
    main(["configure", "-t", "spt", "--storage=disk"])
    assert main(["clean"]) == 0
    assert read(root) == {"--storage": ["disk"]}
    assert main(["clean", "--all"]) == 0
    assert read(root) == {}
    capfd.readouterr()


def test_a_remembered_key_that_is_no_more(root: Path, capfd: Output) -> None:
    remember(root, ["--gone=1", "--loud"])
    assert main(["query", "keys", "-t", "spt"]) == 0
    out, err = capfd.readouterr()
    assert "--loud=True" in out
    assert "the remembered key `--gone` is none of this unikernel's" in err


def test_a_remembered_value_that_is_none_any_more(root: Path, capfd: Output) -> None:
    remember(root, ["--storage=tape"])
    assert main(["query", "keys", "-t", "spt"]) == 1
    err = capfd.readouterr().err
    assert "error: `--storage=tape`, as it is remembered: the key is one of `ram`, `disk`" in err
    assert "hint: `mirage-py configure` forgets it; `mirage-py configure --storage=ram`" in err
    assert main(["configure", "-t", "spt"]) == 0
    assert main(["query", "keys", "-t", "spt"]) == 0


def test_help_shows_the_keys(root: Path, capfd: Output) -> None:
    for verb in ("configure", "build", "describe"):
        assert main([verb, "--help"]) == 0
        out = capfd.readouterr().out
        assert "Unikernel parameters" in out
        assert "--greeting=WORD  What to say. (default hello)" in out
        assert "--storage=VAL    Where it is kept. [ram|disk] (default ram)" in out
    (root / "config.py").write_text("syntax error")
    assert main(["configure", "--help"]) == 0
    assert "Unikernel parameters" not in capfd.readouterr().out


def test_json_tells_the_keys(root: Path, capfd: Output) -> None:
    assert main(["describe", "-t", "spt", "--json", "--loud"]) == 0
    keys = json.loads(capfd.readouterr().out)["keys"]
    assert keys == {"--greeting": "hello", "--loud": True, "--storage": "ram"}


@pytest.mark.usefixtures("root")
def test_transcript(golden: Golden, capfd: Output) -> None:
    """What `describe` and `query` say of a project with keys."""
    transcript = ""
    for command in (
        "describe -t spt --no-eval",
        "describe -t spt --loud --storage disk",
        "describe -t spt --dot",
        "describe -t spt --dot --loud",
        *(f"query {what} -t spt --storage=disk" for what in (
            "name", "target", "output", "packages", "keys", "arguments", "manifest", "modules",
            "vendored", "files", "start",
        )),
    ):  # fmt: skip
        assert main(command.split()) == 0
        out, err = capfd.readouterr()
        assert err == ""
        transcript += f"$ mirage-py {command}\n{out}\n"
    golden("describe/keys.txt", transcript)
