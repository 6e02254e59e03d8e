/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * block.c: block devices.
 */

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

/* Tenders would take any length, but an application must not come to rely on that. */
static bool is_one_block(solo5_handle_t handle, solo5_off_t offset, size_t size)
{
    const struct mft_entry *entry =
        guest_manifest_entry(hvt_manifest(), handle, MFT_DEV_BLOCK_BASIC);
    if (!entry)
        return false;

    const struct mft_block_basic *block = &entry->u.block_basic;
    return size == block->block_size && offset % block->block_size == 0 &&
           offset <= block->capacity - block->block_size;
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

    if (!is_one_block(handle, offset, size))
        return SOLO5_R_EINVAL;
    hvt_hypercall(number, &call);
    return (solo5_result_t)call.ret;
}

solo5_result_t solo5_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf,
                                 size_t size)
{
    return transfer(HVT_HYPERCALL_BLOCK_WRITE, handle, offset, buf, size);
}

solo5_result_t solo5_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf,
                                size_t size)
{
    return transfer(HVT_HYPERCALL_BLOCK_READ, handle, offset, buf, size);
}
