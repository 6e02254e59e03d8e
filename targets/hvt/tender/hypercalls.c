/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * hypercalls.c: the guest waits while these run, so that what they read twice does not change. Its
 * structures are copied all the same, as they may lie at any address.
 */

#include "hypercalls.h"

#include "../../common/tender/fail.h"
#include "solo5.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define NANOSECONDS 1000000000ull

static void read_call(const struct guest *guest, uint64_t address, void *call, size_t size)
{
    memcpy(call, guest_bytes(guest, address, size), size);
}

static void write_call(const struct guest *guest, uint64_t address, const void *call, size_t size)
{
    memcpy(guest_room(guest, address, size), call, size);
}

static void walltime(const struct guest *guest, uint64_t address)
{
    struct hvt_hc_walltime result;
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    result.nsecs = (uint64_t)now.tv_sec * NANOSECONDS + (uint64_t)now.tv_nsec;
    write_call(guest, address, &result, sizeof result);
}

/* What the host refuses is lost, but a pipe that took a part gets the rest. */
static void puts_(const struct guest *guest, uint64_t address)
{
    struct hvt_hc_puts call;

    read_call(guest, address, &call, sizeof call);
    const uint8_t *text = guest_bytes(guest, call.data, call.len);
    while (call.len > 0) {
        ssize_t written = write(STDOUT_FILENO, text, call.len);
        if (written == -1 && errno == EINTR)
            continue;
        if (written <= 0)
            return;
        text += written;
        call.len -= (uint64_t)written;
    }
}

/* Every network device, and which of its handles is whose. */
static nfds_t waiting_for(const struct guest *guest, struct pollfd *waiting, uint32_t *handles)
{
    const struct mft *manifest = &guest->manifest.m;
    nfds_t count = 0;

    for (uint32_t i = 0; i < manifest->entries; i++) {
        if (manifest->e[i].type != MFT_DEV_NET_BASIC)
            continue;
        waiting[count] = (struct pollfd){.fd = manifest->e[i].b.hostfd, .events = POLLIN};
        handles[count++] = i;
    }
    return count;
}

static void poll_(const struct guest *guest, uint64_t address)
{
    struct pollfd waiting[MFT_MAX_ENTRIES];
    uint32_t handles[MFT_MAX_ENTRIES];
    struct hvt_hc_poll call;

    read_call(guest, address, &call, sizeof call);
    struct timespec timeout = {
        .tv_sec = (time_t)(call.timeout_nsecs / NANOSECONDS),
        .tv_nsec = (long)(call.timeout_nsecs % NANOSECONDS),
    };
    nfds_t count = waiting_for(guest, waiting, handles);
    call.ret = ppoll(waiting, count, &timeout, NULL);
    call.ready_set = 0;
    /* A device that is broken counts as ready: who reads from it is told. */
    for (nfds_t i = 0; call.ret > 0 && i < count; i++)
        if (waiting[i].revents)
            call.ready_set |= (uint64_t)1 << handles[i];
    /* Interrupted: the guest sees that time is not over yet. */
    if (call.ret == -1)
        call.ret = 0;
    write_call(guest, address, &call, sizeof call);
}

/* The descriptor to use; -1 if the device cannot take this call. */
static int block_device(const struct guest *guest, const struct hvt_hc_block *call)
{
    const struct mft_entry *entry = guest_device(guest, call->handle, MFT_DEV_BLOCK_BASIC);
    if (!entry)
        return -1;

    const struct mft_block_basic *block = &entry->u.block_basic;
    if (call->len == 0 || call->len % block->block_size != 0 ||
        call->offset % block->block_size != 0 || call->len > block->capacity ||
        call->offset > block->capacity - call->len)
        return -1;
    return entry->b.hostfd;
}

static void block(const struct guest *guest, uint64_t address, bool writing)
{
    struct hvt_hc_block call;
    ssize_t moved;

    read_call(guest, address, &call, sizeof call);
    int fd = block_device(guest, &call);
    if (fd == -1) {
        call.ret = SOLO5_R_EINVAL;
    } else {
        if (writing)
            moved =
                pwrite(fd, guest_bytes(guest, call.data, call.len), call.len, (off_t)call.offset);
        else
            moved = pread(fd, guest_room(guest, call.data, call.len), call.len, (off_t)call.offset);
        call.ret = moved == (ssize_t)call.len ? SOLO5_R_OK : SOLO5_R_EUNSPEC;
    }
    write_call(guest, address, &call, sizeof call);
}

static int32_t net_send(const struct guest *guest, const struct mft_entry *entry,
                        const struct hvt_hc_net *call)
{
    const void *frame = guest_bytes(guest, call->data, call->len);

    if (call->len > (uint64_t)entry->u.net_basic.mtu + SOLO5_NET_HLEN)
        return SOLO5_R_EINVAL;
    ssize_t written = write(entry->b.hostfd, frame, call->len);
    /* No room: a network loses frames, and this is one of them. */
    if (written == -1 && (errno == EAGAIN || errno == ENOBUFS))
        return SOLO5_R_OK;
    return written == (ssize_t)call->len ? SOLO5_R_OK : SOLO5_R_EUNSPEC;
}

static int32_t net_receive(const struct guest *guest, const struct mft_entry *entry,
                           struct hvt_hc_net *call)
{
    ssize_t got = read(entry->b.hostfd, guest_room(guest, call->data, call->len), call->len);

    if (got == 0 || (got == -1 && errno == EAGAIN))
        return SOLO5_R_AGAIN;
    if (got == -1)
        return SOLO5_R_EUNSPEC;
    call->len = (uint64_t)got;
    return SOLO5_R_OK;
}

static void net(const struct guest *guest, uint64_t address, bool writing)
{
    struct hvt_hc_net call;

    read_call(guest, address, &call, sizeof call);
    const struct mft_entry *entry = guest_device(guest, call.handle, MFT_DEV_NET_BASIC);
    if (!entry)
        call.ret = SOLO5_R_EINVAL;
    else
        call.ret = writing ? net_send(guest, entry, &call) : net_receive(guest, entry, &call);
    write_call(guest, address, &call, sizeof call);
}

void hypercalls_do(const struct guest *guest, enum hvt_hypercall number, uint64_t address)
{
    switch (number) {
    case HVT_HYPERCALL_WALLTIME:
        walltime(guest, address);
        return;
    case HVT_HYPERCALL_PUTS:
        puts_(guest, address);
        return;
    case HVT_HYPERCALL_POLL:
        poll_(guest, address);
        return;
    case HVT_HYPERCALL_BLOCK_WRITE:
    case HVT_HYPERCALL_BLOCK_READ:
        block(guest, address, number == HVT_HYPERCALL_BLOCK_WRITE);
        return;
    case HVT_HYPERCALL_NET_WRITE:
    case HVT_HYPERCALL_NET_READ:
        net(guest, address, number == HVT_HYPERCALL_NET_WRITE);
        return;
    default:
        fail("Invalid guest hypercall: num=%d", (int)number);
    }
}

int hypercalls_halt_status(const struct guest *guest, uint64_t address)
{
    struct hvt_hc_halt call;

    read_call(guest, address, &call, sizeof call);
    if (call.cookie != 0)
        guest_bytes(guest, call.cookie, HVT_HALT_COOKIE_MAX);
    return call.exit_status;
}
