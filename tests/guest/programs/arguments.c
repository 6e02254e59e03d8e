/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * arguments.c: prints its boot arguments between brackets. */

#include "program.h"

int solo5_app_main(const struct solo5_start_info *info)
{
    print("[");
    print(info->cmdline);
    print("]\n");
    return SOLO5_EXIT_SUCCESS;
}
