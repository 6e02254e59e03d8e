/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "traps.h"

#include "../../../common/tender/fail.h"
#include "memory.h"

#include <sys/ioctl.h>
#include <sys/mman.h>

#define TRAPS 256
#define TRAP 0xf4 /* hlt */

static struct trap {
    uint8_t *at; /* NULL: not in use */
    uint64_t address;
    uint8_t original;
} traps[TRAPS];

/* Code is read-only to the tender, as it is to the guest, but for this moment. */
static void put(uint8_t *at, uint8_t byte)
{
    void *page = at - (uintptr_t)at % GUEST_PAGE;

    if (mprotect(page, GUEST_PAGE, PROT_READ | PROT_WRITE) == -1)
        fail_errno("could not change code");
    *at = byte;
    if (mprotect(page, GUEST_PAGE, PROT_READ) == -1)
        fail_errno("could not protect code");
}

static bool is_code(const struct guest *guest, const uint8_t *at)
{
    uint64_t address = (uint64_t)(at - guest->memory);

    for (unsigned i = 0; i < guest->layout.count; i++) {
        const struct image_segment *segment = &guest->layout.segments[i];
        if (address >= segment->start && address < segment->end)
            return segment->executable && !segment->writable;
    }
    return false;
}

static struct trap *find(uint64_t address)
{
    for (unsigned i = 0; i < TRAPS; i++)
        if (traps[i].at && traps[i].address == address)
            return &traps[i];
    return NULL;
}

bool traps_add(const struct vm *vm, const struct guest *guest, uint64_t address)
{
    size_t one = 1;
    uint8_t *at = memory_find(vm, guest, address, &one, false);

    if (!at || !is_code(guest, at))
        return false;
    for (unsigned i = 0; !find(address) && i < TRAPS; i++)
        if (!traps[i].at) {
            traps[i] = (struct trap){at, address, *at};
            put(at, TRAP);
        }
    return find(address) != NULL;
}

static void take_out(struct trap *trap)
{
    put(trap->at, trap->original);
    trap->at = NULL;
}

void traps_remove(uint64_t address)
{
    struct trap *trap = find(address);

    if (trap)
        take_out(trap);
}

void traps_clear(void)
{
    for (unsigned i = 0; i < TRAPS; i++)
        if (traps[i].at)
            take_out(&traps[i]);
}

bool traps_hit(const struct vm *vm)
{
    struct kvm_regs registers;

    if (vm->run->exit_reason != KVM_EXIT_HLT)
        return false;
    if (ioctl(vm->processor, KVM_GET_REGS, &registers) == -1)
        fail_errno("KVM: ioctl (GET_REGS) failed");
    if (!find(--registers.rip))
        return false;
    if (ioctl(vm->processor, KVM_SET_REGS, &registers) == -1)
        fail_errno("KVM: ioctl (SET_REGS) failed");
    return true;
}

void traps_hide(uint64_t address, uint8_t *data, size_t size)
{
    for (unsigned i = 0; i < TRAPS; i++)
        if (traps[i].at && traps[i].address - address < size)
            data[traps[i].address - address] = traps[i].original;
}
