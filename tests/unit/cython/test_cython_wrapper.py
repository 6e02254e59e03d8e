"""The Python side of native modules: probe.pyx beside this file, in a MicroPython on the host."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from mirage_py.cython import Mode
from tests.support.freestanding import Host, translate
from tests.support.micropython_host import MicroPython

PROBE = Path(__file__).with_name("probe.pyx")
FAILING = """\
cdef int tries = 0
cdef int attempt() except -1:
    global tries
    tries += 1
    if tries < 3:
        raise ValueError("not yet")
    return 0
attempt()
cpdef int count() noexcept:
    return tries
"""


@pytest.fixture(scope="module")
def micropython(tmp_path_factory: pytest.TempPathFactory, host: Host) -> MicroPython:
    """MicroPython with the modules `probe` and `failing`."""
    folder = tmp_path_factory.mktemp("micropython")
    failing = folder / "failing.pyx"
    failing.write_text(FAILING)
    modules = [translate(source, Mode.MODULE, folder / "made") for source in (PROBE, failing)]
    return MicroPython(folder, modules, host.support())


def output(micropython: MicroPython, body: str) -> list[str]:
    """What a script prints, in which `p` is the module and `no(f, …)` prints an exception."""
    script = """\
        import probe as p
        from array import array
        def no(f, *args):
            try:
                print("returned", f(*args))
            except Exception as error:
                print(type(error).__name__, error)
    """
    ran = micropython.run(dedent(script) + dedent(body))
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout + ran.stderr
    return ran.stdout.splitlines()


INTEGERS = {
    "i8": (-(2**7), 2**7 - 1),
    "u8": (0, 2**8 - 1),
    "i16": (-(2**15), 2**15 - 1),
    "port": (0, 2**16 - 1),
    "i32": (-(2**31), 2**31 - 1),
    "u32": (0, 2**32 - 1),
    "i64": (-(2**63), 2**63 - 1),
    "u64": (0, 2**64 - 1),
    "size": (0, 2**64 - 1),
    "enumerated": (0, 2**32 - 1),
}


@pytest.mark.parametrize("name", INTEGERS)
def test_integers(name: str, micropython: MicroPython) -> None:
    """Both ends of each C type's range come back; one further is an OverflowError."""
    low, high = INTEGERS[name]
    body = f"""
        for value in ({low}, {high}, 1, True):
            print(p.{name}(value) == value)
        no(p.{name}, {low - 1})
        no(p.{name}, {high + 1})
        no(p.{name}, 2**200)
        no(p.{name}, -2**200)
        no(p.{name}, 1.0)
        no(p.{name}, "1")
        no(p.{name}, None)
    """
    lines = output(micropython, body)
    assert lines[:4] == ["True"] * 4
    assert [line.split()[0] for line in lines[4:]] == ["OverflowError"] * 4 + ["TypeError"] * 3


def test_bool_float_text_object(micropython: MicroPython) -> None:
    lines = output(micropython, """
        print(p.negated([]), p.negated(3), p.f64(0.1), p.f64(3), p.f32(0.5), p.f32(0.1) == 0.1)
        no(p.f64, "x")
        print(p.text("caf\\u00e9"), p.text(b"bytes"), p.text("-"), p.text("") == "")
        no(p.text, "a\\0b")
        no(p.text, 3)
        thing = {}
        print(p.same(thing) is thing, p.same(None), p.nothing(), p.unset())
    """)  # fmt: skip
    assert lines == [
        "True False 0.1 3.0 0.5 False",
        "TypeError can't convert str to float",
        "café bytes None True",
        "ValueError embedded null character",
        "TypeError can't convert 'int' object to str implicitly",
        "True None None None",
    ]


def test_buffers(micropython: MicroPython) -> None:
    lines = output(micropython, """
        data = bytearray(b"\\x00\\x01\\xff")
        p.invert(data)
        print(data, p.total(data), p.total(b"abc"), p.total(b""), p.total(memoryview(data)[1:]))
        print(p.total(array("b", [1, 2])))
        no(p.total, "text")
        no(p.invert, b"const")
        no(p.invert, memoryview(b"const"))
        no(p.total, 3)
        no(p.total, array("H", [1]))
        words = array("I", [1, 2, 0x80000000])
        p.double32(words)
        print(words, p.sum16(array("h", [-1, 5])), p.mean(array("d", [1, 2])))
        p.double32(memoryview(words)[1:])
        print(words)
        no(p.double32, array("i", [1]))
        no(p.double32, bytearray(8))
        no(p.sum16, array("H", [1]))
        no(p.sum16, array("O", []))
        no(p.mean, array("f", [1]))
        no(p.mean, array("d"))
    """)  # fmt: skip
    assert lines == [
        "bytearray(b'\\xff\\xfe\\x00') 509 294 0 254",
        "3",
        "TypeError a bytes-like object is required, not 'str'",
        "ValueError buffer source array is read-only",
        "ValueError buffer source array is read-only",
        "TypeError a bytes-like object is required, not 'int'",
        "ValueError buffer needs items of 8 unsigned bits",
        "array('I', [2, 4, 0]) 4 1.5",
        "array('I', [2, 8, 0])",
        "ValueError buffer needs items of 32 unsigned bits",
        "ValueError buffer needs items of 32 unsigned bits",
        "ValueError buffer needs items of 16 signed bits",
        "ValueError buffer needs items of 16 signed bits",
        "ValueError buffer needs items of 64 floating bits",
        "ValueError mean of nothing",
    ]


