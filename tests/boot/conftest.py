"""The spt tender and images in C, compiled once for all tests of this folder."""

from __future__ import annotations

import pytest

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


@pytest.fixture(scope="session")
def virtio(tmp_path_factory: pytest.TempPathFactory) -> Virtio:
    """C programs as virtio images."""
    return Virtio(tmp_path_factory.mktemp("virtio"), "virtio")
