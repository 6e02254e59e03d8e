/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * clocks.c: both clocks and sleeping. Prints the wall clock, in seconds. */

#include "program.h"

#define MILLISECOND 1000000ull

/* How long a yield to `deadline` takes, in nanoseconds; nothing may be ready after it. */
static uint64_t yield(solo5_time_t deadline)
{
    solo5_time_t before = solo5_clock_monotonic();
    solo5_handle_set_t ready = ~(solo5_handle_set_t)0;

    solo5_yield(deadline, &ready);
    CHECK(ready == 0);
    return solo5_clock_monotonic() - before;
}

int solo5_app_main(const struct solo5_start_info *info)
{
    (void)info;
    solo5_time_t now = solo5_clock_monotonic();

    CHECK(yield(0) < 50 * MILLISECOND);
    CHECK(yield(1) < 50 * MILLISECOND);
    CHECK(yield(now) < 50 * MILLISECOND);
    for (int i = 1; i <= 3; i++) {
        now = solo5_clock_monotonic();
        solo5_yield(now + 30 * MILLISECOND, NULL);
        CHECK(solo5_clock_monotonic() >= now + 30 * MILLISECOND);
        /* The same deadline again, which has passed; then none. */
        CHECK(yield(now + 30 * MILLISECOND) < 50 * MILLISECOND);
        CHECK(yield(0) < 50 * MILLISECOND);
    }
    /* An earlier deadline after one far away. */
    now = solo5_clock_monotonic();
    solo5_yield(0, NULL);
    CHECK(yield(now + MILLISECOND) < 50 * MILLISECOND);

    print_number(solo5_clock_wall() / 1000000000);
    print("\n");
    return success();
}
