/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * many.c: as many block devices as an image can have, disk0, disk1, ... Writes the number of each
 * to it, then reads all of them back: each is a disk of its own. Prints how many there are. */

#include "program.h"

#define MOST 63
static solo5_handle_t handles[MOST];
static uint8_t block[4096];

static bool acquire(unsigned number, solo5_handle_t *handle, size_t *block_size)
{
    char name[] = "disk\0\0";
    char *at = name + 4;
    struct solo5_block_info device;

    if (number >= 10)
        *at++ = (char)('0' + number / 10);
    *at = (char)('0' + number % 10);
    if (solo5_block_acquire(name, handle, &device) != SOLO5_R_OK)
        return false;
    *block_size = device.block_size;
    return true;
}

int solo5_app_main(const struct solo5_start_info *info)
{
    size_t size[MOST];
    unsigned count = 0;

    (void)info;
    while (count < MOST && acquire(count, &handles[count], &size[count]))
        count++;
    for (unsigned i = 0; i < count; i++) {
        CHECK(size[i] <= sizeof block);
        block[0] = block[size[i] - 1] = (uint8_t)(i + 1);
        CHECK(solo5_block_write(handles[i], 0, block, size[i]) == SOLO5_R_OK);
    }
    for (unsigned i = 0; i < count; i++) {
        CHECK(solo5_block_read(handles[i], 0, block, size[i]) == SOLO5_R_OK);
        CHECK(block[0] == i + 1 && block[size[i] - 1] == i + 1);
    }
    print_number(count);
    print("\n");
    return success();
}
