"""The spt tender and images in C, compiled once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz.link import Link, build
from tests.support.spt import Spt
from tests.support.unix import Unix
from tests.support.virtio import Virtio


@pytest.fixture(scope="session")
def spt_tender(tmp_path_factory: pytest.TempPathFactory) -> Spt:
    """C programs as spt images, run in our tender."""
    return Spt.below(tmp_path_factory.mktemp("spt"))


@pytest.fixture(scope="session")
def checked_tender(tmp_path_factory: pytest.TempPathFactory) -> Spt:
    """The same with a tender that notices its own mistakes: out of bounds, undefined, overflow."""
    flags = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g")
    return Spt.below(tmp_path_factory.mktemp("spt-checked"), *flags)


@pytest.fixture(scope="session")
def unix(tmp_path_factory: pytest.TempPathFactory) -> Unix:
    """C programs as unix images."""
    return Unix(tmp_path_factory.mktemp("unix"), "unix")


@pytest.fixture(params=["spt", "unix"])
def process(request: pytest.FixtureRequest) -> Spt | Unix:
    """C programs that are processes of Linux, in our tender or by themselves."""
    made: Spt | Unix = request.getfixturevalue({"spt": "spt_tender"}.get(request.param, "unix"))
    return made


@pytest.fixture(scope="session")
def virtio(tmp_path_factory: pytest.TempPathFactory) -> Virtio:
    """C programs as virtio images."""
    return Virtio(tmp_path_factory.mktemp("virtio"), "virtio")


@pytest.fixture(scope="session")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The image of tests/fuzz, with sanitizers."""
    return build(tmp_path_factory.mktemp("fuzzed"))


@pytest.fixture
def link(fuzzed: Path) -> Iterator[Link]:
    """The same, running."""
    with Link(fuzzed) as started:
        yield started
