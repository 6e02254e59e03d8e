/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * blocks.c: the block device `storage`. Writes a pattern to every block, or reads it back, as its
 * argument says; or makes a call that the device must refuse; or one that goes around the check in
 * the boot code, which the filter must not let through. */

#include "program.h"

static solo5_handle_t handle;
static struct solo5_block_info device;
static uint8_t block[32768];

static long call(long number, size_t size, uint64_t offset)
{
    register uint64_t r10 __asm__("r10") = offset;
    long result;

    /* The descriptor of the only device is the first that the tender opened after the image's. */
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(4L), "S"(block), "d"(size), "r"(r10)
                     : "rcx", "r11", "memory");
    return result;
}

static uint8_t pattern(uint64_t number, size_t at)
{
    return (uint8_t)(number * 31 + at * 7 + 1);
}

static void write_all(void)
{
    for (uint64_t i = 0; i < device.capacity / device.block_size; i++) {
        for (size_t at = 0; at < device.block_size; at++)
            block[at] = pattern(i, at);
        CHECK(solo5_block_write(handle, i * device.block_size, block, device.block_size) ==
              SOLO5_R_OK);
    }
}

static void read_all(void)
{
    for (uint64_t i = 0; i < device.capacity / device.block_size; i++) {
        CHECK(solo5_block_read(handle, i * device.block_size, block, device.block_size) ==
              SOLO5_R_OK);
        for (size_t at = 0; at < device.block_size; at++)
            CHECK(block[at] == pattern(i, at));
    }
}

static void refused(solo5_handle_t which, solo5_off_t offset, size_t size)
{
    CHECK(solo5_block_read(which, offset, block, size) == SOLO5_R_EINVAL);
    CHECK(solo5_block_write(which, offset, block, size) == SOLO5_R_EINVAL);
}

static void try_what_is_wrong(void)
{
    solo5_handle_t other;
    size_t size = device.block_size;

    refused(handle, 0, 0);
    refused(handle, 0, size - 1);
    refused(handle, 0, size * 2);
    refused(handle, 1, size);
    refused(handle, size / 2, size);
    refused(handle, device.capacity, size);
    refused(handle, device.capacity - size / 2, size);
    refused(handle, -(solo5_off_t)size, size);
    refused(handle + 1, 0, size);
    refused(0, 0, size);
    refused(1000, 0, size);
    CHECK(solo5_block_acquire("storage", &other, &device) == SOLO5_R_EINVAL); /* once */
    CHECK(solo5_block_acquire("storage2", &other, &device) == SOLO5_R_EINVAL);
    CHECK(solo5_block_acquire("stor", &other, &device) == SOLO5_R_EINVAL);
    CHECK(solo5_block_acquire("", &other, &device) == SOLO5_R_EINVAL);
}

int solo5_app_main(const struct solo5_start_info *info)
{
    const char *what = info->cmdline;

    CHECK(solo5_block_acquire("storage", &handle, &device) == SOLO5_R_OK);
    CHECK(device.block_size <= sizeof block && device.capacity % device.block_size == 0);
    if (equal(what, "write"))
        write_all();
    else if (equal(what, "read"))
        read_all();
    else if (equal(what, "wrong"))
        try_what_is_wrong();
    else if (equal(what, "last"))
        CHECK(solo5_block_read(handle, device.capacity - device.block_size, block,
                               device.block_size) == SOLO5_R_OK);
    else if (equal(what, "good-call"))
        CHECK(call(17, device.block_size, device.capacity - device.block_size) ==
              (long)device.block_size);
    else if (equal(what, "grow"))
        call(18, device.block_size, device.capacity);
    else if (equal(what, "grow-far"))
        call(18, device.block_size, 1ull << 40);
    else if (equal(what, "short"))
        call(18, device.block_size - 1, 0);
    else if (equal(what, "long"))
        call(17, device.block_size * 2, 0);
    print_number(device.capacity);
    print("/");
    print_number(device.block_size);
    print("\n");
    return success();
}
