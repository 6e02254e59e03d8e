/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * runs.c: runs of blocks. No filter forbids them here, as spt's does.
 */

#include "block_runs.h"
#include "unix.h"

#include "../common/linux/process.h"

/* The open device, if it can take a call for `size` bytes at `offset`. */
static const struct mft_entry *device(solo5_handle_t handle, solo5_off_t offset, size_t size)
{
    const struct mft_entry *entry =
        guest_manifest_entry(linux_process.manifest, handle, MFT_DEV_BLOCK_BASIC);
    if (!entry)
        return NULL;

    const struct mft_block_basic *block = &entry->u.block_basic;
    bool fits = size > 0 && size % block->block_size == 0 && offset % block->block_size == 0 &&
                offset <= block->capacity && size <= block->capacity - offset;
    return fits ? entry : NULL;
}

solo5_result_t block_runs_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf,
                                size_t size)
{
    const struct mft_entry *entry = device(handle, offset, size);
    if (!entry)
        return SOLO5_R_EINVAL;
    long written = linux_pwrite64(entry->b.hostfd, buf, size, offset);
    return written == (long)size ? SOLO5_R_OK : SOLO5_R_EUNSPEC;
}

solo5_result_t block_runs_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf, size_t size)
{
    const struct mft_entry *entry = device(handle, offset, size);
    if (!entry)
        return SOLO5_R_EINVAL;
    long got = linux_pread64(entry->b.hostfd, buf, size, offset);
    return got == (long)size ? SOLO5_R_OK : SOLO5_R_EUNSPEC;
}
