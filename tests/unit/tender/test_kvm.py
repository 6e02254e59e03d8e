"""Whether KVM works: asked of the environment, else tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from mirage_py.tender import kvm


@pytest.fixture(autouse=True)
def not_tried_before(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(kvm.OVERRIDE, raising=False)
    kvm.tried_once.cache_clear()
    yield
    kvm.tried_once.cache_clear()


@pytest.mark.parametrize(("value", "works"), [("1", True), ("0", False)])
def test_environment(monkeypatch: pytest.MonkeyPatch, value: str, works: bool) -> None:
    monkeypatch.setattr(kvm, "DEVICE", Path("/none"))
    monkeypatch.setenv(kvm.OVERRIDE, value)
    assert kvm.works() is works


def test_no_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kvm, "DEVICE", Path("/none"))
    assert not kvm.works()


def test_a_device_of_another_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kvm, "DEVICE", Path("/dev/null"))
    assert not kvm.works()


def test_it_can_be_tried_on_any_machine() -> None:
    """Whatever is true here; what it must say where, tests/boot/test_virtio_kvm.py knows."""
    assert kvm.works() in {True, False}
