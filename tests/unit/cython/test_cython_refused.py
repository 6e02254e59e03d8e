"""What guest code cannot say in Cython: an error at its line that says what to write instead."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest

from mirage_py.cython import CythonError, Mode, compile_pyx
from mirage_py.cython.internals import VERSION


class Case(NamedTuple):
    name: str
    pyx: str
    errors: list[str]
    """`line:column: start of the message`, all of them."""
    mode: Mode = Mode.MODULE


CASES = [
    Case(
        "defaults",
        """\
        from mpy cimport mp_obj_t, mp_const_none
        cpdef enum:
            RED = 3
        cdef int size = 4
        cpdef int good(int a=RED, double b=5 * 1024, int c=sizeof(int), mp_obj_t d=mp_const_none):
            return a + <int>b + c + (d == mp_const_none)
        cpdef int computed(int x=size + 1):
            return x
        cpdef int none(const int[:] x=None):
            return x[0]
        """,
        [
            "7:30: the default of `x` is not constant: write a number or NULL",
            "9:30: the default of `x` cannot be None: a buffer is one, if an empty one",
        ],
    ),
    Case(
        "buffers",
        """\
        cpdef int attributes(int[:] x):
            return x.nbytes + x.shape[0]
        cpdef int copied(int[:] x):
            cdef int[::1] y = x.copy()
            return y[0]
        cpdef void assigned(int[:] x):
            x[1:3] = x[:2]
        """,
        [
            "2:20: a buffer has no `nbytes` in a guest module: it has `shape[0]`",
            "4:23: a buffer has no `copy` in a guest module",
            "7:5: the items of one buffer are not assigned to another: write the loop",
        ],
    ),
    Case(
        "objects_within",
        """\
        __all__ = ["steps"]
        cpdef int steps(int a, int b, int c):
            cdef int i, s = 0
            for i in range(a, b, c):
                s += i
            return s
        cpdef int pairs(const int[:] x, const int[:] y):
            cdef int i, j, s = 0
            for i, j in zip(x, y):
                s += i * j
            return s
        cpdef bint same(const char *x):
            return x == "abc"
        cpdef int rounded(double x):
            return round(x)
        """,
        [
            "1:0: `__all__` is a list of Python's: leave it out",
            "4:13: `range` has a step here that is not constant: write the loop with `while`",
            "9:16: `zip` makes tuples, which C does not have",
            "13:13: C compares addresses of texts: write `strcmp(a, b) == 0` of libc.string",
            "15:16: `round` is a function of Python's: write `round(x)` of libc.math",
        ],
    ),
    Case(
        "objects",
        """\
        from mpy cimport mp_obj_t, mp_const_none, mp_obj_list_append
        cpdef mp_obj_t plus(mp_obj_t x):
            x += 1
            return x - 1
        cpdef int truth(mp_obj_t x, mp_obj_t y):
            while not x:
                pass
            return 1 if x and y else x < y
        cpdef mp_obj_t pointer(mp_obj_t x, int y):
            cdef mp_obj_t kept = &y
            mp_obj_list_append(x, &y)
            kept = b"text"
            return &x
        """,
        [
            "3:4: C cannot count with an object: take its number with `mp_obj_get_int(x)`",
            "4:13: C cannot count with an object",
            "6:14: the truth of an object is not known to C: ask `mp_obj_is_true(x)`",
            "8:16: the truth of an object",
            "8:22: the truth of an object",
            "8:31: C cannot count with an object",
            "10:25: a pointer is no object: make one",
            "11:26: a pointer is no object",
            "12:11: a pointer is no object",
            "13:11: a pointer is no object",
        ],
    ),
    Case(
        "none",
        """\
        from mpy cimport mp_obj_t
        cpdef mp_obj_t nothing(mp_obj_t x):
            return None
        cpdef mp_obj_t number(int x):
            return x
        cpdef int same(mp_obj_t x):
            return x == 5
        """,
        [
            "3:11: this is no object to C: mpy.pxd makes objects",
            "5:11: this is no object to C: mpy.pxd makes objects",
            "7:13: C knows only which object this is: compare it with another",
        ],
    ),
    Case(
        "members",
        """\
        from mpy cimport mp_obj_t
        cpdef int length(mp_obj_t x):
            return len(x)
        """,
        ["3:15: C knows nothing of what an object has: take its value"],
    ),
    Case(
        "pure",
        """\
        cimport cython
        @cython.ccall
        @cython.returns(cython.int)
        def one(x: cython.int):
            return x
        """,
        ["2:0: `@cython.ccall` of one(): write `cpdef`, with C types"],
    ),
    Case(
        "interface_of_cpython",
        """\
        from cpython.bytes cimport PyBytes_AsString
        cimport numpy as np
        """,
        [
            "1:0: `cimport cpython.bytes`: the C interface of CPython",
            "2:8: `cimport numpy`: NumPy is not available",
        ],
    ),
    Case(
        "with_gil_at_once",
        """\
        cpdef int f():
            with gil:
                return 1
        """,
        [
            "2:9: a guest has one thread and no GIL",
        ],
    ),
    Case(
        "yield_in_c",
        """\
        cdef int f():
            yield 1
        """,
        [
            "2:4: generators are not available",
        ],
    ),
    Case(
        "star_in_c",
        """\
        cpdef int f(int a, *args):
            return a
        """,
        [
            "1:19: a function with C types takes parameters one by one",
        ],
    ),
    Case(
        "syntax",
        """\
        cdef int f(:
            pass
        """,
        [
            "1:11: Expected ')', found ':'",
        ],
    ),
    Case(
        "functions_of_python",
        """\
        cpdef int f(int x):
            print(x)
            return sum([i for i in range(x)])
        """,
        [
            "2:9: `print` is a function of Python's, which C does not have: call it in the Python",
            "3:14: `sum` is a function of Python's",
        ],
    ),
    Case(
        "generator_expression",
        """\
        cpdef int f(int x):
            return sum(i for i in range(x))
        """,
        [
            "2:15: a generator expression is not available in a guest module: write the loop",
        ],
    ),
    Case(
        "names_that_are_not_there",
        """\
        from mpy cimport mp_obj_new_itn
        from mpy cimport bogus
        cimport nothere
        """,
        [
            "1:0: `mpy` has no `mp_obj_new_itn`: did you mean `mp_obj_new_int`?",
            "2:0: `mpy` has no `bogus`",
            "3:8: there is no nothere.pxd: `cimport` takes what native modules of the project",
        ],
    ),
    Case(
        "arithmetic_of_objects",
        """\
        from mpy cimport mp_obj_t
        cpdef mp_obj_t f(mp_obj_t a, mp_obj_t b):
            return a + b
        """,
        [
            "3:13: C knows nothing of what an object has: take its value",
        ],
    ),
    Case(
        "power_of_doubles",
        """\
        cpdef double f(double a, double b):
            return a ** b + 1
        """,
        [
            "2:18: this expression is complex where the base is negative: write `pow(x, y)`",
        ],
    ),
    Case(
        "undeclared",
        """\
        cdef int f() noexcept:
            return nope
        """,
        [
            "2:11: `nope` is not declared: give it a type (`cdef int nope`)",
        ],
    ),
    Case(
        "def_",
        """\
        def f(int a):
            return a
        """,
        [
            "1:0: `def f` needs Python objects: use `cpdef` with C types",
        ],
    ),
    Case(
        "untyped",
        """\
        cpdef int f(a):
            return 1
        """,
        [
            "1:12: argument `a` is a Python object: give it a C type",
        ],
    ),
    Case(
        "untyped_result",
        """\
        cpdef f(int a):
            return a
        """,
        [
            "1:0: f() returns a Python object: give it a C type",
            "2:11: this expression is a Python object: give it a C type",
        ],
    ),
    Case(
        "local",
        """\
        cdef int f() noexcept:
            x = []
            return 1
        """,
        [
            "2:4: variable `x` is a Python object: give it a C type",
        ],
    ),
    Case(
        "string",
        """\
        cdef int f() noexcept:
            s = 'a' + 'b'
            return 1
        """,
        [
            "2:4: variable `s` is a Python object: give it a C type",
        ],
    ),
    Case(
        "format_",
        """\
        cdef void f(int a) except *:
            print(f'{a}')
        """,
        [
            "2:9: `print` is a function of Python's, which C does not have",
        ],
    ),
    Case(
        "print_",
        """\
        cdef void f(int a) except *:
            print(a)
        """,
        [
            "2:9: `print` is a function of Python's, which C does not have",
        ],
    ),
    Case(
        "attribute",
        """\
        cdef object o
        cdef int f() except -1:
            return o.x
        """,
        [
            "1:12: variable `o` is a Python object: give it a C type",
            "3:12: `x` is a Python object: give it a C type",
        ],
    ),
    Case(
        "import_",
        """\
        import os
        """,
        [
            "1:7: `import` is not available in a guest module; use `cimport`",
        ],
    ),
    Case(
        "from_import",
        """\
        from os import path
        """,
        [
            "1:0: `import` is not available in a guest module; use `cimport`",
        ],
    ),
    Case(
        "cdef_class",
        """\
        cdef class A:
            cdef int x
        """,
        [
            "1:0: `cdef class` is not available in a guest module",
        ],
    ),
    Case(
        "py_class",
        """\
        class A:
            x = 1
        """,
        [
            "1:0: classes are not available in a guest module",
        ],
    ),
    Case(
        "generator",
        """\
        def f():
            yield 1
        """,
        [
            "1:0: `def f` needs Python objects: use `cpdef` with C types",
        ],
    ),
    Case(
        "lambda_",
        """\
        cdef int f() except -1:
            g = lambda: 1
            return 1
        """,
        [
            "2:8: `lambda` is not available in a guest module: write a `cdef`",
        ],
    ),
    Case(
        "async_",
        """\
        async def f():
            return 1
        """,
        ["1:6: `async def f` is not available in a guest module: wait in Python"],
    ),
    Case(
        "wide",
        """\
        cpdef long long f() noexcept:
            return 1 << 80

        cpdef unsigned long long g() noexcept:
            return (1 << 64) - 1
        """,
        ["2:13: this number has more than 64 bits"],
    ),
    Case(
        "decorator",
        """\
        @known
        cpdef int f() noexcept:
            return 1
        """,
        ["1:0: decorators of Python's are not available in a guest module: decorate"],
    ),
    Case(
        "several_results",
        """\
        cpdef (int, int) f() noexcept:
            return 1, 2
        """,
        ["1:0: cpdef f() returns `(int, int)`, which cannot go to Python: numbers, `const char *`"],
    ),
    Case(
        "try_",
        """\
        cdef int f() except -1:
            try:
                return 1
            except ValueError:
                return 2
        """,
        [
            "2:4: `try`/`except` is not available in a guest module",
        ],
    ),
    Case(
        "finally_",
        """\
        cdef int f() except -1:
            try:
                return 1
            finally:
                pass
        """,
        [
            "2:4: `try`/`finally` is not available in a guest module",
        ],
    ),
    Case(
        "with_",
        """\
        cdef int f(object o) except -1:
            with o:
                return 1
        """,
        [
            "1:11: argument `o` is a Python object: give it a C type",
            "2:9: `with` is not available in a guest module",
        ],
    ),
    Case(
        "with_gil",
        """\
        cdef int f() except -1 nogil:
            with gil:
                return 1
        """,
        [
            "2:9: a guest has one thread and no GIL: remove `with gil`, write `range` for `prange`",
        ],
    ),
    Case(
        "raise_computed",
        """\
        cdef int f(int a) except -1:
            raise ValueError(a)
        """,
        [
            '2:4: this `raise` is not available in a guest module: only `raise Builtin("literal")`',
        ],
    ),
    Case(
        "raise_format",
        """\
        cdef int f(int a) except -1:
            raise ValueError('%d' % a)
        """,
        [
            '2:4: this `raise` is not available in a guest module: only `raise Builtin("literal")`',
        ],
    ),
    Case(
        "raise_own",
        """\
        cdef int f(int a) except -1:
            raise Nope('x')
        """,
        [
            "2:10: `Nope` is not declared",
        ],
    ),
    Case(
        "raise_from",
        """\
        cdef int f(int a) except -1:
            raise ValueError('x') from KeyError()
        """,
        [
            '2:4: this `raise` is not available in a guest module: only `raise Builtin("literal")`',
        ],
    ),
    Case(
        "reraise",
        """\
        cdef int f(int a) except -1:
            raise
        """,
        [
            "2:4: a bare `raise` needs `except`, which is not available in a guest module",
        ],
    ),
    Case(
        "api",
        """\
        cdef api int f() noexcept:
            return 1
        """,
        [
            "1:0: `cdef api` is a run-time import: use `cdef public` or a .pxd",
        ],
    ),
    Case(
        "public_raises",
        """\
        cdef public int f() except -1:
            return 1
        """,
        [
            "1:0: `cdef public` f() returns to C: declare it `noexcept`",
        ],
        Mode.DRIVER,
    ),
    Case(
        "public_default",
        """\
        cdef public int f():
            return 1
        """,
        [
            "1:0: `cdef public` f() returns to C: declare it `noexcept`",
        ],
        Mode.DRIVER,
    ),
    Case(
        "pointer_argument",
        """\
        cpdef int f(int *p):
            return p[0]
        """,
        [
            "1:12: argument `p` of cpdef f() is `int *`, which cannot come from Python",
        ],
    ),
    Case(
        "struct_result",
        """\
        cdef struct s:
            int x
        cpdef s f():
            cdef s r
            r.x = 1
            return r
        """,
        [
            "3:0: cpdef f() returns `s`, which cannot go to Python",
        ],
    ),
    Case(
        "pointer_result",
        """\
        cpdef int *f():
            return NULL
        """,
        [
            "1:0: cpdef f() returns `int *`, which cannot go to Python",
        ],
    ),
    Case(
        "tuple_result",
        """\
        cpdef (int, int) f():
            return 1, 2
        """,
        [
            "1:0: cpdef f() returns `(int, int)`, which cannot go to Python",
        ],
    ),
    Case(
        "buffer_result",
        """\
        cpdef unsigned char[::1] f(unsigned char[::1] b):
            return b
        """,
        [
            "1:0: cpdef f() returns `unsigned char[::1]`, which cannot go to Python",
        ],
    ),
    Case(
        "char_pointer",
        """\
        cpdef int f(char *p):
            return p[0]
        """,
        [
            "1:12: argument `p` of cpdef f() is `char *`, which cannot come from Python",
        ],
    ),
    Case(
        "uchar_pointer",
        """\
        cpdef int f(const unsigned char *p):
            return p[0]
        """,
        [
            "1:12: argument `p` of cpdef f() is `const unsigned char *`, which",
        ],
    ),
    Case(
        "str_argument",
        """\
        cpdef int f(str s):
            return 1
        """,
        [
            "1:12: argument `s` is a Python object: give it a C type, as `const char *` for text",
        ],
    ),
    Case(
        "python_arguments",
        """\
        cpdef int f(bytes b):
            return 1

        cpdef int g(list b):
            return 1
        """,
        [
            "1:12: argument `b` is a Python object: give it a C type, as `const unsigned",
            "4:12: argument `b` is a Python object: give it a C type, as `int[::1]`, a buffer",
        ],
    ),
    Case(
        "cppclass",
        """\
        cdef extern from "a.h":
            cdef cppclass Box:
                int x
        """,
        [
            "2:4: `cppclass Box`: a guest module is C, not C++",
        ],
    ),
    Case(
        "keywords_in_c",
        """\
        cpdef int f(int x, **more):
            return x
        """,
        [
            "1:19: a function with C types takes parameters one by one",
        ],
    ),
    Case(
        "two_dimensions",
        """\
        cpdef int f(int[:, :] a):
            return a[0, 0]
        """,
        [
            "1:12: argument `a` is a buffer of 2 dimensions, ",
        ],
    ),
    Case(
        "inner_two_dimensions",
        """\
        cdef int f(int[:, :] a) except -1:
            return a[0, 0]
        """,
        [
            "1:11: argument `a` is a buffer of 2 dimensions, ",
        ],
    ),
    Case(
        "global_buffer",
        """\
        cdef int[::1] a
        """,
        [
            "1:14: a global buffer would outlive the object that it belongs to",
        ],
    ),
    Case(
        "global_object",
        """\
        cdef object o
        """,
        [
            "1:12: variable `o` is a Python object: give it a C type",
        ],
    ),
    Case(
        "struct_buffer",
        """\
        cdef struct s:
            int x
        cpdef int f(s[::1] b):
            return b[0].x
        """,
        [
            "3:12: argument `b` of cpdef f() is `s[::1]`, which cannot come from Python",
        ],
    ),
    Case(
        "fused_export",
        """\
        ctypedef fused n:
            int
            double
        cpdef n f(n a):
            return a
        """,
        [
            "4:0: cpdef f() has a fused type: give it one type for Python",
        ],
    ),
    Case(
        "complex_",
        """\
        cdef double f(double complex z) noexcept:
            return z.real
        """,
        [
            "1:14: argument `z` is complex, which is not available in a guest module",
        ],
    ),
    Case(
        "overflowcheck",
        """\
        # cython: overflowcheck=True
        cdef int f(int a) noexcept:
            return a
        """,
        [
            "1:0: the directive `overflowcheck` is not available in a guest module",
        ],
    ),
    Case(
        "overflowcheck_local",
        """\
        cimport cython
        @cython.overflowcheck(True)
        cdef int f(int a) noexcept:
            return a
        """,
        [
            "2:0: the directive `overflowcheck` is not available in a guest module",
        ],
    ),
    Case(
        "profile",
        """\
        # cython: profile=True
        cdef int f(int a) noexcept:
            return a
        """,
        [
            "1:0: the directive `profile` is not available in a guest module",
        ],
    ),
    Case(
        "prange_",
        """\
        from cython.parallel cimport prange
        cdef int f() noexcept nogil:
            cdef int i, t = 0
            for i in prange(3):
                t += i
            return t
        """,
        [
            "4:19: a guest has one thread and no GIL: remove `with gil`, write `range` for",
        ],
    ),
    Case(
        "nested",
        """\
        cdef int f() noexcept:
            def g():
                pass
            return 1
        """,
        [
            "2:4: `def g` in a function is not available in a guest module: write a `cdef`",
        ],
    ),
    Case(
        "comprehension",
        """\
        cdef int f() noexcept:
            return sum([x for x in range(3)])
        """,
        [
            "2:14: `sum` is a function of Python's",
        ],
    ),
    Case(
        "strlen_",
        """\
        cdef int f(const char *s) noexcept nogil:
            return len(s)
        """,
        [
            "2:14: Calling gil-requiring function not allowed without gil",
        ],
    ),
    Case(
        "del_",
        """\
        cdef int f(object o) except -1:
            del o
            return 1
        """,
        [
            "1:11: argument `o` is a Python object: give it a C type",
            "2:4: `del` is not available in a guest module",
        ],
    ),
    Case(
        "module_code",
        """\
        cdef int x
        for x in range(3):
            pass
        """,
        [
            "2:0: a driver runs nothing at module level: only constants are assigned",
        ],
        Mode.DRIVER,
    ),
    Case(
        "module_call",
        """\
        cdef int f() noexcept:
            return 1
        cdef int x = f()
        """,
        [
            "3:0: a driver runs nothing at module level: only constants are assigned",
        ],
        Mode.DRIVER,
    ),
    Case(
        "module_variable",
        """\
        x = 1
        """,
        [
            "1:0: `x` is a Python object: give it a C type",
        ],
    ),
    Case(
        "star",
        """\
        cpdef int f(*args):
            return 1
        """,
        [
            "1:12: a function with C types takes parameters one by one",
        ],
    ),
    Case(
        "global_statement",
        """\
        cdef int f() noexcept:
            global q
            q = 1
            return 1
        """,
        [
            "3:4: `q` is a Python object: give it a C type",
        ],
    ),
    Case(
        "dictionary",
        """\
        cdef int f() except -1:
            return {1: 2}[1]
        """,
        [
            "2:17: this expression is a Python object: give it a C type",
        ],
    ),
    Case(
        "several",
        """\
        import os
        def f():
            pass
        cdef class A:
            pass
        """,
        [
            "1:7: `import` is not available in a guest module; use `cimport`",
            "2:0: `def f` needs Python objects: use `cpdef` with C types",
            "4:0: `cdef class` is not available in a guest module",
        ],
    ),
    Case(
        "not_ascii",
        """\
        cpdef int hé():
            return 1
        """,
        [
            "1:0: the name `hé` is not ASCII",
        ],
    ),
    Case(
        "assert_computed",
        """\
        cdef int f(int a) except -1:
            assert a, a
            return 1
        """,
        [
            '2:4: this `raise` is not available in a guest module: only `raise Builtin("literal")`',
        ],
    ),
    Case(
        "isinstance_",
        """\
        cdef int f(int a) except -1:
            return isinstance(a, int)
        """,
        [
            "2:22: this expression is a Python object: give it a C type",
        ],
    ),
    Case(
        "pxd_raise",
        """\
        cdef int f() except -1:
            raise OSError(1.5)
        """,
        [
            "2:18: Cannot assign type 'double' to 'int'",
        ],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, tmp_path: Path) -> None:
    source = tmp_path / f"{case.name}.pyx"
    source.write_text(dedent(case.pyx))
    found: list[str] = []
    try:
        compile_pyx(source, case.mode)
    except CythonError as error:
        found = [str(diagnostic).removeprefix(f"{source}:") for diagnostic in error.diagnostics]
    assert len(found) == len(case.errors), found
    for error, expected in zip(found, case.errors, strict=True):
        assert placed(error).startswith(placed(expected))


def placed(error: str) -> str:
    """The error with its position, which Cython 3.0 gives more loosely."""
    return error.split(": ", 1)[1] if VERSION.startswith("3.0") else error
