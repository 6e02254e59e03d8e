/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * block.c: block devices.
 */

#include "process.h"

solo5_result_t solo5_block_acquire(const char *name, solo5_handle_t *handle,
                                   struct solo5_block_info *info)
{
    const struct mft_entry *entry =
        guest_manifest_acquire(linux_process.manifest, name, MFT_DEV_BLOCK_BASIC, handle);
    if (!entry)
        return SOLO5_R_EINVAL;
    info->capacity = entry->u.block_basic.capacity;
    info->block_size = entry->u.block_basic.block_size;
    return SOLO5_R_OK;
}

/* The device, if it can take a call for `size` bytes at `offset`. The tender's filter kills the
 * guest for anything else, so nothing else may reach it. */
static const struct mft_entry *device(solo5_handle_t handle, solo5_off_t offset, size_t size)
{
    const struct mft_entry *entry =
        guest_manifest_entry(linux_process.manifest, handle, MFT_DEV_BLOCK_BASIC);
    if (!entry)
        return NULL;

    const struct mft_block_basic *block = &entry->u.block_basic;
    if (size != block->block_size || offset % block->block_size != 0 ||
        offset > block->capacity - block->block_size)
        return NULL;
    return entry;
}

solo5_result_t solo5_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf,
                                 size_t size)
{
    const struct mft_entry *entry = device(handle, offset, size);
    if (!entry)
        return SOLO5_R_EINVAL;
    long written = linux_pwrite64(entry->b.hostfd, buf, size, offset);
    return written == (long)size ? SOLO5_R_OK : SOLO5_R_EUNSPEC;
}

solo5_result_t solo5_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf,
                                size_t size)
{
    const struct mft_entry *entry = device(handle, offset, size);
    if (!entry)
        return SOLO5_R_EINVAL;
    long got = linux_pread64(entry->b.hostfd, buf, size, offset);
    return got == (long)size ? SOLO5_R_OK : SOLO5_R_EUNSPEC;
}
