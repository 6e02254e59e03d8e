/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * floats.c: SSE and x87 compute, with the settings that C expects, and keep what they hold over
 * sleeps. */

#include "../programs/program.h"

static volatile double ten = 10, three = 3;
static volatile long double long_ten = 10;

static uint32_t sse_settings(void)
{
    uint32_t value;
    __asm__ volatile("stmxcsr %0" : "=m"(value));
    return value;
}

static uint16_t x87_settings(void)
{
    uint16_t value;
    __asm__ volatile("fnstcw %0" : "=m"(value));
    return value;
}

int solo5_app_main(const struct solo5_start_info *info)
{
    double sum = 0;
    uint64_t held = 0x123456789abcdef, back;

    (void)info;
    CHECK((sse_settings() & 0xffc0) == 0x1f80);
    CHECK(x87_settings() == 0x37f);
    for (int i = 0; i < 1000; i++)
        sum += ten / three;
    CHECK(sum > 3333.3333 && sum < 3333.3334);
    CHECK(long_ten / 4 * 2 == 5);
    CHECK(0 / (ten - 10) != 0 / (ten - 10)); /* not a number, no fault */

    __asm__ volatile("movq %0, %%xmm15" : : "r"(held));
    for (int i = 0; i < 20; i++)
        solo5_yield(solo5_clock_monotonic() + 1000000, NULL);
    __asm__ volatile("movq %%xmm15, %0" : "=r"(back));
    CHECK(back == held);
    return success();
}
