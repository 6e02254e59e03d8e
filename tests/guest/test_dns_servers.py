"""The guest's order of name servers in CPython, by a clock that the test moves."""

from __future__ import annotations

import pytest

from tests.support.guest_module import load


def test_who_was_silent_is_asked_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until it answers, or for a minute; those that were silent keep their order."""
    servers = load("dns", "servers")
    now = 1000
    monkeypatch.setattr(servers.time, "ticks_ms", lambda: now, raising=False)
    monkeypatch.setattr(servers.time, "ticks_diff", lambda one, other: one - other, raising=False)
    one, two, three = servers.servers_of("10.0.0.1,10.0.0.2,10.0.0.3")
    silence = servers.Silence()
    assert silence.last([one, two, three]) == [one, two, three]
    silence.note(two)
    now = 30_000
    silence.note(servers.servers_of("10.0.0.1")[0])  # it is known by its address
    assert silence.last([one, two, three]) == [three, one, two]
    now = 61_000
    assert silence.last([one, two, three]) == [two, three, one]
    silence.forget(one)
    assert silence.last([one, two, three]) == [one, two, three]
