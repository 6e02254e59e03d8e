"""A user's native modules and C sources: built beside unikernel.py, imported like any module."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from mirage_py.support.files import write_if_changed
from tests.support import c_library
from tests.support.unikernel import Unikernels, mirage_py
from tests.support.wheels import sdist

FILES = {
    "config.py": """\
from mirage_py import *

register("native", [main("unikernel.start", job, c_sources=["twice.c"])])
""",
    "unikernel.py": """\
import gc
import fast
import objects

class Rows(list):
    pass

def start():
    print(fast.add(2), fast.total(b"abc"), fast.head(b"abc"), fast.both(4), fast.both(4))
    print(fast.RED, fast.BLUE, fast.BIG, fast.call(lambda i: i * i, 4), fast.rest(-(2**63), -1))
    print(fast.operators(-7.5, 2.0), fast.operators(9.0, 0.5))
    data = bytearray(4)
    fast.fill(data, 7)
    print(data)
    fast.keep([str(i) * 50 for i in range(5)])
    fast.hold([str(i) * 50 for i in range(5, 8)])
    for _ in range(20):
        [bytearray(1000) for _ in range(100)]
        gc.collect()
    print([one[:2] for one in fast.kept() + fast.held()])
    calls = [lambda: fast.call(lambda i: 1 // i, 1), lambda: fast.total(3)]
    for wrong in (*calls, lambda: fast.half(-(2**31), -1)):
        try:
            wrong()
        except Exception as error:
            print(type(error).__name__)
    print(objects.unset(), objects.append([1], 2), objects.append(Rows(), 3))
    for number in range(objects.WAYS):
        for wrong in ("x", {}, None, objects, (1,), b""):
            try:
                objects.way(number, wrong)
                print(number, wrong)
            except TypeError:
                pass
    for _ in range(2):
        try:
            fast.endless(1)
        except RecursionError as error:
            print(error, "in", fast.endless)
    for size in (-1, 1 << 40, 1 << 62):
        try:
            print(fast.text(size))
        except (ValueError, MemoryError) as error:
            print(type(error).__name__)
    fast.add(-1)
""",
    "fast.pyx": """\
from mpy cimport (
    mp_call_function_1, mp_obj_list_append, mp_obj_new_int, mp_obj_new_list, mp_obj_new_str,
    mp_obj_t,
)
from other cimport bump

cdef extern from "fast.h" nogil:
    int twice(int x)

cpdef enum Color:
    RED = 3
    BLUE

cpdef enum:
    BIG = 100

cdef mp_obj_t one = NULL
cdef mp_obj_t[4] many
cdef struct state:
    int number
    mp_obj_t[2] what
cdef state[2] states

cpdef int add(int a, int b=1) except? -1:
    if a < 0:
        raise ValueError("negative a")
    return a + b

cpdef int total(const unsigned char[::1] data):
    cdef int sum = 0
    cdef Py_ssize_t i
    with nogil:
        for i in range(data.shape[0]):
            sum += data[i]
    return sum

cpdef int head(const unsigned char[::1] data):
    return total(data[:2])

cpdef void fill(unsigned char[::1] data, unsigned char value) noexcept:
    cdef Py_ssize_t i
    for i in range(data.shape[0]):
        data[i] = value

cpdef int both(int x):
    return twice(x) + bump(1)

cpdef void keep(mp_obj_t value):
    many[2] = value

cpdef void hold(mp_obj_t value):
    states[1].what[1] = value

cpdef mp_obj_t held():
    return states[1].what[1]

cpdef mp_obj_t kept():
    return many[2]

cpdef mp_obj_t call(mp_obj_t function, int times):
    cdef mp_obj_t out = mp_obj_new_list(0, NULL)
    cdef int i
    for i in range(times):
        mp_obj_list_append(out, mp_call_function_1(function, mp_obj_new_int(i)))
    return out

cpdef int half(int a, int b) except? -1:
    return a // b

cpdef long rest(long a, long b) except? -1:
    return a % b

cpdef double operators(double a, double b):
    cdef double power = a ** b
    return power + a // b + a % b + abs(b)

cpdef int endless(int n) except? -1:
    cdef int[100] room
    room[n % 100] = n
    return turned(n) + room[n // 2 % 100]

cdef int turned(int n) except? -1:
    return endless(n + 1) + 1

cpdef mp_obj_t text(long size):
    return mp_obj_new_str("abc", size)
""",
    # What mpy.pxd offers, with objects of types that it does not take.
    "objects.pyx": """\
from mpy cimport (
    mp_call_function_0, mp_call_function_1, mp_call_function_2, mp_call_function_n_kw,
    mp_obj_get_float, mp_obj_get_int, mp_obj_is_true, mp_obj_list_append, mp_obj_new_str, mp_obj_t,
)

cpdef enum:
    WAYS = 9

cdef mp_obj_t nothing
cdef mp_obj_t[2] unused

cpdef mp_obj_t unset():
    return nothing

cpdef mp_obj_t append(mp_obj_t to, mp_obj_t item):
    mp_obj_list_append(to, item)
    return to

cpdef void way(int number, mp_obj_t wrong) except *:
    cdef mp_obj_t[2] given
    cdef mp_obj_t unset_here
    given[0] = given[1] = wrong
    if number == 0:
        mp_obj_list_append(wrong, wrong)
    elif number == 1:
        mp_call_function_0(wrong)
    elif number == 2:
        mp_call_function_1(wrong, wrong)
    elif number == 3:
        mp_call_function_2(wrong, wrong, wrong)
    elif number == 4:
        mp_call_function_n_kw(wrong, 2, 0, given)
    elif number == 5:
        mp_obj_get_int(wrong)
    elif number == 6:
        mp_obj_get_float(wrong)
    elif number == 7:
        mp_call_function_0(nothing)
    elif number == 8:
        mp_obj_list_append(unset_here, wrong)
""",
    "other.pyx": """\
cdef int counter = 5

cdef int bump(int by) noexcept:
    global counter
    counter += by
    return counter
""",
    "other.pxd": "cdef int bump(int by) noexcept\n",
    "twice.c": '#include "fast.h"\n\nint twice(int x) { return 2 * x; }\n',
    "fast.h": "int twice(int x);\n",
}
PRINTED = """\
3 294 195 14 15
3 4 100 [0, 1, 4, 9] 0
54.75 21.5
bytearray(b'\\x07\\x07\\x07\\x07')
['00', '11', '22', '33', '44', '55', '66', '77']
ZeroDivisionError
TypeError
OverflowError
None [1, 2] [3]
maximum recursion depth exceeded in <built-in function endless>
maximum recursion depth exceeded in <built-in function endless>
ValueError
MemoryError
MemoryError
Traceback (most recent call last):
  File "_start.py", line 4, in <module>
  File "unikernel.py", line 45, in start
  File "fast.pyx", line 26, in add
ValueError: negative a
"""


@pytest.mark.parametrize("target", ["spt", "unix", "virtio"])
def test_native_modules(unikernels: Unikernels, target: str) -> None:
    ran = unikernels.build(FILES, target).run()
    assert (ran.status, ran.console) == (1, PRINTED), ran


NESTED = {
    "config.py": """\
from mirage_py import *

tool = package("tool", pin="tool", natives=["tool.fast"])
thing = package("thing", natives=["thing.fast"])
app = main(
    "unikernel.start", job, packages=[tool, thing], c_sources=["seven.c"], pkg_config=["answers"]
)
register("nested", [app])
""",
    "unikernel.py": """\
import pkg.sub.mod
import bare.only
import thing
import tool
from pkg.sub import deep, mod
from pkg.sub.mod import add

def start():
    print(add(1, 2), mod.add(3, 4), pkg.sub.mod.add(5, 6), mod.__name__, deep.seven())
    print(thing.total(b"abc"), deep.eight())
    print(bare.only.now() > 0, bare.only.rotated(1), tool.fast.late(), tool.double(4))
    mod.add(-1, 2)
""",
    "pkg/__init__.py": "",
    "pkg/sub/__init__.py": "",
    "pkg/sub/mod.pyx": """\
from . cimport deep
from pkg.sub.deep cimport bump

cpdef int add(int a, int b) except? -1:
    if a < 0:
        raise ValueError("negative a")
    return deep.zero + a + bump(b)
""",
    "pkg/sub/deep.pxd": "cdef int zero\ncdef int bump(int by) noexcept\n",
    # What mod.pyx uses of it is there only once its statements have run.
    "pkg/sub/deep.pyx": """\
cdef extern from "answers.h" nogil:
    int answer()
    int next_answer()

cdef int zero = 100
cdef int step = answer()
zero = zero - 100

cdef int bump(int by) noexcept:
    return by * step

cpdef int seven() noexcept:
    return answer()

cpdef int eight() noexcept:
    return next_answer()
""",
    "bare/only.pyx": """\
from random.chacha20 cimport _rotated
from solo5 cimport solo5_clock_monotonic

cpdef unsigned long now() noexcept:
    return solo5_clock_monotonic()

cpdef unsigned int rotated(unsigned int x) noexcept:
    return _rotated(x, 4)
""",
    "seven.c": '#include "answers.h"\n\nint answer(void) { return ANSWER; }\n',
    "library/answers.h": "int answer(void);\nint next_answer(void);\n",
    "library/answers.c": '#include "answers.h"\n\nint next_answer(void) { return answer() + 1; }\n',
    "library/answers.pc": """\
Name: answers
Description: .
Version: 1
Cflags: -I${pcfiledir} -DANSWER=7
Libs: -L${pcfiledir} -lanswers
""",
    "tool/tool/__init__.py": "from . import fast\n\ndouble = lambda x: fast.times(x, 2)\n",
    "tool/tool/fast.pyx": """\
from tool.hidden cimport value

cpdef int times(int a, int b) noexcept:
    return a * b

cpdef int late() noexcept:
    return value()
""",
    "tool/tool/hidden.pxd": "cdef int value() noexcept\n",
    "tool/tool/hidden.pyx": """\
cdef int held = 1
held = held + 1

cdef int value() noexcept:
    return held
""",
}
THING = {
    "src/thing/__init__.py": "from thing.fast import total\n",
    "src/thing/fast.pyx": """\
cpdef unsigned int total(const unsigned char[::1] data) noexcept:
    cdef unsigned int sum = 0
    cdef Py_ssize_t i
    for i in range(data.shape[0]):
        sum += data[i]
    return sum
""",
}
NESTED_PRINTED = """\
15 31 47 pkg.sub.mod 7
294 8
True 16 2 8
Traceback (most recent call last):
  File "_start.py", line 4, in <module>
  File "unikernel.py", line 12, in start
  File "pkg/sub/mod.pyx", line 6, in add
ValueError: negative a
"""


def test_packages_of_native_modules(
    unikernels: Unikernels, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Below packages of the user's, in a folder and an sdist of config.py's packages; with a C
    library of pkg-config's, a static one, and our drivers' .pxd. What is only cimported is
    initialised, too."""
    for name in ("answers.h", "answers.c", "answers.pc"):
        (tmp_path / name).write_text(NESTED[f"library/{name}"])
    compiled = ["cc", "-O2", "-ffreestanding", "-fno-stack-protector", "-fno-pic", "-c"]
    for argv in ([*compiled, "answers.c"], ["ar", "rcs", "libanswers.a", "answers.o"]):
        subprocess.run(argv, cwd=tmp_path, check=True)
    monkeypatch.setenv("PKG_CONFIG_PATH", str(tmp_path))
    sdist(tmp_path / "simple", "thing", "1.0", THING)
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", (tmp_path / "simple").as_uri())
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    ran = unikernels.build(NESTED, "spt").run()
    assert (ran.status, ran.console) == (1, NESTED_PRINTED), ran


DEEP = {
    "config.py": """\
from mirage_py import *

register("deep", [main("unikernel.start", job, c_sources=["back.c"])], stack=131072)
""",
    "unikernel.py": """\
import here

def start():
    for _ in range(2):
        for name in ("across", "pointed", "of_field", "handed", "itself"):
            function = getattr(here, name)
            try:
                print(function(here.itself))
            except RecursionError as error:
                print(name, error)

    def wide(depth):
        try:
            return wide(depth + 1)
        except RecursionError:
            try:
                return here.wide(depth)
            except RecursionError:
                return "no room"

    print(wide(0), here.wide(0))
    here.by_c(None)
""",
    "here.pyx": """\
from mpy cimport mp_call_function_1, mp_obj_t
from there cimport call, come_back, keep

cdef extern from "back.h" nogil:
    int fire(int x)
    void hook(int (*function)(int) noexcept nogil)

ctypedef int (*function)(int) except? -1

cdef struct holder:
    function field

cdef holder held
cdef function[2] table

cdef int again(int n) except? -1:
    return come_back(n + 1) + 1

cdef int from_table(int n) except? -1:
    return at(0, n + 1) + 1

cdef int at(int which, int n) except? -1:
    return table[which](n)

cdef int from_field(int n) except? -1:
    return held.field(n + 1) + 1

cdef int from_there(int n) except? -1:
    return call(n + 1) + 1

cdef int from_c(int n) noexcept nogil:
    return fire(n + 1) + 1

cpdef int across(mp_obj_t _) except? -1:
    return again(0)

cpdef int pointed(mp_obj_t _) except? -1:
    return from_table(0)

cpdef int of_field(mp_obj_t _) except? -1:
    return from_field(0)

cpdef int handed(mp_obj_t _) except? -1:
    keep(from_there)
    return from_there(0)

cpdef mp_obj_t itself(mp_obj_t own):
    return mp_call_function_1(own, own)

cpdef int by_c(mp_obj_t _) except? -1:
    hook(from_c)
    return fire(0)

cpdef int wide(int n) except -1:
    cdef int[20000] room
    cdef int i
    for i in range(20000):
        room[i] = i
    return room[n % 20000] - n

table[0] = from_table
held.field = from_field
""",
    "here.pxd": "cdef int again(int n) except? -1\n",
    "there.pyx": """\
from here cimport again

cdef function kept = NULL

cdef int come_back(int n) except? -1:
    return again(n + 1) + 1

cdef void keep(function one) noexcept:
    global kept
    kept = one

cdef int call(int n) except? -1:
    return kept(n)
""",
    "there.pxd": """\
ctypedef int (*function)(int) except? -1
cdef int come_back(int n) except? -1
cdef void keep(function one) noexcept
cdef int call(int n) except? -1
""",
    "back.h": "int fire(int x);\nvoid hook(int (*function)(int));\n",
    "back.c": """\
#include "back.h"

static int (*hooked)(int);

void hook(int (*function)(int)) { hooked = function; }

int fire(int x) { return hooked(x) + 1; }
""",
}
PANIC = "mirage: panic: here.pyx:31: RecursionError: {} in here.from_c, which is noexcept"
DEEP_PRINTED = [
    *["across", "pointed", "of_field", "handed", "itself"] * 2,
    "no room 0",
    PANIC.format("maximum recursion depth exceeded"),
]


@pytest.mark.parametrize("target", ["spt", "unix"])
def test_recursion(unikernels: Unikernels, target: str) -> None:
    """By other modules, function pointers, Python and C; what takes much of the stack asks, too."""
    ran = unikernels.build(DEEP, target).run()
    told = [line.removesuffix(" maximum recursion depth exceeded") for line in ran.lines]
    assert (ran.status, told) == (255, DEEP_PRINTED), ran


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the tests build one project in, each with some files changed: only the first
    compiles all."""
    return tmp_path_factory.mktemp("native") / "app"


def build(folder: Path, **changed: str) -> str:
    """What a build of the project says, with these files changed (`other_pyx` is other.pyx)."""
    folder.mkdir(exist_ok=True)
    for name, text in (FILES | {key.replace("_", "."): changed[key] for key in changed}).items():
        write_if_changed(folder / name, text)
    return mirage_py("-C", str(folder), "build", "-t", "spt", timeout=300).messages


def test_the_c_library_has_what_is_told_of_it(project: Path) -> None:
    includes = "".join(f"#include <{name}>\n" for name in c_library.told())
    names = ", ".join(f"(void *){name}" for found in c_library.told().values() for name in found)
    every = f"{includes}void *const every[] = {{{names}}};\n"
    said = build(project, twice_c=f"{every}int twice(int x) {{ return x + (every[x] != 0); }}\n")
    assert "dist/native.spt" in said, said


def test_another_module_compiles_nothing_of_the_runtime(project: Path) -> None:
    """Nor anything of the modules that were there: of the log, two compilations are left."""
    build(project)
    (project / "new.pyx").write_text("cpdef int one() noexcept:\n    return 1\n")
    said = build(project, unikernel_py="import fast, new\ndef start():\n    print(new.one())\n")
    assert "preparing" not in said
    log = (project / "_build" / "spt" / "logs" / "02-build.log").read_text()
    compiled = [line for line in log.splitlines() if "Compiling C object" in line]
    assert sum("libnatives.a.p" in line for line in compiled) == 2, log  # new.c, and natives.c
    assert not any("runtime" in line for line in compiled), log


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {"other_pyx": "cdef int bump(int by) noexcept:\n    y = [by]\n    return 1\n"},
            "which is any object (`from mpy cimport mp_obj_t`)\n  other.pyx:2: y = [by]",
        ),
        (
            {"twice_c": "int missing(int);\nint twice(int x) { return missing(x); }\n"},
            "`missing` is needed, and nothing in the image defines it\n  twice.c:2: int twice",
        ),
        (
            {"twice_c": "int memcpi(int);\nint twice(int x) { return memcpi(x); }\n"},
            "hint: did you mean `memcpy`?",
        ),
        (
            {"twice_c": "int printf(int);\nint twice(int x) { return printf(x); }\n"},
            "hint: an image has no streams of C's: return what Python prints",
        ),
        (
            {"twice_c": "int qsort(int);\nint twice(int x) { return qsort(x); }\n"},
            "hint: add its source, or an archive that has it, to `c_sources`; the image's C lib",
        ),
        (
            {"config_py": FILES["config.py"].replace("twice.c", "fast.pyx")},
            "is compiled with `fast.pyx`, which is no C\n  config.py:3: register(",
        ),
        (
            {"twice_c": "int twice(int x) { return y; }\n"},
            "  twice.c:1: int twice(int x) { return y; }",
        ),
        (
            {"twice_c": "int twice(int x) { return *(int *)malloc(x); }\n"},
            "hint: an image has no heap of C's: work in a buffer that Python hands over",
        ),
        (
            {"twice_c": "int twice(int x) { return thrice(x); }\n"},
            "hint: include the header that declares it",
        ),
        (
            {"config_py": FILES["config.py"].replace("twice.c", "no.c")},
            "is compiled with `no.c`, which does not exist",
        ),
        (
            {"config_py": FILES["config.py"].replace("])])", '], pkg_config=["nothing"])])')},
            "error: pkg-config gives no flags for `nothing`: Package nothing was not found in the",
        ),
    ],
    ids=[
        *("cython", "undefined", "misspelled", "streams", "absent"),
        *("no-c", "c", "heap", "undeclared", "no-file", "pkg-config"),
    ],
)
def test_mistakes(project: Path, changed: dict[str, str], told: str) -> None:
    assert told in build(project, **changed)
