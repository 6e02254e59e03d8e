"""`doctor`, on machines where something is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mirage_py.cli.app import main
from mirage_py.support.errors import MirageError
from mirage_py.tender import kvm

pytestmark = pytest.mark.usefixtures("house")
Output = pytest.CaptureFixture[str]


def test_doctor_tells_the_rest_where_one_thing_is_broken(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    def choose(*_: object) -> None:
        raise MirageError("the machine's program is absent", hint="install it")

    monkeypatch.setattr("mirage_py.tender.choose.choose", choose)
    main(["doctor"])
    out = capsys.readouterr().out
    assert "absent:  tender for spt, runs images of spt\n    install it\n" in out
    assert "cache, keeps sources" in out


def test_doctor_tells_what_draws(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    main(["doctor"])
    assert "absent:  dot, draws `describe --svg`\n    install `graphviz`" in capsys.readouterr().out


def test_doctor_looks_whether_the_cache_can_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    (tmp_path / "file").write_text("in the way")
    for place in ("file", "file/below"):
        monkeypatch.setenv("MIRAGE_PY_CACHE", str(tmp_path / place))
        assert main(["doctor"]) == 1
        out = capsys.readouterr().out
        assert f"    {tmp_path}/file is no folder: choose another place with MIRAGE_PY_C" in out


def test_doctor_tries_kvm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """A device that can be opened is none that works."""
    (tmp_path / "kvm").write_bytes(b"")
    monkeypatch.setattr(kvm, "DEVICE", tmp_path / "kvm")
    monkeypatch.delenv(kvm.OVERRIDE, raising=False)
    kvm.tried_once.cache_clear()
    try:
        main(["doctor"])
    finally:
        kvm.tried_once.cache_clear()
    out = capsys.readouterr().out
    assert f"absent:  KVM, runs images of hvt\n    {tmp_path}/kvm runs no code here" in out
    monkeypatch.setenv(kvm.OVERRIDE, "1")
    main(["doctor"])
    assert "ok       KVM, runs images of hvt: " in capsys.readouterr().out


def test_doctor_does_not_take_any_program_for_a_compiler(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    for command, says in (
        ("/bin/true", "is not the command of a C compiler"),
        ("/bin/false", "it is broken"),
        (f"{tmp_path}/nothing", "name a C compiler with MIRAGE_PY_CC"),
    ):
        monkeypatch.setenv("MIRAGE_PY_CC", command)
        assert main(["doctor"]) == 1
        out = capsys.readouterr().out
        assert re.search(rf"^missing: \S+, compiles the guest\n    .*{says}", out, re.MULTILINE)
