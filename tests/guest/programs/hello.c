/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * hello.c: the least an image can do. */

#include "solo5.h"

int solo5_app_main(const struct solo5_start_info *info)
{
    (void)info;
    solo5_console_write("Hello\n", 6);
    return SOLO5_EXIT_SUCCESS;
}
