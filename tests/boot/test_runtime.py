"""The interpreter inside an image: what it can, and how it ends when it cannot."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import textwrap
from pathlib import Path

import pytest

from mirage_py import catalog
from mirage_py.graph.names import GUEST_MODULES
from mirage_py.tender.choose import choose
from tests.support.unikernel import Built, Unikernels

CONFIG = """\
from mirage_py import *
register("t", [main("unikernel.start", job)]{extra})
"""


@pytest.fixture
def spt(unikernels: Unikernels):
    def build(body: str, *, extra: str = "", **files: str) -> Built:
        sources = {
            "config.py": CONFIG.format(extra=extra),
            "unikernel.py": textwrap.dedent(body),
            **{f"{name}.py": textwrap.dedent(text) for name, text in files.items()},
        }
        return unikernels.build(sources, "spt")

    return build


def test_areas_of_the_heap_stay(spt) -> None:
    """What was full and is empty again is there for what comes next, however often."""
    ran = spt("""
        import gc

        def start():
            for _ in range(20):
                kept = [bytes(40_000) for _ in range(100)]
                kept = None
                gc.collect()
            print(gc.mem_free() > 4_000_000)
        """).run(mem=16)
    assert (ran.status, ran.lines) == (0, ["True"]), ran


def test_library(spt) -> None:
    """One use of each module that the runtime promises."""
    ran = spt("""
        import array, asyncio, binascii, cmath, collections, deflate, errno, gc, hashlib, heapq
        import io, json, math, micropython, random, re, select, struct, sys, time, uctypes

        def start():
            print(2**100, 1 / 3, 10**30 // 7, math.sqrt(2), round(cmath.phase(-1j), 6))
            print(json.loads(json.dumps({"a": [1, None, 2.5]})))
            print(re.match(r"(\\w+)-(\\d+)", "abc-42").groups())
            print(struct.unpack("<HI", struct.pack("<HI", 1, 70000)))
            print(binascii.hexlify(hashlib.sha256(b"abc").digest()).decode())
            packed = io.BytesIO()
            with deflate.DeflateIO(packed, deflate.ZLIB) as stream:
                stream.write(b"x" * 1000)
            print(len(deflate.DeflateIO(io.BytesIO(packed.getvalue())).read()))
            heap = [3, 1, 2]
            heapq.heapify(heap)
            print(heapq.heappop(heap), collections.namedtuple("P", "x y")(1, 2), errno.ENOENT)
            print(len({random.getrandbits(30) for _ in range(8)}) > 1)
            print(time.gmtime(86400 * 365)[:3], array.array("i", [1, 2]), sys.platform)
        """).run(mem=2)
    assert ran.status == 0, ran
    assert ran.lines == [
        f"{2**100} {1 / 3} {10**30 // 7} 1.4142135623730951 -1.570796",
        "{'a': [1, None, 2.5]}",
        "('abc', '42')",
        "(1, 70000)",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "1000",
        "1 P(x=1, y=2) 2",
        "True",
        "(1971, 1, 1) array('i', [1, 2]) mirage",
    ]


def test_uncaught_exception(spt) -> None:
    ran = spt("""
        import other

        def start():
            other.fail({"a": 1})
        """, other="""
        def fail(table):
            return table["b"]
        """).run()  # fmt: skip
    assert ran.status == 1
    assert ran.lines[0] == "Traceback (most recent call last):"
    assert '  File "unikernel.py", line 5, in start' in ran.lines
    assert '  File "other.py", line 3, in fail' in ran.lines
    assert ran.lines[-1] == "KeyError: 'b'"


@pytest.mark.parametrize(
    ("call", "status", "printed"),
    [
        ("", 0, []),
        ("0", 0, []),
        ("7", 7, []),
        ("255", 255, []),
        ("300", 44, []),  # eight bits, as those of a process
        ("True", 1, []),
        ("(1 << 70) + 3", 3, []),
        ('"no"', 1, ["no"]),
    ],
)
def test_sys_exit(spt, call: str, status: int, printed: list[str]) -> None:
    ran = spt(f"""
        import sys

        def start():
            sys.exit({call})
        """).run()
    assert (ran.status, ran.lines) == (status, printed)


def test_float_constants(spt) -> None:
    """A constant in frozen code is the number that CPython reads, or the next:
    how MicroPython reads digits may be off by one in the last place."""
    texts = [
        "1e39", "-1e300", "1.0000000000000002", "0.30000000000000004", "5e-324", "0.1",
        "2.2250738585072014e-308", "1.7976931348623157e308", "1e400", "-0.0", "3.141592653589793",
    ]  # fmt: skip
    ran = spt(f"""
        import struct

        def start():
            for number in ({", ".join(texts)}):
                print(struct.unpack("<q", struct.pack("<d", number))[0])
            print(1.5e300, 2.5j)
        """).run()
    *bits, last = ran.lines
    expected = [struct.unpack("<q", struct.pack("<d", float(text)))[0] for text in texts]
    assert all(abs(int(a) - b) <= 1 for a, b in zip(bits, expected, strict=True)), ran
    assert int(bits[2]) == expected[2] != struct.unpack("<q", struct.pack("<d", 1.0))[0]
    assert last == "1.5e+300 2.5j"


def test_recursion(spt) -> None:
    """A stack of the size that was asked for, even of the least that an image has which asks for
    none; its end is an exception that can be caught."""
    source = """
        def depth(n=0):
            try:
                return depth(n + 1)
            except RecursionError as error:
                return n

        class Called:
            def of(self):
                pass

        def bound(call):
            for _ in range(50_000):
                call = type(Called().of)(call, None)
            return call

        def start():
            assert issubclass(RecursionError, RuntimeError)
            print(depth())
            Called.__call__ = Called()
            for call in (Called(), bound(print)):
                try:
                    call()
                except RecursionError:
                    continue
                print("called to the end")
            def forever():
                forever()
            forever()
        """
    sizes = 65536, 131072, 262144
    small, least, large = (spt(source, extra=f", stack={size}").run() for size in sizes)
    assert small.status == large.status == 1
    assert small.lines[-1] == "RecursionError: maximum recursion depth exceeded"
    line = '  File "unikernel.py", line 28, in forever'
    assert small.lines[-5:-2] == [line] * 3
    assert re.fullmatch(r"  \[Previous line repeated \d+ more times\]", small.lines[-2])
    assert 1.5 < int(least.lines[0]) / int(small.lines[0]) < 3
    assert 3 < int(large.lines[0]) / int(small.lines[0]) < 6


def test_memory(spt) -> None:
    """The heap's end can be caught; uncaught, a line says what there was and what helps."""
    image = spt("""
        import io

        def far(file, what):
            file.seek(1 << 40)
            file.write(what)

        def start():
            for fill in (
                lambda: bytearray(1 << 30),
                lambda: far(io.BytesIO(), b"x"),
                lambda: far(io.StringIO(), "x"),
            ):
                try:
                    fill()
                except MemoryError:
                    print("caught")
            kept = []
            while True:
                kept.append(bytearray(1000))
        """)
    for mem in (2, 16):
        ran = image.run(mem=mem)
        assert ran.status == 1
        assert ran.lines[:3] == ["caught"] * 3
        line = ran.lines[-1].split()
        assert ran.lines[-1].startswith("mirage: heap: out of memory: ")
        assert ran.lines[-1].endswith("give more with --mem=N")
        heap, live, largest = int(line[5]), int(line[9]), int(line[14].rstrip(";"))
        assert mem - 2 < heap / 2**20 < mem
        assert heap * 0.8 < live < heap
        assert largest < 4096


def test_all_memory_is_used(spt) -> None:
    """One allocation of most of the memory works: the heap is one region, not many small ones."""
    ran = spt("""
        def start():
            print(len(bytearray(10 << 20)))
        """).run(mem=16)
    assert (ran.status, ran.lines) == (0, [str(10 << 20)])


def test_long_list_in_a_source(spt) -> None:
    """A function's stack may have more entries than 16 bits count."""
    ran = spt(f"""
        def start():
            print(sum([{"1," * 70_000}]))
        """).run(mem=16)
    assert (ran.status, ran.lines) == (0, ["70000"])


def test_crowded_heap_grows(spt) -> None:
    """After a collection at most half of the heap is live, as long as there is memory."""
    image = spt("""
        import gc

        def start():
            kept = [bytearray(1000) for _ in range(80)]
            gc.collect()
            print(gc.mem_alloc() <= gc.mem_free(), len(kept))
        """)
    assert image.run(mem=16).lines == ["True 80"]
    assert image.run(mem=16, args=["--heap-size=128k"]).lines == ["False 80"]


def test_asyncio(spt) -> None:
    ran = spt("""
        import asyncio, time

        async def tick(name, ms, times):
            due = before
            for _ in range(times):
                due = time.ticks_add(due, ms)  # which a busy host does not put off
                await asyncio.sleep_ms(time.ticks_diff(due, time.ticks_ms()))
                print(name)

        async def start():
            global before
            before = time.ticks_ms()
            await asyncio.gather(tick("a", 100, 3), tick("b", 160, 1))
            try:
                await asyncio.wait_for(tick("c", 10_000, 1), 0.05)
            except asyncio.TimeoutError:
                print("timeout")
            print(350 <= time.ticks_diff(time.ticks_ms(), before) < 10_000)
        """).run()
    assert (ran.status, ran.lines) == (0, ["a", "b", "a", "a", "timeout", "True"]), ran


def test_asyncio_deadlines(spt) -> None:
    """A sleep ends, and not too early, while there is always another task to run, whether those
    take next to no time or milliseconds of C code."""
    ran = spt("""
        import asyncio, hashlib, time

        async def turns(work):
            while True:
                if work:
                    hashlib.sha256(work)
                await asyncio.sleep(0)

        async def start():
            for work in (b"", bytes(100_000)):
                tasks = [asyncio.create_task(turns(work)) for _ in range(3)]
                before = time.ticks_us()
                await asyncio.sleep_ms(50)
                took = time.ticks_diff(time.ticks_us(), before)
                # The clock that counts milliseconds has counted 50.
                print(49_000 <= took < 5_000_000 or took)
                for task in tasks:
                    task.cancel()
        """).run()
    assert (ran.status, ran.lines) == (0, ["True", "True"]), ran


def test_sleep_does_not_spin(spt) -> None:
    """A second of sleep takes next to no processor time; the tender's is the image's."""
    image = spt("""
        import asyncio

        async def start():
            await asyncio.sleep(1.5)
        """)
    tender = choose(catalog.targets(catalog.share())["spt"], None)
    child = subprocess.Popen([tender, "--mem=16", image.path])
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    assert used.ru_utime + used.ru_stime < 0.5


def test_failing_task_of_a_job(spt) -> None:
    ran = spt("""
        async def start():
            raise ValueError("no")
        """).run()
    assert ran.status == 1
    assert ran.lines[-1] == "ValueError: no"


def test_open_without_files(spt) -> None:
    ran = spt("""
        def start():
            open("/etc/passwd")
        """).run()
    assert ran.status == 1
    assert ran.lines[-1] == "OSError: [Errno 2] No such file or directory: '/etc/passwd'"


def test_deadlock(spt) -> None:
    """A program that nothing can wake ends, and not as if it had succeeded."""
    ran = spt("""
        import asyncio

        async def start():
            await asyncio.Event().wait()
        """).run()
    assert ran.status == 1
    assert ran.lines[-1] == "RuntimeError: every task waits for another: nothing can wake them"


def test_names_of_the_guest_modules(spt) -> None:
    """The names that configure knows are those that the interpreter has."""
    image = spt("def start(): pass")
    text = (image.folder / "_build" / "spt" / "meson.build").read_text(encoding="utf-8")
    runtime = Path(re.search(r"^runtime = '(.*)'$", text, re.MULTILINE)[1])
    table = (runtime / "build" / "genhdr" / "moduledefs.h").read_text(encoding="utf-8")
    has = set(re.findall(r"MP_ROM_QSTR\(MP_QSTR_(\w+)\)", table)) | {"asyncio"}
    only_with_vfs = {"os", "vfs"}
    of_our_own = {
        "__main__", "_args", "_asyncio", "_bound", "_frames", "_hashes", "_hooks", "_math",
        "_mersenne", "_more", "_pcre", "_plain_json", "_unicodedata", "_weak", "_zlib",
    }  # fmt: skip
    assert has - of_our_own == GUEST_MODULES - only_with_vfs
