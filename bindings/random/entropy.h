// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* entropy.h: the instructions that random.pyx needs and that Cython cannot say: the processor's own
 * random numbers and its cycle counter. Self-contained: C headers only. */

#ifndef MIRAGE_ENTROPY_H
#define MIRAGE_ENTROPY_H

#include <stdbool.h>
#include <stdint.h>

/* Bits of mirage_entropy_cpu(). */
#define MIRAGE_ENTROPY_RDRAND 1u
#define MIRAGE_ENTROPY_RDSEED 2u

#if defined(__x86_64__)

#include <cpuid.h>

/* Which generators this processor has. */
static inline unsigned mirage_entropy_cpu(void)
{
    unsigned found = 0;
#ifndef MIRAGE_ENTROPY_NONE /* for tests */
    unsigned a, b, c, d;
    if (__get_cpuid(1, &a, &b, &c, &d) && (c & bit_RDRND)) {
        found |= MIRAGE_ENTROPY_RDRAND;
    }
    if (__get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_RDSEED)) {
        found |= MIRAGE_ENTROPY_RDSEED;
    }
#endif
    return found;
}

static inline uint64_t mirage_entropy_cycles(void)
{
    return __builtin_ia32_rdtsc();
}

/* Some processors answer all ones for ever after a suspend, with the carry set; taking no such
 * answer costs nothing. RDRAND is specified to succeed within ten tries; RDSEED may run dry. */
static inline bool mirage_entropy_rdrand(uint64_t *value)
{
    for (int tries = 0; tries < 10; tries++) {
        unsigned char carry;
        __asm__ volatile("rdrand %0; setc %1" : "=r"(*value), "=qm"(carry) : : "cc");
        if (carry && *value != UINT64_MAX) {
            return true;
        }
    }
    return false;
}

static inline bool mirage_entropy_rdseed(uint64_t *value)
{
    for (int tries = 0; tries < 4; tries++) {
        unsigned char carry;
        __asm__ volatile("rdseed %0; setc %1" : "=r"(*value), "=qm"(carry) : : "cc");
        if (carry && *value != UINT64_MAX) {
            return true;
        }
        __builtin_ia32_pause();
    }
    return false;
}

#else
#error "entropy.h: give this architecture a cycle counter and, if it has one, a generator"
#endif

#endif
