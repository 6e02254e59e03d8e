// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* entropy.h: a processor whose every number a test decides. Found before the real one when the
 * folder of the fakes comes first. */

#ifndef MIRAGE_ENTROPY_H
#define MIRAGE_ENTROPY_H

#include <stdbool.h>
#include <stdint.h>

#define MIRAGE_ENTROPY_RDRAND 1u
#define MIRAGE_ENTROPY_RDSEED 2u

static struct {
    unsigned cpu;            /* what mirage_entropy_cpu answers */
    uint64_t cycles, step;   /* the counter, and what a reading adds */
    uint64_t rdrand, rdseed; /* what the generators answer, or 0 for failure */
    unsigned drawn, counted; /* how often numbers and cycles were asked for */
    unsigned odd;            /* the reading of the counter, from 1, that is one cycle late */
} fake_entropy;

static inline unsigned mirage_entropy_cpu(void)
{
    return fake_entropy.cpu;
}

static inline uint64_t mirage_entropy_cycles(void)
{
    fake_entropy.cycles += fake_entropy.step;
    return fake_entropy.cycles + (++fake_entropy.counted == fake_entropy.odd);
}

static inline bool mirage_entropy_rdrand(uint64_t *value)
{
    fake_entropy.drawn++;
    *value = fake_entropy.rdrand;
    return *value != 0;
}

static inline bool mirage_entropy_rdseed(uint64_t *value)
{
    fake_entropy.drawn++;
    *value = fake_entropy.rdseed;
    return *value != 0;
}

#endif
