/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * resets.c: an exception that cannot be handled, nor the one that follows: the machine starts over.
 */

#include "../programs/program.h"

int solo5_app_main(const struct solo5_start_info *info)
{
    struct {
        uint16_t size;
        uint64_t at;
    } __attribute__((packed)) none = {0, 0};

    (void)info;
    __asm__ volatile("lidt %0\n\tint3" : : "m"(none));
    return SOLO5_EXIT_SUCCESS;
}
