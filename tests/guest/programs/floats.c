/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * floats.c: floating point is there from the start, SSE and x87, and in the state that C expects.
 */

#include "program.h"

/* Hidden from the compiler, which would do the sums itself. */
static double number(double value)
{
    __asm__("" : "+x"(value));
    return value;
}

static long double long_number(long double value)
{
    __asm__("" : "+t"(value));
    return value;
}

static uint32_t sse_control(void)
{
    uint32_t value;
    __asm__ volatile("stmxcsr %0" : "=m"(value));
    return value;
}

static uint16_t x87_control(void)
{
    uint16_t value;
    __asm__ volatile("fnstcw %0" : "=m"(value));
    return value;
}

static void add_lanes(float *sums, const float *more)
{
    __asm__ volatile("movups (%0), %%xmm1\n\t"
                     "movups (%1), %%xmm2\n\t"
                     "addps %%xmm2, %%xmm1\n\t"
                     "movups %%xmm1, (%0)"
                     :
                     : "r"(sums), "r"(more)
                     : "xmm1", "xmm2", "memory");
}

int solo5_app_main(const struct solo5_start_info *info)
{
    float sums[4] = {1, 2, 3, 4};
    const float more[4] = {0.5, 0.25, 0.125, 0.0625};

    (void)info;
    /* All exceptions masked, round to nearest; x87 with full precision. */
    CHECK((sse_control() & 0xffc0) == 0x1f80);
    CHECK(x87_control() == 0x37f);
    CHECK(number(1) / number(3) * number(3) == 1);
    CHECK(number(0.1) + number(0.2) != number(0.3));
    CHECK(number(1) / number(0) > number(1e308)); /* infinity, not an exception */
    CHECK(long_number(1) + long_number(1e-19L) != long_number(1));
    add_lanes(sums, more);
    CHECK(sums[0] == 1.5f && sums[1] == 2.25f && sums[2] == 3.125f && sums[3] == 4.0625f);
    return success();
}
