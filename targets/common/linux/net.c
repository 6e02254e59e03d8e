/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * net.c: frames, and waiting for them.
 */

#include "process.h"

#define NANOSECONDS 1000000000ull

solo5_result_t solo5_net_acquire(const char *name, solo5_handle_t *handle,
                                 struct solo5_net_info *info)
{
    const struct mft_entry *entry =
        guest_manifest_acquire(linux_process.manifest, name, MFT_DEV_NET_BASIC, handle);
    if (!entry)
        return SOLO5_R_EINVAL;
    bytes_copy(info->mac_address, entry->u.net_basic.mac, sizeof info->mac_address);
    info->mtu = entry->u.net_basic.mtu;
    return SOLO5_R_OK;
}

solo5_result_t solo5_net_write(solo5_handle_t handle, const uint8_t *buf, size_t size)
{
    const struct mft_entry *entry =
        guest_manifest_entry(linux_process.manifest, handle, MFT_DEV_NET_BASIC);
    if (!entry || size > (size_t)entry->u.net_basic.mtu + SOLO5_NET_HLEN)
        return SOLO5_R_EINVAL;

    long written = linux_write(entry->b.hostfd, buf, size);
    /* No room: a network loses frames, and this is one of them. */
    if (written == -LINUX_EAGAIN || written == -LINUX_ENOBUFS)
        return SOLO5_R_OK;
    return written == (long)size ? SOLO5_R_OK : SOLO5_R_EUNSPEC;
}

solo5_result_t solo5_net_read(solo5_handle_t handle, uint8_t *buf, size_t size, size_t *read_size)
{
    const struct mft_entry *entry =
        guest_manifest_entry(linux_process.manifest, handle, MFT_DEV_NET_BASIC);
    if (!entry)
        return SOLO5_R_EINVAL;

    long got = linux_read(entry->b.hostfd, buf, size);
    if (got == -LINUX_EAGAIN)
        return SOLO5_R_AGAIN;
    if (got < 0)
        return SOLO5_R_EUNSPEC;
    *read_size = (size_t)got;
    return SOLO5_R_OK;
}

/* The timer is absolute and stays as it was set: while the deadline is the same, one system call is
 * enough. Zero, which would disarm it, never gets here. */
static void arm(solo5_time_t deadline)
{
    static solo5_time_t armed;

    if (deadline == armed)
        return;
    armed = deadline;
    struct linux_itimerspec time = {
        .it_value = {.tv_sec = (int64_t)(deadline / NANOSECONDS),
                     .tv_nsec = (int64_t)(deadline % NANOSECONDS)},
    };
    if (linux_timerfd_settime(linux_process.timerfd, LINUX_TFD_TIMER_ABSTIME, &time) < 0)
        guest_abort("yield: the timer could not be set");
}

void solo5_yield(solo5_time_t deadline, solo5_handle_set_t *ready_set)
{
    struct linux_epoll_event events[MFT_MAX_ENTRIES]; /* 63 devices and the timer */
    solo5_handle_set_t ready = 0;
    long count;

    if (deadline > 0)
        arm(deadline);
    /* A deadline of 0 has passed for certain: only look. */
    do {
        count = linux_epoll_pwait(linux_process.epollfd, events, MFT_MAX_ENTRIES,
                                  deadline > 0 ? -1 : 0);
    } while (count == -LINUX_EINTR);

    for (long i = 0; i < count; i++)
        if (events[i].data < MFT_MAX_ENTRIES)
            ready |= (solo5_handle_set_t)1 << events[i].data;
    if (ready_set)
        *ready_set = ready;
}
