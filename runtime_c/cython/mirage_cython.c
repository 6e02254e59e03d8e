// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

#include "mirage_cython.h"

#include "bindings/console.h"
#include "bindings/process.h"

struct mirage_cython_error mirage_cython_error;

static const char *const kind_names[MIRAGE_CYTHON_KINDS] = {
    "",
    "ValueError",
    "TypeError",
    "IndexError",
    "KeyError",
    "OSError",
    "RuntimeError",
    "OverflowError",
    "MemoryError",
    "NotImplementedError",
    "ZeroDivisionError",
    "AssertionError",
    "StopIteration",
    "EOFError",
    "RecursionError",
};

void mirage_cython_raise(enum mirage_cython_kind kind, const char *message)
{
    mirage_cython_error.kind = kind;
    mirage_cython_error.number = 0;
    mirage_cython_error.message = message;
    mirage_cython_error.depth = 0;
}

void mirage_cython_raise_os_error(int number)
{
    mirage_cython_raise(MIRAGE_CYTHON_OSError, NULL);
    mirage_cython_error.number = number;
}

void mirage_cython_frame(const char *function, const char *file, int line)
{
    if (mirage_cython_error.depth < MIRAGE_CYTHON_FRAMES) {
        mirage_cython_error.frames[mirage_cython_error.depth++] =
            (struct mirage_cython_frame){function, file, line};
    }
}

static void say(const char *text)
{
    mirage_console_write(text, strlen(text));
}

static void say_number(unsigned number)
{
    char digits[12];
    char *first = digits + sizeof(digits) - 1;
    *first = '\0';
    do {
        *--first = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    say(first);
}

void mirage_cython_panic(const char *function, const char *file, int line)
{
    /* The innermost frame is where it was raised; a noexcept function that raised by itself has
     * recorded none. */
    if (mirage_cython_error.depth > 0) {
        file = mirage_cython_error.frames[0].file;
        line = mirage_cython_error.frames[0].line;
    }
    say("mirage: panic: ");
    say(file ? file : "?");
    say(":");
    say_number((unsigned)line);
    say(": ");
    say(kind_names[mirage_cython_error.kind]);
    if (mirage_cython_error.number) {
        say(" ");
        say_number((unsigned)mirage_cython_error.number);
    }
    if (mirage_cython_error.message) {
        say(": ");
        say(mirage_cython_error.message);
    }
    say(" in ");
    say(function);
    say(", which is noexcept\n");
    mirage_process_abort();
    for (;;) {
        /* The prototype cannot say that abort does not return. */
    }
}

/* One bound of a slice, counted from the end when negative and clipped to [low, high]. */
static Py_ssize_t clip(Py_ssize_t bound, Py_ssize_t length, Py_ssize_t low, Py_ssize_t high)
{
    if (bound < 0) {
        bound += length;
    }
    return bound < low ? low : bound > high ? high : bound;
}

int __pyx_memoryview_slice_memviewslice(__Pyx_memviewslice *slice, Py_ssize_t shape,
                                        Py_ssize_t stride, Py_ssize_t suboffset, int dim,
                                        int new_dim, int *suboffset_dim, Py_ssize_t start,
                                        Py_ssize_t stop, Py_ssize_t step, int have_start,
                                        int have_stop, int have_step, int is_slice)
{
    (void)suboffset;
    (void)dim;
    (void)new_dim;
    (void)suboffset_dim;
    (void)is_slice; /* One dimension: an index never comes through here. */
    if (!have_step) {
        step = 1;
    }
    if (step == 0) {
        mirage_cython_raise(MIRAGE_CYTHON_ValueError, "slice step cannot be zero");
        return -1;
    }
    /* Going down, -1 stands for "before the first item". */
    Py_ssize_t low = step < 0 ? -1 : 0;
    Py_ssize_t high = step < 0 ? shape - 1 : shape;
    start = have_start ? clip(start, shape, low, high) : step < 0 ? high : low;
    stop = have_stop ? clip(stop, shape, low, high) : step < 0 ? low : high;
    Py_ssize_t count = 0;
    if (step > 0 && stop > start) {
        count = (stop - start - 1) / step + 1;
    } else if (step < 0 && start > stop) {
        count = (start - stop - 1) / -step + 1;
    }
    if (count > 0) {
        slice->data += start * stride;
    }
    slice->shape[0] = count;
    slice->strides[0] = stride * step;
    slice->suboffsets[0] = -1;
    return 0;
}
