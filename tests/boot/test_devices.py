"""For every device of the network and of storage, devices.toml names a test that shows it in an
image; for what is hostile to it, hostile.toml does."""

from __future__ import annotations

import ast
import importlib
import tomllib
from pathlib import Path

import pytest

from mirage_py import catalog, devices
from tests.support.expect import example_runs

ROOT = Path(__file__).resolve().parents[2]
TABLE = tomllib.loads(Path(__file__).with_name("devices.toml").read_text(encoding="utf-8"))
ABSENT: dict[str, str] = TABLE.pop("absent")
HOSTILE: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("hostile.toml").read_text(encoding="utf-8")
)
MIRAGE = set(TABLE.pop("mirageos")["names"])
ROWS = [
    (module, name, shown)
    for module, rows in TABLE.items()
    for name, tests in rows.items()
    for shown in tests
]


def given(module: str) -> set[str]:
    """What a file of mirage_py/devices/ gives to config.py, but for the classes of types."""
    names = importlib.import_module(f"mirage_py.devices.{module}").__all__
    return {name for name in names if name[0].islower()}


def of_the_network(module: str) -> bool:
    """Whether a file is of the network: it makes something of what network.py makes."""
    source = (Path(devices.__path__[0]) / f"{module}.py").read_text(encoding="utf-8")
    return module == "network" or any(
        f"mirage_py.devices.{other} " in source for other in TABLE if other != module
    )


MODULES = sorted(path.stem for path in Path(devices.__path__[0]).glob("[a-z]*.py"))


@pytest.mark.parametrize(
    "module", sorted({*filter(of_the_network, MODULES), *TABLE} - {"xen", "tls"})
)
def test_every_device_has_a_row(module: str) -> None:
    assert set(TABLE.get(module, {})) == given(module)


def test_every_name_of_mirageos_is_here_or_absent() -> None:
    here = {name for _, name, _ in ROWS}
    assert MIRAGE - here == set(ABSENT)
    assert all(len(why) > len("later") for why in ABSENT.values())


def is_test(folder: Path, shown: str) -> bool:
    """Whether a file below `folder` has that test."""
    path, function = shown.split("::")
    tree = ast.parse((folder / path).read_text(encoding="utf-8"))
    return function in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_hostile_is_tested(what: str) -> None:
    assert all(is_test(Path(__file__).parent, shown) for shown in HOSTILE[what])


@pytest.mark.parametrize(("module", "name", "shown"), ROWS)
def test_every_row_has_a_test(module: str, name: str, shown: str) -> None:
    """The test is there; a run of an example is one on every target that it is for."""
    if "::" in shown:
        assert is_test(ROOT, shown)
        return
    path, run = shown.rsplit("-", 1)
    runs = {one.name: one for one in example_runs(ROOT / path)}
    assert any(runs[run].is_for(target) for target in catalog.targets(catalog.share()))
