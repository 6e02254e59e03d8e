"""Native modules beside C, MicroPython and CPython: the kernels of examples/beyond/cython.

python -m tests.bench.native
"""

from __future__ import annotations

import json
import subprocess
import sys
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
import time

now = time.perf_counter_ns
"""
MODULES = (
    "[('C', (kernels, kernels), 20), ('Cython', (mandelbrot, crc), 20), "
    "('MicroPython', (slow, slow), 2)]"
)


def measure() -> dict[str, list[int]]:
    """Nanoseconds of the Mandelbrot set of 160 x 120 points and of the CRC of 64 KiB, by who
    computes them; the best of several runs."""
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
        modules = "[('CPython', (slow, slow), 2)]"
        (folder / "unikernel.py").write_text(PROGRAM.format(imports=HOST, modules=modules))
        argv = [sys.executable, "-c", "import unikernel; unikernel.start()"]
        host = subprocess.run(argv, cwd=folder, check=True, capture_output=True, text=True).stdout
        return found | json.loads(host.replace("'", '"'))


def main() -> None:
    found = measure()
    base = found["C"]
    print(f"{'':<12}{'Mandelbrot':>14}{'of C':>8}{'CRC':>14}{'of C':>8}")
    for name, (picture, crc) in found.items():
        ratios = f"{picture / base[0]:>8.2f}{crc / 1000:>11,.0f} us{crc / base[1]:>8.2f}"
        print(f"{name:<12}{picture / 1000:>11,.0f} us{ratios}")


if __name__ == "__main__":
    main()
