// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* mirage_cython.h: what C generated from a .pyx stands on, in place of Python.h.
 *
 * Names with a `Py` in them are those that Cython writes; each is given the meaning that it has
 * without CPython. Exceptions are a state, not a jump: whoever raises sets it and returns the
 * function's error value, as Cython does. Self-contained: C headers only. */

#ifndef MIRAGE_CYTHON_H
#define MIRAGE_CYTHON_H

/* Cython calls pow, floor and fabs for operators. */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef ptrdiff_t Py_ssize_t;
typedef ptrdiff_t Py_hash_t;
#define PY_SSIZE_T_MAX PTRDIFF_MAX
#define PY_LONG_LONG long long
#define Py_HUGE_VAL __builtin_huge_val()

#define CYTHON_INLINE inline
#define CYTHON_UNUSED __attribute__((unused))
#define CYTHON_UNUSED_VAR(x) ((void)(x))
#define CYTHON_MAYBE_UNUSED_VAR(x) ((void)(x))
#define CYTHON_NCP_UNUSED __attribute__((unused))
#define CYTHON_FALLTHROUGH __attribute__((fallthrough))
#define CYTHON_SMALL_CODE __attribute__((cold))
#define CYTHON_RESTRICT __restrict__
#define CYTHON_CCOMPLEX 0
#define __PYX_EXTERN_C extern
#define __Pyx_PACKED __attribute__((__packed__))
#define DL_IMPORT(type) type
#define DL_EXPORT(type) type
#undef likely
#undef unlikely
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
/* -ffreestanding makes these calls; the compiler's own are one instruction or two. */
#undef abs
#undef labs
#define abs(x) __builtin_abs(x)
#define labs(x) __builtin_labs(x)

/* The order is that of RAISABLE in mirage_py/cython/transforms.py and of the types in
 * mirage_cython_mp.c. */
enum mirage_cython_kind {
    MIRAGE_CYTHON_NONE,
    MIRAGE_CYTHON_ValueError,
    MIRAGE_CYTHON_TypeError,
    MIRAGE_CYTHON_IndexError,
    MIRAGE_CYTHON_KeyError,
    MIRAGE_CYTHON_OSError,
    MIRAGE_CYTHON_RuntimeError,
    MIRAGE_CYTHON_OverflowError,
    MIRAGE_CYTHON_MemoryError,
    MIRAGE_CYTHON_NotImplementedError,
    MIRAGE_CYTHON_ZeroDivisionError,
    MIRAGE_CYTHON_AssertionError,
    MIRAGE_CYTHON_StopIteration,
    MIRAGE_CYTHON_EOFError,
    MIRAGE_CYTHON_RecursionError,
    MIRAGE_CYTHON_KINDS,
};

/* Whether a function that calls itself has come to the end of the stack: an image knows. */
#ifndef mirage_cython_stack_is_spent
#define mirage_cython_stack_is_spent() 0
#endif
#define mirage_cython_raise_recursion()                                                            \
    mirage_cython_raise(MIRAGE_CYTHON_RecursionError, "maximum recursion depth exceeded")

#define MIRAGE_CYTHON_FRAMES 8

struct mirage_cython_frame {
    const char *function;
    const char *file;
    int line;
};

/* What was raised and where: the innermost frame first, the outermost ones dropped when there are
 * more than fit. `message` may be NULL; `number` is an OSError's errno, or 0. */
struct mirage_cython_error {
    enum mirage_cython_kind kind;
    int number;
    const char *message;
    unsigned depth;
    struct mirage_cython_frame frames[MIRAGE_CYTHON_FRAMES];
};

extern struct mirage_cython_error mirage_cython_error;

__attribute__((cold)) void mirage_cython_raise(enum mirage_cython_kind kind, const char *message);
__attribute__((cold)) void mirage_cython_raise_os_error(int number);
__attribute__((cold)) void mirage_cython_frame(const char *function, const char *file, int line);
/* An exception that nothing can receive: says which and where on the console, then aborts. */
_Noreturn __attribute__((cold)) void mirage_cython_panic(const char *function, const char *file,
                                                         int line);

#define __PYX_MARK_ERR_POS(index, line)                                                            \
    {                                                                                              \
        __pyx_filename = __pyx_f[index];                                                           \
        (void)__pyx_filename;                                                                      \
        __pyx_lineno = (line);                                                                     \
        (void)__pyx_lineno;                                                                        \
        (void)__pyx_clineno;                                                                       \
    }