def test_arguments(micropython: MicroPython) -> None:
    lines = output(micropython, """
        print(p.optional(1), p.optional(1, 2), p.optional(1, 2, 3), p.four(1, 2, 3, 4))
        no(p.optional)
        no(p.optional, 1, 2, 3, 4)
        no(p.four, 1, 2, 3)
        no(p.i8)
        no(lambda: p.optional(a=1))
    """)  # fmt: skip
    assert lines[0] == "111 103 6 1234"
    assert [line.split()[0] for line in lines[1:]] == ["TypeError"] * 5


def test_errors(micropython: MicroPython) -> None:
    """Each raise is its Python exception; afterwards the module works as before."""
    lines = output(micropython, """
        for n in range(5):
            no(p.failing, n)
        print(p.minus_one(), p.floor_div(-7, 2))
        no(p.floor_div, 1, 0)
        no(p.at, b"abc", 3)
        print(p.at(b"abc", -1), p.minus_one())
    """)  # fmt: skip
    assert lines == [
        "returned None",
        "KeyError ",
        "OSError [Errno 28] No space left on device",
        "AssertionError not three",
        "NotImplementedError later",
        "-1 -4",
        "ZeroDivisionError integer division or modulo by zero",
        "IndexError buffer index out of range",
        "99 -1",
    ]


def test_traceback_names_each_line(micropython: MicroPython) -> None:
    source = PROBE.read_text().splitlines()
    raised = source.index('        raise RuntimeError("bottom")') + 1
    again = source.index("    return deeper(n - 1)") + 1
    outer = source.index("    return deeper(n)") + 1
    ran = micropython.run("import probe\ndef f():\n    probe.deep(1)\nf()\n")
    assert ran.stdout.splitlines() == [
        "Traceback (most recent call last):",
        '  File "<stdin>", line 4, in <module>',
        '  File "<stdin>", line 3, in f',
        f'  File "probe.pyx", line {outer}, in deep',
        f'  File "probe.pyx", line {again}, in deeper',
        f'  File "probe.pyx", line {raised}, in deeper',
        "RuntimeError: bottom",
    ]


def test_deep_recursion_keeps_innermost_frames(micropython: MicroPython) -> None:
    """Eight of them, of which those that are the same line are counted."""
    ran = micropython.run("import probe\nprobe.deep(100)\n")
    lines = ran.stdout.splitlines()
    assert lines[-1] == "RuntimeError: bottom"
    assert "  [Previous line repeated 4 more times]" in lines
    assert len([line for line in lines if "probe.pyx" in line]) + 4 == 8


def test_functions_have_names(micropython: MicroPython) -> None:
    lines = output(micropython, "print(p.total, p.total.__name__, p.deep.__name__)\n")
    assert lines == ["<built-in function total> total deep"]


def test_module_runs_once(micropython: MicroPython) -> None:
    lines = output(micropython, """
        import sys
        import probe
        from probe import imported
        print(p.square(7), imported(), p.__name__)
        p.__init__()
        print(imported())
        no(p.square, 8)
    """)  # fmt: skip
    assert lines == ["49 1 probe", "1", "IndexError no such square"]


def test_import_that_raises(micropython: MicroPython) -> None:
    """The module's own statements are in the traceback; the next import runs them again."""
    ran = micropython.run("import failing\n")
    assert ran.stdout.splitlines() == [
        "Traceback (most recent call last):",
        '  File "<stdin>", line 1, in <module>',
        '  File "failing.pyx", line 8, in <module>',
        '  File "failing.pyx", line 6, in attempt',
        "ValueError: not yet",
    ]
    script = """
        for n in range(4):
            try:
                import failing
                print(failing.count())
            except ValueError as error:
                print(error)
    """
    assert output(micropython, script) == ["not yet", "not yet", "3", "3"]
