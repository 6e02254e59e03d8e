"""What guest code can say in Cython: each case is compiled to freestanding C, linked with a C main
and run under the sanitizers, and must print what it would print in Python."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from textwrap import dedent

import pytest

from mirage_py.cython import Mode
from tests.support.freestanding import Host


@dataclass(frozen=True)
class Case:
    name: str
    pyx: str
    main: str
    """Statements of a C main; `show(format, …)` prints a line."""
    output: str
    mode: Mode = Mode.MODULE
    status: int = 0


MAIN = """\
#include <stdio.h>
#include <string.h>
#include "mirage_cython.h"
#include "{name}.h"
#define show(...) (printf(__VA_ARGS__), putchar('\\n'))

static __attribute__((unused)) void error(void)
{{
    struct mirage_cython_error *e = &mirage_cython_error;
    show("%d %d %s", e->kind, e->number, e->message ? e->message : "-");
    for (unsigned i = 0; i < e->depth; i++) {{
        show("  %s:%d %s", e->frames[i].file, e->frames[i].line, e->frames[i].function);
    }}
    e->kind = MIRAGE_CYTHON_NONE;
}}

int main(void)
{{
{body}
    return 0;
}}
"""

VIEW = (
    "#define VIEW(array) ((__Pyx_memviewslice){.data = (char *)(array), "
    ".shape = {sizeof(array) / sizeof((array)[0])}, .strides = {sizeof((array)[0])}})"
)

CASES = [
    Case(
        "arithmetic",
        """\
        from libc.stdint cimport uint8_t, uint32_t
        cdef public int floor_div(int a, int b) except? -1:
            return a // b
        cdef public int modulo(int a, int b) except? -1:
            return a % b
        cdef public int power(int a, int b) noexcept:
            return a ** b
        cdef public double true_div(double a, double b) except? -1:
            return a / b
        cdef public int absolute(int a) noexcept:
            return abs(a)
        cdef public uint8_t narrow(uint32_t a) noexcept:
            return <uint8_t>a
        cdef public int smaller(int a, int b) noexcept:
            return min(a, b) if a > 0 else max(a, b)
        """,
        """\
        show("%d %d", floor_div(-7, 2), modulo(-7, 2));
        show("%d %d", floor_div(7, -2), modulo(7, -2));
        show("%d %g %d", power(3, 4), true_div(1, 4), absolute(-5));
        show("%d %d %d", narrow(511), smaller(3, 9), smaller(-3, 9));
        floor_div(1, 0); error();
        modulo(1, 0); error();
        true_div(1, 0); error();
        """,
        """\
        -4 1
        -4 -1
        81 0.25 5
        255 3 9
        10 0 integer division or modulo by zero
          arithmetic.pyx:3 arithmetic.floor_div
        10 0 integer division or modulo by zero
          arithmetic.pyx:5 arithmetic.modulo
        10 0 float division
          arithmetic.pyx:9 arithmetic.true_div
        """,
    ),
    Case(
        "struct_constructors",
        """\
        ctypedef struct Point:
            int x
            double y
        cdef public double total(int n) noexcept:
            cdef Point a = Point(x=n, y=0.5)
            cdef Point b = Point(2, 3)
            cdef Point c = {"x": 1, "y": a.y}
            return a.x + a.y + b.x + b.y + c.x + c.y
        """,
        'show("%g", total(4));',
        "11\n",
    ),
    Case(
        "driver_division",
        """\
        cdef public int divide(int a, int b) noexcept nogil:
            return a // b
        cdef public int rest(int a, int b) noexcept nogil:
            return a % b
        """,
        'show("%d %d", divide(-7, 2), rest(-7, 2));',
        "-3 -1\n",
        Mode.DRIVER,
    ),
    Case(
        "types",
        """\
        cdef public struct point:
            int x
            double y
        cdef public enum colour:
            RED = 1
            BLUE = 7
        cdef packed struct wire:
            unsigned char kind
            unsigned int length
        cdef union bits:
            float f
            unsigned int i
        ctypedef int (*callback)(int) noexcept
        cdef int twice(int x) noexcept:
            return 2 * x
        cdef int apply(callback f, int x) noexcept:
            return f(x)
        cdef (int, int) swapped(int a, int b):
            return b, a
        cdef public point moved(point p, int by) noexcept:
            p.x += by
            return p
        cdef public void touch(point *p) noexcept:
            p.x, p.y = 4, p.x
        cdef public int sizes() noexcept:
            return sizeof(wire) * 10 + sizeof(bits)
        cdef public unsigned int reinterpreted(float f) noexcept:
            cdef bits b
            b.f = f
            return b.i
        cdef public int called() noexcept:
            return apply(twice, 21)
        cdef public int pair() except? -1:
            cdef int a, b
            a, b = swapped(1, 2)
            return 10 * a + b
        cdef public colour favourite() noexcept:
            return BLUE
        cdef public int table(int i) noexcept:
            cdef int[4] t = [1, 2, 4, 8]
            return t[i]
        """,
        """\
        struct point p = moved((struct point){1, 0.5}, 2);
        show("%d %g", p.x, p.y);
        touch(&p);
        show("%d %g", p.x, p.y);
        show("%d %x %d %d", sizes(), reinterpreted(1.0f), called(), pair());
        show("%d %d %d", favourite(), RED, table(2));
        """,
        """\
        3 0.5
        4 3
        54 3f800000 42 21
        7 1 4
        """,
    ),
    Case(
        "fused",
        """\
        ctypedef fused number:
            int
            double
        cdef number larger(number a, number b):
            return a if a > b else b
        cdef public int ints() except? -1:
            return larger(3, 4)
        cdef public double doubles() except? -1:
            return larger[double](2.5, 1.5)
        """,
        'show("%d %g", ints(), doubles());',
        "4 2.5\n",
    ),
    Case(
        "control",
        """\
        cdef public int loops(int n) noexcept:
            cdef int i, total = 0
            for i in range(n, 0, -2):
                if i == 5:
                    continue
                total += i
            else:
                total += 1000
            while True:
                total += 1
                if total > 1010 or not n:
                    break
            return total
        cdef public int choice(int n) noexcept:
            if n in (1, 3, 5):
                return 1
            elif 10 <= n < 20 and n != 15:
                return 2
            return 3
        cdef public int text(const char *s) noexcept:
            return s[0] == b'G' and s[1] == ord('E')
        """,
        """\
        show("%d %d %d %d %d", loops(9), choice(3), choice(12), choice(15), choice(99));
        show("%d %d", text("GET"), text("PUT"));
        """,
        """\
        1021 1 2 3 3
        1 0
        """,
    ),
    Case(
        "raises",
        """\
        cdef enum:
            ENOENT = 2
        cdef public int simple(int a) except -1:
            if a == 1:
                raise ValueError("a \\"quoted\\" word? caf\\u00e9")
            if a == 2:
                raise KeyError
            if a == 3:
                raise RuntimeError()
            if a == 4:
                raise OSError(ENOENT)
            if a == 5:
                raise OSError(a + 100)
            if a == 6:
                raise OSError("plain")
            assert a != 7
            assert a < 9, "small"
            return a
        cdef int inner(int a) except? -1:
            return simple(a)
        cdef public void outer(int a) except *:
            inner(a)
        cdef public double number(int a) except? -1.0:
            return inner(a)
        """,
        """\
        for (int a = 1; a < 10; a++) {
            if (simple(a) == -1) error(); else show("fine");
        }
        outer(2); error();
        show("%g", number(4)); error();
        show("%g", number(8));
        """,
        """\
        1 0 a "quoted" word? café
          raises.pyx:5 raises.simple
        4 0 -
          raises.pyx:7 raises.simple
        6 0 -
          raises.pyx:9 raises.simple
        5 2 -
          raises.pyx:11 raises.simple
        5 105 -
          raises.pyx:13 raises.simple
        5 0 plain
          raises.pyx:15 raises.simple
        11 0 -
          raises.pyx:16 raises.simple
        fine
        11 0 small
          raises.pyx:17 raises.simple
        4 0 -
          raises.pyx:7 raises.simple
          raises.pyx:20 raises.inner
          raises.pyx:22 raises.outer
        -1
        5 2 -
          raises.pyx:11 raises.simple
          raises.pyx:20 raises.inner
          raises.pyx:24 raises.number
        8
        """,
    ),
    Case(
        "panics",
        """\
        cdef int fails(int a) except -1:
            if a:
                raise ValueError("bad")
            return 0
        cdef public void quiet(int a) noexcept:
            fails(a)
        """,
        'quiet(0); show("before"); quiet(1); show("after");',
        """\
        before
        mirage: panic: panics.pyx:3: ValueError: bad in panics.quiet, which is noexcept
        """,
        Mode.DRIVER,
        255,
    ),
    Case(
        "panics_itself",
        """\
        cdef public void at(int i) noexcept nogil:
            raise OSError(i)
        """,
        "at(12);",
        "mirage: panic: panics_itself.pyx:2: OSError 12 in panics_itself.at, which is noexcept\n",
        Mode.DRIVER,
        255,
    ),
    Case(
        "buffers",
        """\
        cdef public long total(const unsigned char[::1] data) except? -1:
            cdef Py_ssize_t i
            cdef long t = 0
            for i in range(len(data)):
                t += data[i]
            return t
        cdef public long each(const unsigned char[::1] data) except? -1:
            cdef unsigned char byte
            cdef long t = 0
            for byte in data:
                t += byte
            return t
        cdef public int at(const unsigned char[::1] data, Py_ssize_t i) except? -1:
            return data[i]
        cdef public void put(int[:] data, Py_ssize_t i, int value) except *:
            data[i] = value
        cdef public long sliced(const unsigned char[::1] data, int a, int b) except? -1:
            cdef const unsigned char[::1] part = data[a:b]
            return total(part) * 100 + part.shape[0]
        cdef public long stepped(const unsigned char[::1] data, int a, int b, int c) except? -1:
            cdef const unsigned char[:] part = data[a:b:c]
            cdef long t = 0
            cdef Py_ssize_t i
            for i in range(part.shape[0]):
                t = 10 * t + part[i]
            return t
        cdef public long from_end(const unsigned char[::1] data) except? -1:
            return total(data[-2:]) * 100 + total(data[:-2])
        cdef public int unset() except? -1:
            cdef const unsigned char[::1] data
            return data[0]
        """,
        """\
        unsigned char b[] = {1, 2, 3, 4, 5};
        int n[] = {7, 8, 9};
        show("%ld %ld %d %d", total(VIEW(b)), each(VIEW(b)), at(VIEW(b), 1), at(VIEW(b), -1));
        at(VIEW(b), 5); error();
        at(VIEW(b), -6); error();
        put(VIEW(n), -2, 80); show("%d %d %d", n[0], n[1], n[2]);
        show("%ld %ld %ld", sliced(VIEW(b), 1, 3), sliced(VIEW(b), -2, 99), sliced(VIEW(b), 4, 2));
        show("%ld %ld", stepped(VIEW(b), 0, 5, 2), stepped(VIEW(b), 4, 0, -1));
        show("%ld %ld", stepped(VIEW(b), 9, -9, -2), stepped(VIEW(b), -9, 9, 3));
        stepped(VIEW(b), 0, 5, 0); error();
        show("%ld", from_end(VIEW(b)));
        unset(); error();
        """,
        """\
        15 15 2 5
        3 0 buffer index out of range
          buffers.pyx:14 buffers.at
        3 0 buffer index out of range
          buffers.pyx:14 buffers.at
        7 80 9
        502 902 0
        135 5432
        531 14
        1 0 slice step cannot be zero
          buffers.pyx:21 buffers.stepped
        906
        3 0 buffer index out of range
          buffers.pyx:31 buffers.unset
        """,
    ),
    Case(
        "globals_",
        """\
        from libc.stdint cimport uint64_t
        cdef public int shared = 3
        cdef int private = -4
        cdef uint64_t large = 0xffffffffffffffff
        cdef const char *text = "abc"
        cdef double half = 0.5
        cdef bint yes = True
        cdef void *nothing = NULL
        cdef enum:
            SEVEN = 7
        cdef int named = SEVEN
        cdef int[3] array
        cdef public int look() noexcept:
            global private
            private += 1
            return private + named + yes + text[2] + array[1] + (nothing == NULL) + <int>(2 * half)
        cdef public uint64_t big() noexcept:
            return large
        """,
        """\
        show("%d %d", shared, look());
        show("%d", big() == UINT64_MAX);
        """,
        """\
        3 106
        1
        """,
        Mode.DRIVER,
    ),
    Case(
        "verbatim",
        """\
        cdef extern from *:
            \'\'\'
            static inline int tripled(int a) { return 3 * a; }
            #define ANSWER 42
            \'\'\'
            int tripled(int a) noexcept
            int ANSWER
        ctypedef public struct pair:
            char a
            int b
        cdef public packed struct tight:
            char a
            int b
            short[3] c
        ctypedef unsigned short port
        cdef port[2] ports
        cdef public int look(pair p, tight *t) noexcept:
            ports[1] = <port>(tripled(ANSWER) + t.c[2])
            return ports[1] + p.b
        """,
        """\
        struct tight t = {1, 2, {3, 4, 5}};
        show("%d %zu", look((pair){1, 1000}, &t), sizeof(t));
        """,
        "1131 11\n",
        Mode.DRIVER,
    ),
    Case(
        "memory",
        """\
        from libc.string cimport memcpy, memset, strlen
        cdef public int copied(const char *s) noexcept:
            cdef char[16] buffer
            memset(buffer, 0, sizeof(buffer))
            memcpy(buffer, s, strlen(s))
            return <int>strlen(buffer) + buffer[1]
        """,
        'show("%d", copied("abcd"));',
        "102\n",
        Mode.DRIVER,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, host: Host) -> None:
    main = MAIN.format(name=case.name, body=dedent(case.main))
    program = host.program(case.name, dedent(case.pyx), f"{VIEW}\n{main}", case.mode)
    ran = subprocess.run([program], capture_output=True, text=True, check=False, timeout=10)
    assert (ran.stdout, ran.stderr) == (dedent(case.output), "")
    assert ran.returncode == case.status
