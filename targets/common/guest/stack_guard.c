/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "guest.h"

/* Read by compiled code (-mstack-protector-guard=global). Not zero before it is seeded, so that the
 * writable segment has bytes in the file: link.ld says why. */
uintptr_t __stack_chk_guard = 0x5ca1ab1e00ff0a00;

#define CPUID_1_ECX_RDRAND (1u << 30)

static bool rdrand(uint64_t *value)
{
    uint32_t eax = 1, ebx, ecx = 0, edx;
    bool ok = false;

    __asm__ volatile("cpuid" : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx));
    if (!(ecx & CPUID_1_ECX_RDRAND))
        return false;
    /* It may run dry under load; Intel's advice is ten tries. */
    for (int tries = 0; tries < 10 && !ok; tries++)
        __asm__ volatile("rdrand %0\n\tsetc %1" : "=r"(*value), "=qm"(ok) : : "cc");
    return ok;
}

__attribute__((no_stack_protector)) void guest_stack_guard_seed(void)
{
    uint64_t random = 0;

    rdrand(&random);
    /* Without RDRAND the low bits of the cycle counter are all there is: spread them out. */
    random ^= __builtin_ia32_rdtsc() * 0x9e3779b97f4a7c15;
    random ^= random >> 29;
    /* A NUL in the second byte stops what copies strings from writing the value back; the first
     * byte stays random because an overflow by one must be noticed. */
    __stack_chk_guard = random & ~(uintptr_t)0xff00;
}

/* The stack is not to be trusted: one write, then the end. */
__attribute__((noreturn, no_stack_protector)) void __stack_chk_fail(void)
{
    static const char text[] = "mirage: ABORT: stack corruption detected\n";

    target_write(text, sizeof text - 1);
    target_exit(SOLO5_EXIT_ABORT);
}
