/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * sleeps.c: says that it is there and sleeps for good. */

#include "program.h"

int solo5_app_main(const struct solo5_start_info *info)
{
    (void)info;
    print("sleeping\n");
    for (;;)
        solo5_yield(~(solo5_time_t)0, NULL);
}
