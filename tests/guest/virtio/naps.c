/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * naps.c: prints twice, two seconds apart. */

#include "../programs/program.h"

int solo5_app_main(const struct solo5_start_info *info)
{
    (void)info;
    print("now\n");

    solo5_time_t start = solo5_clock_monotonic();

    while (solo5_clock_monotonic() < start + 2000000000)
        solo5_yield(start + 2000000000, NULL);
    print("now\n");
    return success();
}
