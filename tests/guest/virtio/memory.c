/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * memory.c: the heap is where it is said to be, as large as it is said to be, and the guest's own.
 */

#include "../programs/program.h"

#ifndef ROOM
#define ROOM 40000
#endif
/* The heap is looked at this often. */
#ifndef STEP
#define STEP 4096
#endif
static char cleared[ROOM];
static char set[] = "set";
extern const char _end[];

int solo5_app_main(const struct solo5_start_info *info)
{
    char here;
    volatile char *heap = (volatile char *)info->heap_start;
    size_t stack = info->heap_start + info->heap_size - (uintptr_t)&here;

    CHECK(info->heap_start % 4096 == 0 && info->heap_size % 4096 == 0);
    CHECK(info->heap_start >= (uintptr_t)_end);
    CHECK(stack < 4096);
    for (size_t i = 0; i < sizeof cleared; i++)
        CHECK(cleared[i] == 0);
    CHECK(equal(set, "set"));
    /* All of it but the stack; no two places are the same memory. */
    for (size_t i = 0; i < info->heap_size - 16384; i += STEP)
        *(volatile size_t *)(heap + i) = i;
    for (size_t i = 0; i < info->heap_size - 16384; i += STEP)
        CHECK(*(volatile size_t *)(heap + i) == i);
    cleared[sizeof cleared - 1] = set[0] = 'x';
    CHECK(((uintptr_t)__builtin_frame_address(0) & 15) == 0);
    print_number(info->heap_size >> 20);
    print("\n");
    return success();
}
