// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

#include "port/heap.h"

#include "bindings/process.h"
#include "port/args.h"
#include "py/cstack.h"
#include "py/gc.h"
#include "py/mphal.h"
#include "py/mpprint.h"
#include "py/objarray.h"
#include "shared/runtime/gchelper.h"

/* The first area. Small enough to cost nothing at boot (the collector clears tables in proportion),
 * large enough for most programs to start in; the collector doubles from here. */
#define FIRST_AREA ((size_t)128 * 1024)
#define LEAST_HEAP ((size_t)16 * 1024)

static uintptr_t next; // first byte that no area has taken
static uintptr_t end;  // first byte that is not the heap's
static size_t whole;
static bool bounded; // by `--heap-size`

/* What an image that asks for no size of the stack has at least; and in which a thousand calls of
 * Python nest, as in CPython: a sixteenth of the memory lies between. */
#ifdef __SANITIZE_ADDRESS__ // as many calls take four times as much (SANITIZED_STACK of layout.py)
#define PLAIN_STACK ((size_t)512 * 1024)
#else
#define PLAIN_STACK ((size_t)128 * 1024)
#endif
#define DEEP_STACK ((size_t)512 * 1024)

/* `--heap-size` cannot be had: `expected` says what can. */
static _Noreturn void refuse_size(const char *expected, const char *behind)
{
    mirage_args_fail("option '--heap-size': invalid value '",
                     mirage_args_value(MIRAGE_ARGS_HEAP_SIZE, 0), "', expected ", expected, behind,
                     NULL);
}

/* How much of what there is the heap may take: all, or what `--heap-size` says. */
static size_t wanted_of(size_t size)
{
    int64_t wanted = mirage_args_number(MIRAGE_ARGS_HEAP_SIZE);
    if (wanted < 0) {
        return size;
    }
    if ((size_t)wanted < LEAST_HEAP) {
        refuse_size("at least 16k", NULL);
    }
    if ((size_t)wanted > size) {
        vstr_t most;
        char text[24];
        vstr_init_fixed_buf(&most, sizeof text, text);
        vstr_printf(&most, UINT_FMT "k", (mp_uint_t)(size / 1024));
        refuse_size(vstr_null_terminated_str(&most), " at most; give more with --mem=N");
    }
    bounded = true;
    return (size_t)wanted;
}

void mirage_heap_init(uintptr_t start, size_t size)
{
    size_t stack = mirage_stack_size ? mirage_stack_size : PLAIN_STACK;
    if (size < LEAST_HEAP || size - LEAST_HEAP < stack) {
        mp_printf(&mp_plat_print,
                  "mirage: memory: " UINT_FMT " bytes are too few for a stack of " UINT_FMT
                  " and a heap; give more with --mem=N\n",
                  (mp_uint_t)size, (mp_uint_t)stack);
        mirage_process_exit(1);
    }
    uintptr_t top = start + size;
    if (mirage_stack_size == 0) {
        stack = MAX(stack, MIN(size / 16 & ~(size_t)15, DEEP_STACK));
    }
    mp_cstack_init_with_top((void *)top, stack);
    next = (start + 15) & ~(uintptr_t)15;
    end = top - stack;
    whole = wanted_of(end - next);
    end = next + whole;
    size_t first = whole < FIRST_AREA ? whole : FIRST_AREA;
    char *area = mirage_heap_take(first);
    gc_init(area, area + first);
    int64_t threshold = mirage_args_number(MIRAGE_ARGS_GC_THRESHOLD);
    if (threshold >= 0) {
        MP_STATE_MEM(gc_alloc_threshold) = (size_t)threshold / MICROPY_BYTES_PER_GC_BLOCK;
    }
}

void *mirage_heap_take(size_t size)
{
    void *taken = (void *)next;
    next += size;
    return taken;
}

bool mirage_heap_has(const void *at)
{
    return (uintptr_t)at < end && (uintptr_t)at >= end - whole;
}

const void *mirage_heap_base(const void *object, const void *bytes)
{
    const mp_obj_array_t *view = object;
    return mp_obj_is_type(MP_OBJ_FROM_PTR(object), &mp_type_memoryview) ? view->items : bytes;
}

size_t mirage_heap_block(const void *base)
{
    return gc_nbytes(base);
}

size_t mirage_heap_left(void)
{
    return end - next;
}

size_t gc_get_max_new_split(void)
{
    return mirage_heap_left();
}

/* The bytes of all areas, if more than a quarter of them is live; else 0. A crowded heap is full
 * again soon, and collecting takes the time that the program needs. */
static size_t crowded(void)
{
    size_t total, used;
    gc_usage(&total, &used);
    return used > total / 4 ? total : 0;
}

/* A crowded heap doubles, while as much again is left for what is large. In another, an object is
 * just too large for the gaps: it gets an area. */
size_t gc_get_new_split(size_t total)
{
    return MAX(crowded() ? MIN(total, mirage_heap_left() / 2) : total / 8, FIRST_AREA);
}

/* The same, before it is full. */
static void grow_if_crowded(void)
{
    size_t left = mirage_heap_left();
    if (left < 2 * FIRST_AREA) {
        return;
    }
    size_t total = crowded();
    size_t area = total + total / 16; // with the collector's tables
    if (total != 0 && area <= left / 2) {
        char *taken = mirage_heap_take(area);
        gc_add(taken, taken + area);
    }
}

void gc_collect(void)
{
    gc_collect_start();
    gc_helper_collect_regs_and_stack();
    gc_collect_end();
    grow_if_crowded();
}

void mirage_heap_explain(void)
{
    gc_info_t info;
    gc_info(&info);
    size_t left = mirage_heap_left();
    size_t largest = info.max_free * MICROPY_BYTES_PER_GC_BLOCK;
    mp_printf(&mp_plat_print,
              "mirage: heap: out of memory: " UINT_FMT " bytes of heap, " UINT_FMT
              " live, largest free block " UINT_FMT "; give more with %s\n",
              (mp_uint_t)whole, (mp_uint_t)info.used, (mp_uint_t)(largest > left ? largest : left),
              bounded ? "--heap-size=BYTES" : "--mem=N");
}
