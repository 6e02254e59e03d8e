"""Native modules beside C, MicroPython and CPython: the kernels of examples/beyond/cython.

python -m tests.bench.native
"""

from __future__ import annotations

import importlib.machinery
import json
import re
import subprocess
import sys
import sysconfig
import tempfile
from collections import Counter
from pathlib import Path

from tests.bench.programs import build
from tests.bench.report import Figure, goals, table
from tests.support.unikernel import mirage_py

EXAMPLE = Path(__file__).parents[2] / "examples" / "beyond" / "cython"
CONFIG = """\
from mirage_py import *
register("native", [main("unikernel.start", job, c_sources=["kernels.c"])])
"""
C = """\
#include "kernels.h"

void render_c(unsigned char *picture, int width, int height, int most)
{
    for (int row = 0; row < height; row++) {
        double imaginary = 2.4 * row / height - 1.2;
        for (int column = 0; column < width; column++) {
            double real = 3.2 * column / width - 2.3, x = 0, y = 0;
            int steps = 0;
            while (steps < most && x * x + y * y < 4) {
                double next = x * x - y * y + real;
                y = 2 * x * y + imaginary;
                x = next;
                steps++;
            }
            picture[row * width + column] = (unsigned char)steps;
        }
    }
}

unsigned crc32_c(const unsigned *table, const unsigned char *data, size_t size)
{
    unsigned crc = ~0u;
    for (size_t i = 0; i < size; i++) {
        crc = table[(crc ^ data[i]) & 0xFF] ^ (crc >> 8);
    }
    return ~crc;
}
"""
HEADER = """\
#include <stddef.h>
void render_c(unsigned char *picture, int width, int height, int most);
unsigned crc32_c(const unsigned *table, const unsigned char *data, size_t size);
"""
KERNELS = """\
cdef extern from "kernels.h" nogil:
    void render_c(unsigned char *picture, int width, int height, int most)
    unsigned int crc32_c(const unsigned int *table, const unsigned char *data, size_t size)

cdef unsigned int[256] table

cdef void fill() noexcept:
    cdef unsigned int number, entry
    cdef int bit
    for number in range(256):
        entry = number
        for bit in range(8):
            entry = (0xEDB88320U if entry & 1 else 0) ^ (entry >> 1)
        table[number] = entry

fill()

cpdef void render(unsigned char[::1] picture, int width, int height, int most) noexcept:
    render_c(&picture[0], width, height, most)

cpdef unsigned int crc32(const unsigned char[::1] data) noexcept:
    return crc32_c(table, &data[0], data.shape[0])
"""
PROGRAM = """\
import slow
{imports}

SIZE, MOST = (160, 120), 255


def picture(render):
    points = bytearray(SIZE[0] * SIZE[1])
    render(points, SIZE[0], SIZE[1], MOST)
    return points


def took(function, *arguments):
    before = now()
    function(*arguments)
    return now() - before


def start():
    data = bytes(range(256)) * 256
    found = {{}}
    for turn in range(20):  # in turns: what else the machine does disturbs all of them
        for name, (pictures, sums), turns in {modules}:
            if turn < turns:
                times = [took(picture, pictures.render), took(sums.crc32, data)]
                found[name] = [min(pair) for pair in zip(times, found.get(name, times))]
    print(found)
"""
GUEST = """\
import crc
import kernels
import mandelbrot
import time

def now():
    return time.time_ns()
"""
HOST = """\
import crc
import mandelbrot
import time

now = time.perf_counter_ns
"""
HOST_MODULES = "[('CPython', (slow, slow), 5), ('CPython, Cython', (mandelbrot, crc), 20)]"
KERNELS_OF = {
    "render": ("render_c", "mandelbrot", "mulsd"),
    "crc32": ("crc32_c", "crc", "xor"),
}
"""Of each kernel: the function in C, the module in Cython, and an instruction of its inner loop."""
MOST = 1.05
"""The goal: of C's time."""
MODULES = (
    "[('C', (kernels, kernels), 20), ('Cython', (mandelbrot, crc), 20), "
    "('MicroPython', (slow, slow), 5)]"
)


