/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * ends.c: ends in the way that its argument names: by returning a status, by exiting or aborting,
 * or by writing over the end of a variable on the stack. */

#include "program.h"

__attribute__((noinline)) static void overflow(volatile char *at, size_t size)
{
    for (size_t i = 0; i < size; i++)
        at[i] = 'x';
}

__attribute__((noinline)) static void smash(void)
{
    char small[16];
    overflow(small, 64);
}

int solo5_app_main(const struct solo5_start_info *info)
{
    const char *how = info->cmdline;

    if (equal(how, "return"))
        return 7;
    if (equal(how, "exit"))
        solo5_exit(42);
    if (equal(how, "abort"))
        solo5_abort();
    if (equal(how, "smash"))
        smash();
    print("still here\n");
    return SOLO5_EXIT_FAILURE;
}
