/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * prints.c: prints 5000 numbered lines. */

#include "../programs/program.h"

int solo5_app_main(const struct solo5_start_info *info)
{
    (void)info;
    for (uint64_t i = 0; i < 5000; i++) {
        print_number(i);
        print(" a line that is long enough for a lot of them to fill a pipe\n");
    }
    return SOLO5_EXIT_SUCCESS;
}
