/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * clocks.c: both clocks and sleeping. Prints the wall clock, in seconds. */

#include "program.h"

#define MILLISECOND 1000000ull

/* As often as a busy host may be late; it is not every time. */
#define TRIES 10

/* Whether a yield to `deadline` takes next to no time; nothing may be ready after it. */
static bool is_brief(solo5_time_t deadline)
{
    solo5_time_t before = solo5_clock_monotonic();
    solo5_handle_set_t ready = ~(solo5_handle_set_t)0;

    solo5_yield(deadline, &ready);
    CHECK(ready == 0);
    return solo5_clock_monotonic() - before < 50 * MILLISECOND;
}

/* The same of one that has passed. */
static bool is_over(solo5_time_t deadline)
{
    for (int try = 0; try < TRIES; try++)
        if (is_brief(deadline))
            return true;
    return false;
}

int solo5_app_main(const struct solo5_start_info *info)
{
    (void)info;
    solo5_time_t now = solo5_clock_monotonic();

    CHECK(is_over(0));
    CHECK(is_over(1));
    CHECK(is_over(now));
    for (int i = 1; i <= 3; i++) {
        now = solo5_clock_monotonic();
        solo5_yield(now + 30 * MILLISECOND, NULL);
        CHECK(solo5_clock_monotonic() >= now + 30 * MILLISECOND);
        /* The same deadline again, which has passed; then none. */
        CHECK(is_over(now + 30 * MILLISECOND));
        CHECK(is_over(0));
    }
    /* An earlier deadline after one far away. */
    for (int try = 1;; try++) {
        now = solo5_clock_monotonic();
        solo5_yield(0, NULL);
        if (is_brief(now + MILLISECOND))
            break;
        CHECK(try < TRIES);
    }

    print_number(solo5_clock_wall() / 1000000000);
    print("\n");
    return success();
}
