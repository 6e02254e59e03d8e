"""Asking compilers and linkers who they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from mirage_py.lock import compiler_command, toolchain
from mirage_py.lock.errors import BadCompiler
from mirage_py.support.errors import ToolMissing


@pytest.fixture
def compiler(tmp_path, monkeypatch):
    """Puts a compiler of our own, and nothing else, on PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def install(name: str, says: str) -> Path:
        path = folder / name
        linker = folder / "ld.own"
        linker.write_text("#!/bin/sh\necho 'GNU ld (Own) 3.0'\necho more\n")
        path.write_text(
            f'#!/bin/sh\ncase "$*" in *-print-prog-name=ld) echo {linker};;'
            f' *--version) echo \'{says}\' "$(basename "$0")"; echo more;; esac\n'.replace(
                '"$(basename "$0")"', ""
            )
        )
        path.chmod(0o755)
        linker.chmod(0o755)
        return path

    return install


def test_of_this_machine():
    here = toolchain()
    assert here.compiler
    assert "\n" not in here.compiler
    assert "ld" in here.linker or "LLD" in here.linker


def test_first_lines(compiler):
    compiler("cc", "cc (Debian 12.2.0-14) 12.2.0")
    here = toolchain()
    assert here.compiler == "gcc (Debian 12.2.0-14) 12.2.0"
    assert here.linker == "GNU ld (Own) 3.0"


@pytest.mark.parametrize("name", ["cc", "gcc", "x86_64-linux-gnu-gcc-12"])
def test_one_gcc_under_any_name(compiler, monkeypatch, name):
    path = compiler(name, f"{name} (Debian 12.2.0-14) 12.2.0")
    monkeypatch.setenv("MIRAGE_PY_CC", str(path))
    assert toolchain().compiler == "gcc (Debian 12.2.0-14) 12.2.0"


def test_clang_keeps_its_own_words(compiler):
    compiler("cc", "Debian clang version 14.0.6")
    assert toolchain().compiler == "Debian clang version 14.0.6"


def test_cc_before_gcc(compiler):
    compiler("gcc", "gcc (One) 1")
    assert compiler_command() == ["gcc"]
    compiler("cc", "cc (Two) 2")
    assert compiler_command() == ["cc"]


def test_the_chosen_one_may_have_arguments(compiler, monkeypatch):
    compiler("ccache", "cc (Cached) 1")
    monkeypatch.setenv("MIRAGE_PY_CC", "ccache 'my gcc' -m64")
    assert compiler_command() == ["ccache", "my gcc", "-m64"]
    assert toolchain().compiler == "cc (Cached) 1"


def test_none(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissing) as caught:
        toolchain()
    text = caught.value.render()
    assert "`gcc` is needed to compile the guest and was not found" in text
    assert "hint: `apt-get install gcc`, or name a C compiler with MIRAGE_PY_CC" in text


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("gcc '", "no closing quotation"),
        ("true", "asked for its linker, it names none"),
        ("echo -x", "asked for its linker, it names none"),
    ],
)
def test_the_chosen_one_is_no_compiler(monkeypatch, command, why):
    monkeypatch.setenv("MIRAGE_PY_CC", command)
    with pytest.raises(BadCompiler) as caught:
        toolchain()
    assert caught.value.message == f"`{command}` is not the command of a C compiler: {why}"


def test_the_chosen_one_is_absent(monkeypatch):
    monkeypatch.setenv("MIRAGE_PY_CC", "no-such-compiler")
    with pytest.raises(ToolMissing, match="`no-such-compiler` is needed"):
        toolchain()
