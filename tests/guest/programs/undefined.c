/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * undefined.c: an integer that overflows, for tests of what looks for such. */

#include "program.h"

int solo5_app_main(const struct solo5_start_info *info)
{
    volatile int most = 0x7fffffff - (info->heap_size == 0);

    most = most + 1;
    return SOLO5_EXIT_SUCCESS;
}
