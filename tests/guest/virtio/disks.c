/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * disks.c: the block devices `first` and `second`: each gets what is its own. Or memory is given to
 * a device that is not the caller's, as the argument says. */

#include "../programs/program.h"

static const uint8_t constant[512];
static uint8_t block[512];

static void fill(solo5_handle_t handle, solo5_off_t capacity, uint8_t with)
{
    for (solo5_off_t at = 0; at < capacity; at += sizeof block) {
        for (size_t i = 0; i < sizeof block; i++)
            block[i] = (uint8_t)(with + at / sizeof block);
        CHECK(solo5_block_write(handle, at, block, sizeof block) == SOLO5_R_OK);
    }
}

static void compare(solo5_handle_t handle, solo5_off_t capacity, uint8_t with)
{
    for (solo5_off_t at = 0; at < capacity; at += sizeof block) {
        CHECK(solo5_block_read(handle, at, block, sizeof block) == SOLO5_R_OK);
        for (size_t i = 0; i < sizeof block; i++)
            CHECK(block[i] == (uint8_t)(with + at / sizeof block));
    }
}

static uint8_t *hidden(uintptr_t address)
{
    __asm__("" : "+r"(address));
    return (uint8_t *)address;
}

int solo5_app_main(const struct solo5_start_info *info)
{
    solo5_handle_t first, second;
    struct solo5_block_info one, two;
    uintptr_t end = info->heap_start + info->heap_size;

    CHECK(solo5_block_acquire("second", &second, &two) == SOLO5_R_OK);
    CHECK(solo5_block_acquire("first", &first, &one) == SOLO5_R_OK);
    if (equal(info->cmdline, "into-constant"))
        solo5_block_read(first, 0, hidden((uintptr_t)constant), sizeof block);
    if (equal(info->cmdline, "into-null"))
        solo5_block_read(first, 0, hidden(0), sizeof block);
    if (equal(info->cmdline, "into-boot-codes"))
        solo5_block_read(first, 0, hidden(info->heap_start - 512), sizeof block);
    if (equal(info->cmdline, "over-the-end"))
        solo5_block_read(first, 0, hidden(end - 511), sizeof block);
    if (equal(info->cmdline, "from-beyond"))
        solo5_block_write(first, 0, hidden(end), sizeof block);
    if (equal(info->cmdline, "fails")) {
        CHECK(solo5_block_write(first, 0, block, sizeof block) == SOLO5_R_EUNSPEC);
        CHECK(solo5_block_read(first, 0, block, sizeof block) == SOLO5_R_OK);
        return success();
    }
    CHECK(solo5_block_write(first, 0, constant, sizeof constant) == SOLO5_R_OK);
    fill(first, one.capacity, 1);
    fill(second, two.capacity, 100);
    compare(first, one.capacity, 1);
    compare(second, two.capacity, 100);
    /* A block may lie across pages and at any address. */
    CHECK(solo5_block_read(first, 512, hidden(info->heap_start + 4096 - 255), 512) == SOLO5_R_OK);
    CHECK(*hidden(info->heap_start + 4096 + 256) == 2);
    return success();
}
