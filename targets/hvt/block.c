/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * block.c: block devices.
 */

#include "block_runs.h"
#include "hvt.h"

solo5_result_t solo5_block_acquire(const char *name, solo5_handle_t *handle,
                                   struct solo5_block_info *info)
{
    const struct mft_entry *entry =
        guest_manifest_acquire(hvt_manifest(), name, MFT_DEV_BLOCK_BASIC, handle);
    if (!entry)
        return SOLO5_R_EINVAL;
    info->capacity = entry->u.block_basic.capacity;
    info->block_size = entry->u.block_basic.block_size;
    return SOLO5_R_OK;
}

/* The size of a block, if the device can take a call for `size` bytes at `offset`, else 0. */
static size_t block_size(solo5_handle_t handle, solo5_off_t offset, size_t size)
{
    const struct mft_entry *entry =
        guest_manifest_entry(hvt_manifest(), handle, MFT_DEV_BLOCK_BASIC);
    if (!entry)
        return 0;

    const struct mft_block_basic *block = &entry->u.block_basic;
    bool fits = size > 0 && size % block->block_size == 0 && offset % block->block_size == 0 &&
                offset <= block->capacity && size <= block->capacity - offset;
    return fits ? block->block_size : 0;
}

static solo5_result_t transfer(enum hvt_hypercall number, solo5_handle_t handle, solo5_off_t offset,
                               const uint8_t *buf, size_t size)
{
    struct hvt_hc_block call = {
        .handle = handle,
        .offset = offset,
        .data = (uintptr_t)buf,
        .len = size,
        .ret = SOLO5_R_EUNSPEC,
    };

    hvt_hypercall(number, &call);
    return (solo5_result_t)call.ret;
}

/* Tenders take any length; an application that was written for Solo5 must not come to rely on that.
 */
solo5_result_t solo5_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf,
                                 size_t size)
{
    if (size == 0 || block_size(handle, offset, size) != size)
        return SOLO5_R_EINVAL;
    return transfer(HVT_HYPERCALL_BLOCK_WRITE, handle, offset, buf, size);
}

solo5_result_t solo5_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf,
                                size_t size)
{
    if (size == 0 || block_size(handle, offset, size) != size)
        return SOLO5_R_EINVAL;
    return transfer(HVT_HYPERCALL_BLOCK_READ, handle, offset, buf, size);
}

solo5_result_t block_runs_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf,
                                size_t size)
{
    if (block_size(handle, offset, size) == 0)
        return SOLO5_R_EINVAL;
    return transfer(HVT_HYPERCALL_BLOCK_WRITE, handle, offset, buf, size);
}

solo5_result_t block_runs_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf, size_t size)
{
    if (block_size(handle, offset, size) == 0)
        return SOLO5_R_EINVAL;
    return transfer(HVT_HYPERCALL_BLOCK_READ, handle, offset, buf, size);
}
