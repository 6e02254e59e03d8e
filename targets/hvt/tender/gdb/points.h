/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * points.h: where the processor is to stop. Breakpoints, too, are in its debug registers, so that
 * no code of the guest is changed; there are four. (Intel SDM vol. 3, "Debug Registers".)
 */

#ifndef HVT_TENDER_GDB_POINTS_H
#define HVT_TENDER_GDB_POINTS_H

#include "../vm.h"

/* The numbers that gdb has for them, in packets Z and z. A processor cannot tell reading alone. */
enum point_kind { POINT_CODE = 1, POINT_WRITE = 2, POINT_ACCESS = 4 };

/* Whether there are points of that kind at all. */
bool points_know(unsigned long kind);

/* False if there is no room for it, or the processor has none like it: `size` is 1, 2, 4 or 8, and
 * the address a multiple of it. */
bool points_add(enum point_kind kind, uint64_t address, uint64_t size);
void points_remove(enum point_kind kind, uint64_t address, uint64_t size);
void points_clear(void);

/* Whether there is one for the instruction at `address`. */
bool points_at(uint64_t address);

/* Tells KVM; with `step` the processor also stops
 * after one instruction. */
void points_set(const struct vm *vm, bool step);

/* The word with which gdb is told of a data point that the processor has just stopped at, and its
 * address; NULL if it was none. */
const char *points_hit(const struct vm *vm, uint64_t *address);

#endif
