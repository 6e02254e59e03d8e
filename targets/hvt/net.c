/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * net.c: frames.
 */

#include "hvt.h"

solo5_result_t solo5_net_acquire(const char *name, solo5_handle_t *handle,
                                 struct solo5_net_info *info)
{
    const struct mft_entry *entry =
        guest_manifest_acquire(hvt_manifest(), name, MFT_DEV_NET_BASIC, handle);
    if (!entry)
        return SOLO5_R_EINVAL;
    bytes_copy(info->mac_address, entry->u.net_basic.mac, sizeof info->mac_address);
    info->mtu = entry->u.net_basic.mtu;
    return SOLO5_R_OK;
}

solo5_result_t solo5_net_write(solo5_handle_t handle, const uint8_t *buf, size_t size)
{
    const struct mft_entry *entry = guest_manifest_entry(hvt_manifest(), handle, MFT_DEV_NET_BASIC);
    struct hvt_hc_net call = {
        .handle = handle,
        .data = (uintptr_t)buf,
        .len = size,
        .ret = SOLO5_R_EUNSPEC,
    };

    if (!entry || size > (size_t)entry->u.net_basic.mtu + SOLO5_NET_HLEN)
        return SOLO5_R_EINVAL;
    if (hvt_ring_write(handle, buf, size))
        return SOLO5_R_OK;
    hvt_hypercall(HVT_HYPERCALL_NET_WRITE, &call);
    return (solo5_result_t)call.ret;
}

solo5_result_t solo5_net_read(solo5_handle_t handle, uint8_t *buf, size_t size, size_t *read_size)
{
    struct hvt_hc_net call = {
        .handle = handle,
        .data = (uintptr_t)buf,
        .len = size,
        .ret = SOLO5_R_EUNSPEC,
    };

    if (!guest_manifest_entry(hvt_manifest(), handle, MFT_DEV_NET_BASIC))
        return SOLO5_R_EINVAL;
    hvt_hypercall(HVT_HYPERCALL_NET_READ, &call);
    if (call.ret == SOLO5_R_OK)
        *read_size = call.len;
    return (solo5_result_t)call.ret;
}
