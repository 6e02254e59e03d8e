// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* heap.h: the memory that Solo5 gives, handed to MicroPython's collector area by area. The stack
 * stands at the top of the region and grows down; the heap begins at its bottom. Self-contained. */

#ifndef MIRAGE_PORT_HEAP_H
#define MIRAGE_PORT_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Size of the stack in bytes; set by the image (`--stack`). 0 where it asks for none. */
extern const size_t mirage_stack_size;

/* Give the region [start, start + size) to the stack and the collector, as the boot arguments have
 * it. Aborts with a line if it is too small for both. */
void mirage_heap_init(uintptr_t start, size_t size);

/* Take `size` bytes, at most mirage_heap_left(). */
void *mirage_heap_take(size_t size);

/* Whether an address is in the region of the heap. */
bool mirage_heap_has(const void *at);

/* What the bytes of an object lie in: of a view, what it shows a part of; else the bytes alone. */
const void *mirage_heap_base(const void *object, const void *bytes);

/* Size of the block of the heap at `base`, in bytes; 0 if there is none. */
size_t mirage_heap_block(const void *base);

/* Bytes that no area has taken yet. */
size_t mirage_heap_left(void);

/* Write the line that explains an uncaught MemoryError. */
void mirage_heap_explain(void);

#endif
