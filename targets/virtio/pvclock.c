/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * pvclock.c: the clock of KVM and of those that offer the same interface. The hypervisor keeps a
 * page of ours up to date with what turns the CPU's counter into time.
 */

#include "virtio.h"

enum { ECX_HYPERVISOR = 1u << 31, FEATURE_CLOCK = 1 << 3 };
#define LEAF_FIRST 0x40000000
#define LEAF_LAST 0x40001000
#define MSR_WALL 0x4b564d00
#define MSR_TIME 0x4b564d01
#define MSR_TIME_ENABLE 1

/* While the version is odd or changes, the rest is being written. */
struct pv_time {
    uint32_t version;
    uint32_t padding;
    uint64_t counter; /* when `nanoseconds` was right */
    uint64_t nanoseconds;
    uint32_t scale; /* nanoseconds per tick after `shift`, in units of 2^-32 */
    int8_t shift;
    uint8_t flags;
    uint8_t padding_too[2];
};
_Static_assert(sizeof(struct pv_time) == 32, "as the hypervisor writes it");

struct pv_wall {
    uint32_t version;
    uint32_t seconds;
    uint32_t nanoseconds;
};
_Static_assert(sizeof(struct pv_wall) == 12, "as the hypervisor writes it");

/* Neither may lie across a page's end. */
static volatile struct pv_time pv_time __attribute__((aligned(32)));
static volatile struct pv_wall pv_wall __attribute__((aligned(16)));

/* Whether the leaf carries KVM's name. Other hypervisors that imitate it put theirs first. */
static bool is_kvm(uint32_t leaf)
{
    struct cpu_id id = cpu_id(leaf);
    return id.ebx == 0x4b4d564b && id.ecx == 0x564b4d56 && id.edx == 0x4d; /* KVMKVMKVM */
}

bool virtio_pvclock_init(void)
{
    if (!(cpu_id(1).ecx & ECX_HYPERVISOR))
        return false;
    for (uint32_t leaf = LEAF_FIRST; leaf < LEAF_LAST; leaf += 0x100) {
        if (!is_kvm(leaf))
            continue;
        if (!(cpu_id(leaf + 1).eax & FEATURE_CLOCK))
            return false;
        cpu_write_msr(MSR_TIME, (uintptr_t)&pv_time | MSR_TIME_ENABLE);
        return true;
    }
    return false;
}

static uint64_t time_now(void)
{
    uint32_t version;
    uint64_t ticks, nanoseconds;

    do {
        version = pv_time.version;
        cpu_barrier();
        ticks = cpu_tsc() - pv_time.counter;
        ticks = pv_time.shift < 0 ? ticks >> -pv_time.shift : ticks << pv_time.shift;
        nanoseconds =
            pv_time.nanoseconds + (uint64_t)((unsigned __int128)ticks * pv_time.scale >> 32);
        cpu_barrier();
    } while (version & 1 || version != pv_time.version);
    return nanoseconds;
}

/* The hypervisor's corrections may set it back by a few nanoseconds. */
uint64_t virtio_pvclock_monotonic(void)
{
    static uint64_t latest;
    uint64_t now = time_now();

    if (now > latest)
        latest = now;
    return latest;
}

uint64_t virtio_pvclock_wall_base(void)
{
    uint32_t version;
    uint64_t nanoseconds;

    cpu_write_msr(MSR_WALL, (uintptr_t)&pv_wall);
    do {
        version = pv_wall.version;
        cpu_barrier();
        nanoseconds = pv_wall.seconds * NANOSECONDS + pv_wall.nanoseconds;
        cpu_barrier();
    } while (version & 1 || version != pv_wall.version);
    return nanoseconds;
}
