/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "devices.h"
#include "fail.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEFAULT_SECTOR_SIZE 512
#define MIN_SECTOR_SIZE 512
#define MAX_SECTOR_SIZE 32768

static void attach(struct mft_entry *entry, const char *path, union manifest *manifest)
{
    struct stat status;
    /* O_NONBLOCK, so that a named pipe is an error and not a wait; for files and disks it means
     * nothing. */
    int fd = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK);
    if (fd == -1 || fstat(fd, &status) == -1)
        fail_errno("Could not open block device: %s", path);
    if (!S_ISREG(status.st_mode) && !S_ISBLK(status.st_mode))
        fail("Could not open block device: %s: neither a file nor a disk", path);
    off_t capacity = lseek(fd, 0, SEEK_END);
    if (capacity == -1)
        fail_errno("%s: Could not determine capacity", path);
    manifest_attach(manifest, entry, fd);
    entry->u.block_basic.capacity = (uint64_t)capacity;
}

static uint16_t parse_sector_size(const char *text)
{
    char *end;
    unsigned long size = strtoul(text, &end, 10);

    if (*text < '0' || *text > '9' || *end != '\0' || size < MIN_SECTOR_SIZE ||
        size > MAX_SECTOR_SIZE || (size & (size - 1)) != 0)
        fail("Block size must be a multiple of 2 greater than or equal %d"
             " (a power of two up to %d), not '%s'",
             MIN_SECTOR_SIZE, MAX_SECTOR_SIZE, text);
    return (uint16_t)size;
}

bool devices_block_option(const char *option, union manifest *manifest)
{
    char name[MFT_NAME_SIZE];
    const char *value;

    if ((value = options_device(option, "--block:", name))) {
        attach(manifest_find(manifest, name, MFT_DEV_BLOCK_BASIC), value, manifest);
        return true;
    }
    if ((value = options_device(option, "--block-sector-size:", name))) {
        uint16_t size = parse_sector_size(value);
        manifest_find(manifest, name, MFT_DEV_BLOCK_BASIC)->u.block_basic.block_size = size;
        return true;
    }
    return false;
}

void devices_block_finish(struct mft_entry *entry)
{
    struct mft_block_basic *block = &entry->u.block_basic;

    if (block->block_size == 0)
        block->block_size = DEFAULT_SECTOR_SIZE;
    if (block->capacity % block->block_size != 0)
        fail("%s: Backing storage size must be block aligned (%u bytes)", entry->name,
             block->block_size);
    if (block->capacity < block->block_size)
        fail("%s: Backing storage must be at least 1 block (%u bytes) in size", entry->name,
             block->block_size);
}