#define __PYX_ERR(index, line, label)                                                              \
    {                                                                                              \
        __PYX_MARK_ERR_POS(index, line) goto label;                                                \
    }
#define __Pyx_AddTraceback(function, c_line, line, file) mirage_cython_frame(function, file, line)
#define __Pyx_WriteUnraisable(function, c_line, line, file, full, nogil)                           \
    mirage_cython_panic(function, file, line)
#define __Pyx_ErrOccurredWithGIL() (mirage_cython_error.kind != MIRAGE_CYTHON_NONE)
#define __Pyx_PyErr_Occurred() (mirage_cython_error.kind != MIRAGE_CYTHON_NONE)
#define PyErr_Occurred() (mirage_cython_error.kind != MIRAGE_CYTHON_NONE)
#define PyErr_SetString(kind, message) mirage_cython_raise(kind, message)
#define PyExc_TypeError MIRAGE_CYTHON_TypeError
#define PyExc_ZeroDivisionError MIRAGE_CYTHON_ZeroDivisionError
#define PyExc_OverflowError MIRAGE_CYTHON_OverflowError
#define PyExc_ValueError MIRAGE_CYTHON_ValueError
#define __Pyx_RaiseBufferIndexError(axis)                                                          \
    mirage_cython_raise(MIRAGE_CYTHON_IndexError, "buffer index out of range")
#define __Pyx_RaiseBufferIndexErrorNogil(axis) __Pyx_RaiseBufferIndexError(axis)
#define __Pyx_RaiseUnboundLocalError(name)                                                         \
    mirage_cython_raise(MIRAGE_CYTHON_RuntimeError, "local variable referenced before assignment")
#define __Pyx_RaiseUnboundMemoryviewSliceNogil(name) __Pyx_RaiseUnboundLocalError(name)

/* Dividing the least number of a type by -1 stops the processor, whether the quotient is asked for
 * or the remainder. */
#define __Pyx_UNARY_NEG_WOULD_OVERFLOW(x)                                                          \
    ({                                                                                             \
        __typeof__(+(x)) mirage_negated;                                                           \
        __builtin_sub_overflow((__typeof__(+(x)))0, x, &mirage_negated);                           \
    })
#define mirage_cython_rest(a, b) ((b) < 0 && (b) == -1 ? 0 : (a) % (b))

/* There is one thread and no lock, and nothing is counted. */
typedef int PyGILState_STATE;
#define __Pyx_PyGILState_Ensure() 0
#define __Pyx_PyGILState_Release(state) ((void)(state))
#define __Pyx_RefNannyDeclarations
#define __Pyx_RefNannyDeclarationsNogil
#define __Pyx_RefNannySetupContext(name, gil)
#define __Pyx_RefNannySetupContextNogil(name)
#define __Pyx_RefNannyFinishContext()
#define __Pyx_RefNannyFinishContextNogil()

/* Iterating over a buffer first asks whether it is None, which no buffer is here. */
typedef struct __pyx_memoryview_obj PyObject;
#define Py_None ((PyObject *)-1)

/* A one-dimensional buffer, borrowed from the caller: pointer, length in items and stride in bytes.
 * The field names are Cython's. */
typedef struct {
    struct __pyx_memoryview_obj *memview;
    char *data;
    Py_ssize_t shape[1];
    Py_ssize_t strides[1];
    Py_ssize_t suboffsets[1];
} __Pyx_memviewslice;
#define __Pyx_MemoryView_Len(slice) ((slice).shape[0])
#define __PYX_INC_MEMVIEW(slice, gil) ((void)0)
#define __PYX_XCLEAR_MEMVIEW(slice, gil) ((void)0)
#define __PYX_XDEC_MEMVIEW(slice, gil) ((void)0)

/* `buffer[start:stop:step]`: narrows `slice`, as Python's rules clip the bounds. 0, or -1 and
 * raised. The parameters are those with which Cython calls it. */
int __pyx_memoryview_slice_memviewslice(__Pyx_memviewslice *slice, Py_ssize_t shape,
                                        Py_ssize_t stride, Py_ssize_t suboffset, int dim,
                                        int new_dim, int *suboffset_dim, Py_ssize_t start,
                                        Py_ssize_t stop, Py_ssize_t step, int have_start,
                                        int have_stop, int have_step, int is_slice);

#endif
