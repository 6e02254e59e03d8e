/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * guard.c: prints the stack protector's value. */

#include "program.h"

extern uintptr_t __stack_chk_guard;

int solo5_app_main(const struct solo5_start_info *info)
{
    (void)info;
    print_number(__stack_chk_guard);
    print("\n");
    return SOLO5_EXIT_SUCCESS;
}