def measure() -> tuple[dict[str, list[int]], dict[str, tuple[list[str], list[str]]]]:
    """Nanoseconds of the Mandelbrot set of 160 x 120 points and of the CRC of 64 KiB, by who
    computes them, the best of several runs; and the innermost loops, in C and in Cython."""
    with tempfile.TemporaryDirectory(prefix="mirage-py-bench.") as name:
        folder = Path(name) / "native"
        folder.mkdir()
        for file in ("crc.pyx", "mandelbrot.pyx", "slow.py"):
            (folder / file).write_text((EXAMPLE / file).read_text())
        (folder / "config.py").write_text(CONFIG)
        (folder / "kernels.c").write_text(C)
        (folder / "kernels.h").write_text(HEADER)
        (folder / "kernels.pyx").write_text(KERNELS)
        (folder / "unikernel.py").write_text(PROGRAM.format(imports=GUEST, modules=MODULES))
        image = build(folder)
        ran = mirage_py("run", "-q", "--mem=16", str(image), timeout=300)
        if ran.status:
            raise RuntimeError(ran.console + ran.messages)
        found: dict[str, list[int]] = json.loads(ran.console.replace("'", '"'))
        text = PROGRAM.format(imports=HOST, modules=HOST_MODULES)
        (folder / "unikernel.py").write_text(text)
        for module in ("mandelbrot", "crc"):
            extension(folder, module)
        argv = [sys.executable, "-c", "import unikernel; unikernel.start()"]
        host = subprocess.run(argv, cwd=folder, check=True, capture_output=True, text=True).stdout
        found |= json.loads(host.replace("'", '"'))
        return found, loops(folder / "_build" / "spt" / "build" / "native.elf")


def extension(folder: Path, name: str) -> None:
    """The same .pyx as an extension module of this Python, by Cython's own compiler."""
    made = folder / f"{name}{importlib.machinery.EXTENSION_SUFFIXES[0]}"
    quiet = ["-X", "show_performance_hints=False"]
    cython = [sys.executable, "-m", "cython", "-3", *quiet, f"{name}.pyx"]
    subprocess.run(cython, cwd=folder, check=True)
    subprocess.run(
        ["gcc", "-shared", "-fPIC", "-O3", "-fno-strict-aliasing", "-w",
         f"-I{sysconfig.get_path('include')}", f"{name}.c", "-o", made],
        cwd=folder, check=True,
    )  # fmt: skip


def loops(program: Path) -> dict[str, tuple[list[str], list[str]]]:
    """The instructions of each kernel's innermost loop, in C and in Cython."""
    argv = ["objdump", "-d", "--no-show-raw-insn", str(program)]
    listing = subprocess.run(argv, check=True, capture_output=True, text=True).stdout
    # Several modules have a function of one name.
    bodies = re.findall(r"^\w+ <(\w+)>:\n((?:.+\n)*)", listing, re.MULTILINE)
    found = {}
    for kernel, (c, module, marker) in KERNELS_OF.items():
        native = [
            body
            for name, body in bodies
            if name in {f"__pyx_f_{len(module)}{module}_{kernel}", f"wrap_{kernel}"}
        ]
        inner = [loop for body in native if (loop := innermost(body, marker))]
        found[kernel] = (innermost(dict(bodies)[c], marker), min(inner, key=len, default=[]))
    return found


def innermost(body: str, marker: str) -> list[str]:
    """The instructions of the shortest loop that has the instruction `marker`; none without one."""
    rows = re.findall(r"^\s*(\w+):\t(\w+)\s*(\w*)", body, re.MULTILINE)
    places = {int(at, 16): number for number, (at, _, _) in enumerate(rows)}
    found = []
    for number, (_, instruction, operand) in enumerate(rows):
        if instruction.startswith("j") and re.fullmatch("[0-9a-f]+", operand):
            begin = places.get(int(operand, 16), number)
            loop = [name for _, name, _ in rows[begin : number + 1]]
            if begin < number and marker in loop:
                found.append(loop)
    return min(found, key=len, default=[])


def compared(c: list[str], cython: list[str]) -> str:
    """How two loops differ, by the names of their instructions."""
    if c == cython:
        return "the same"
    more, fewer = Counter(cython) - Counter(c), Counter(c) - Counter(cython)
    if not more and not fewer:
        return "the same, in another order"
    told = [("more", more), ("fewer", fewer)]
    return "; ".join(f"{word}: {' '.join(each.elements())}" for word, each in told if each)


def main() -> None:
    found, inner = measure()
    base = found["C"]
    rows = [["Kernels", "Mandelbrot, us", "of C", "CRC, us", "of C"]]
    for name, times in found.items():
        pairs = zip(times, base, strict=True)
        cells = [(f"{took / 1000:,.0f}", f"{took / least:.2f}") for took, least in pairs]
        rows.append([name, *(cell for pair in cells for cell in pair)])
    print(table(rows))
    rows = [["Innermost loops, instructions", "C", "Cython", ""]]
    for kernel, (c, cython) in inner.items():
        rows.append([kernel, str(len(c)), str(len(cython)), compared(c, cython)])
    print("\n" + table(rows))
    ratios = {
        name: took / least
        for name, took, least in zip(("Mandelbrot", "CRC"), found["Cython"], base, strict=True)
    }
    figures = [Figure(f"Cython / C, {name}", ratio, MOST) for name, ratio in ratios.items()]
    print("\n" + goals(figures))


if __name__ == "__main__":
    main()
