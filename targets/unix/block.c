/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * block.c: files and disks as block devices.
 */

#include "unix.h"

#define DEFAULT_SECTOR_SIZE 512
#define MIN_SECTOR_SIZE 512
#define MAX_SECTOR_SIZE 32768

static void attach(struct mft_entry *entry, const char *path)
{
    struct linux_stat status;
    /* Not blocking, so that a named pipe is an error and not a wait; for files and disks it means
     * nothing. */
    long fd = linux_open(path, LINUX_O_RDWR | LINUX_O_CLOEXEC | LINUX_O_NONBLOCK);
    long result = fd < 0 ? fd : linux_fstat((int)fd, &status);
    if (result < 0)
        unix_fail("Could not open block device: ", path, ": ", unix_reason(result));
    uint32_t kind = status.st_mode & LINUX_S_IFMT;
    if (kind != LINUX_S_IFREG && kind != LINUX_S_IFBLK)
        unix_fail("Could not open block device: ", path, ": neither a file nor a disk");
    long capacity = linux_lseek((int)fd, 0, LINUX_SEEK_END);
    if (capacity < 0)
        unix_fail(path, ": Could not determine capacity: ", unix_reason(capacity));
    unix_device_attach(entry, (int)fd);
    entry->u.block_basic.capacity = (uint64_t)capacity;
}

static uint16_t parse_sector_size(const char *text)
{
    uint64_t size;

    if (!unix_number(text, MAX_SECTOR_SIZE, &size) || size < MIN_SECTOR_SIZE ||
        (size & (size - 1)) != 0)
        unix_fail("Block size must be a multiple of 2 greater than or equal 512"
                  " (a power of two up to 32768), not '",
                  text, "'");
    return (uint16_t)size;
}

bool unix_block_option(const char *option)
{
    char name[MFT_NAME_SIZE];
    const char *value;

    if ((value = unix_options_device(option, "--block:", name))) {
        attach(unix_device(name, MFT_DEV_BLOCK_BASIC), value);
        return true;
    }
    if ((value = unix_options_device(option, "--block-sector-size:", name))) {
        uint16_t size = parse_sector_size(value);
        unix_device(name, MFT_DEV_BLOCK_BASIC)->u.block_basic.block_size = size;
        return true;
    }
    return false;
}

void unix_block_finish(struct mft_entry *entry)
{
    struct mft_block_basic *block = &entry->u.block_basic;
    char digits[21];

    if (block->block_size == 0)
        block->block_size = DEFAULT_SECTOR_SIZE;
    const char *size = unix_decimal(block->block_size, digits);
    if (block->capacity % block->block_size != 0)
        unix_fail(entry->name, ": Backing storage size must be block aligned (", size, " bytes)");
    if (block->capacity < block->block_size)
        unix_fail(entry->name, ": Backing storage must be at least 1 block (", size,
                  " bytes) in size");
}
