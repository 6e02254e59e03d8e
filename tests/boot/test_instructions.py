"""What a start costs: instructions are counted, because unlike times they are the same each run.

A start that does work in proportion to the memory it is given (clearing it, building tables of it)
is what these tests would catch.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mirage_py import catalog
from mirage_py.tender.choose import choose
from tests.support.instructions import Counter, Counts, entry_of
from tests.support.programs import cc
from tests.support.spt import Spt
from tests.support.unikernel import Unikernels

PRINTER = {
    "config.py": """\
from mirage_py import *
register("printer", [main("unikernel.start", job)])
""",
    "unikernel.py": """\
def start():
    print("Hello")
""",
}
TAKING = {
    "config.py": """\
from mirage_py import *
port = runtime_arg("--port", type=int, default=8080)
register("printer", [main("unikernel.start", job, args=[port])])
""",
    "unikernel.py": """\
def start(port):
    print("Hello")
""",
}
ADDING = {
    "config.py": PRINTER["config.py"],
    "unikernel.py": """\
from mirage import args
port = args.add("--port", type=int, default=8080)
def start():
    port()
    print("Hello")
""",
}
MOST_OF_AN_ARGUMENT = 0.02
"""Of all instructions from the tender's first to the first `print`."""
MOST = 20_000
"""Instructions from the guest's entry to the first `print`; measured: 16,700."""

Start = Callable[[int], Counts]


@pytest.fixture(scope="session")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Counter:
    """The program that counts instructions."""
    return Counter.build(tmp_path_factory.mktemp("counter"))


@pytest.fixture
def start(counter: Counter, unikernels: Unikernels) -> Start:
    """Counts a start of the printer with this many megabytes of memory."""
    image = unikernels.build(PRINTER, "spt").path
    tender = choose(catalog.targets(catalog.share())["spt"], None)

    def count(mem: int) -> Counts:
        counts = counter.count([tender, f"--mem={mem}", image], entry=entry_of(image))
        assert counts.status == 0
        return counts

    return count


def test_start_does_not_depend_on_memory(start: Start) -> None:
    """From the guest's entry to the first `print` in `start`: less than 5 % apart."""
    small, large = start(2).start, start(512).start
    assert abs(large - small) < 0.05 * small, (small, large)


def test_start_is_short(start: Start) -> None:
    assert 1_000 < start(2).start < MOST


def test_arguments_cost_little(counter: Counter, unikernels: Unikernels) -> None:
    """An argument of config.py, the same given, and one of a module: 1,000, 1,875 and 1,175 more
    than 76,000."""
    tender = choose(catalog.targets(catalog.share())["spt"], None)

    def count(files: dict[str, str], *arguments: str) -> Counts:
        image = unikernels.build(files, "spt").path
        argv = [tender, "--mem=2", image, *arguments]
        return counter.count(argv, entry=entry_of(image))

    without = count(PRINTER)
    most = MOST_OF_AN_ARGUMENT * (without.before + without.start)
    assert 0 < count(TAKING).start - without.start < most
    assert 0 < count(TAKING, "--port=70").start - without.start < 2 * most
    assert 0 < count(ADDING).start - without.start < most


def test_counter(counter: Counter, spt_tender: Spt) -> None:
    """A thousand more rounds of two instructions are two thousand more."""
    fewer, more = (counter.count(looping(spt_tender, rounds)) for rounds in (1000, 2000))
    assert fewer.status == more.status == 0
    assert more.total - fewer.total == 2000


def looping(spt: Spt, rounds: int) -> list[Path]:
    """A program whose loop takes two instructions a round."""
    source, program = spt.root / f"loop{rounds}.c", spt.root / f"loop{rounds}"
    source.write_text(f"""\
int main(void)
{{
    unsigned long rounds = {rounds};
    __asm__ volatile("1: dec %0\\n\\tjnz 1b" : "+r"(rounds));
    return 0;
}}
""")
    cc("-static", "-no-pie", source, "-o", program)
    return [program]
