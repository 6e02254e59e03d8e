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
from pathlib import Path

from tests.bench.programs import build
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


def best(times, function, *arguments):
    least = None
    for _ in range(times):
        before = now()
        result = function(*arguments)
        took = now() - before
        least = took if least is None else min(least, took)
    return least, result


def start():
    data = bytes(range(256)) * 256
    found = {{}}
    for name, module, times in {modules}:
        drawn = best(times, picture, module[0].render)[0]
        found[name] = [drawn, best(times, module[1].crc32, data)[0]]
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
HOST_MODULES = "[('CPython', (slow, slow), 2), ('its Cython', (mandelbrot, crc), 20)]"
KERNELS_OF = {
    "render": ("render_c", "mandelbrot", "mulsd"),
    "crc32": ("crc32_c", "crc", "xor"),
}
"""Of each kernel: the function in C, the module in Cython, and an instruction of its inner loop."""
MODULES = (
    "[('C', (kernels, kernels), 20), ('Cython', (mandelbrot, crc), 20), "
    "('MicroPython', (slow, slow), 2)]"
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
    subprocess.run([sys.executable, "-m", "cython", "-3", f"{name}.pyx"], cwd=folder, check=True)
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


def main() -> None:
    found, inner = measure()
    base = found["C"]
    print(f"{'':<12}{'Mandelbrot':>14}{'of C':>8}{'CRC':>14}{'of C':>8}")
    for name, (picture, crc) in found.items():
        ratios = f"{picture / base[0]:>8.2f}{crc / 1000:>11,.0f} us{crc / base[1]:>8.2f}"
        print(f"{name:<12}{picture / 1000:>11,.0f} us{ratios}")
    for kernel, (c, cython) in inner.items():
        same = "the same" if c == cython else " ".join(cython)
        print(
            f"{kernel}: {len(c)} instructions in C's inner loop, {len(cython)} in Cython's: {same}"
        )


if __name__ == "__main__":
    main()
