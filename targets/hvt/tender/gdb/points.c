/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "points.h"

#include "../../../common/tender/fail.h"

#include <sys/ioctl.h>

#define POINTS 4
/* Of the register that says which are in use. */
#define CONTROL 7
#define ALWAYS (1u << 10)
#define ENABLED(n) (1u << 2 * (n))
#define WHEN(n) (16 + 4 * (n)) /* two bits */
#define SIZE(n) (18 + 4 * (n)) /* two bits */

static struct point {
    bool used;
    enum point_kind kind;
    uint64_t address, size;
} points[POINTS];

bool points_know(unsigned long kind)
{
    return kind == POINT_CODE || kind == POINT_WRITE || kind == POINT_ACCESS;
}

/* What CONTROL has for a size of 1, 2, 4 and 8. */
static unsigned size_bits(uint64_t size)
{
    return size == 8 ? 2 : (unsigned)size - 1;
}

bool points_add(enum point_kind kind, uint64_t address, uint64_t size)
{
    /* Of code gdb says how long an instruction that stops would be. */
    if (kind == POINT_CODE)
        size = 1;
    if ((size != 1 && size != 2 && size != 4 && size != 8) || address % size != 0)
        return false;
    for (unsigned i = 0; i < POINTS; i++)
        if (!points[i].used) {
            points[i] = (struct point){true, kind, address, size};
            return true;
        }
    return false;
}

void points_remove(enum point_kind kind, uint64_t address, uint64_t size)
{
    for (unsigned i = 0; i < POINTS; i++)
        if (points[i].used && points[i].kind == kind && points[i].address == address &&
            (kind == POINT_CODE || points[i].size == size)) {
            points[i].used = false;
            return;
        }
}

void points_clear(void)
{
    for (unsigned i = 0; i < POINTS; i++)
        points[i].used = false;
}

bool points_at(uint64_t address)
{
    for (unsigned i = 0; i < POINTS; i++)
        if (points[i].used && points[i].kind == POINT_CODE && points[i].address == address)
            return true;
    return false;
}

void points_set(const struct vm *vm, bool step)
{
    struct kvm_guest_debug debug = {
        .control = KVM_GUESTDBG_ENABLE | KVM_GUESTDBG_USE_HW_BP |
                   (step ? (uint32_t)KVM_GUESTDBG_SINGLESTEP : 0),
        .arch.debugreg[CONTROL] = ALWAYS,
    };

    for (unsigned i = 0; i < POINTS; i++) {
        const struct point *point = &points[i];
        unsigned when = point->kind == POINT_CODE ? 0 : point->kind == POINT_WRITE ? 1 : 3;
        if (!point->used)
            continue;
        debug.arch.debugreg[i] = point->address;
        debug.arch.debugreg[CONTROL] |=
            ENABLED(i) | when << WHEN(i) | size_bits(point->size) << SIZE(i);
    }
    if (ioctl(vm->processor, KVM_SET_GUEST_DEBUG, &debug) == -1)
        fail_errno("KVM: ioctl (SET_GUEST_DEBUG) failed");
}

const char *points_hit(const struct vm *vm, uint64_t *address)
{
    for (unsigned i = 0; i < POINTS; i++)
        if (vm->run->debug.arch.dr6 >> i & 1 && points[i].used && points[i].kind != POINT_CODE) {
            *address = points[i].address;
            return points[i].kind == POINT_WRITE ? "watch" : "awatch";
        }
    return NULL;
}
