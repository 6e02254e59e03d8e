/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * ring.c: frames are copied and handed to a thread of the tender, which sends them while the guest
 * goes on. hvt_abi.h says how.
 */

#include "hvt.h"

/* Memory for frames on their way: with the usual mtu, 32 of them. */
#define BUFFERS 0x10000
/* Looks at the ring before the processor is left to others. */
#define PATIENCE 1000
#define SLEEP_NANOSECONDS 20000

static struct hvt_ring *ring; /* NULL: not in use */
static uint8_t *buffers;
static uint32_t buffer_size, buffer_count;

/* The largest frame of any network device; 0 if there is none. */
static uint32_t largest_frame(void)
{
    const struct mft *manifest = hvt_manifest();
    uint32_t largest = 0;

    for (uint32_t i = 0; i < manifest->entries; i++) {
        const struct mft_entry *entry = &manifest->e[i];
        uint32_t size = entry->u.net_basic.mtu + SOLO5_NET_HLEN;
        if (entry->type == MFT_DEV_NET_BASIC && size > largest)
            largest = size;
    }
    return largest;
}

size_t hvt_ring_room(void)
{
    bool offered =
        hvt_boot_info->host_features & HVT_FEATURE_RING_IO && hvt_boot_info->net_ring != 0;

    if (!offered)
        return 0;
    buffer_size = (largest_frame() + 63) & ~63u;
    /* A power of two, so that it goes on as counts wrap. Frames too large for two are not worth a
     * ring. */
    for (buffer_count = HVT_RING_SIZE / 2; buffer_count * buffer_size > BUFFERS;)
        buffer_count /= 2;
    return buffer_size == 0 || buffer_count < 2 ? 0 : BUFFERS;
}

void hvt_ring_start(uintptr_t room)
{
    buffers = (uint8_t *)room;
    ring = (struct hvt_ring *)hvt_boot_info->net_ring;
}

/* Waits until less than `count` frames are on their way. The tender's thread may need the very
 * processor that this one runs on, so do not spin for long. */
static void wait_for_less(uint32_t count)
{
    for (unsigned looks = 0; ring->ent_tail - ring->ent_head >= count; looks++) {
        struct hvt_hc_poll call = {.timeout_nsecs = SLEEP_NANOSECONDS};
        if (looks < PATIENCE)
            cpu_pause();
        else
            hvt_hypercall(HVT_HYPERCALL_POLL, &call);
    }
    cpu_barrier();
}

bool hvt_ring_write(solo5_handle_t handle, const uint8_t *frame, size_t size)
{
    if (!ring)
        return false;
    wait_for_less(buffer_count);

    uint32_t tail = ring->ent_tail;
    uint8_t *buffer = buffers + (size_t)(tail % buffer_count) * buffer_size;
    bytes_copy(buffer, frame, size);
    ring->entries[tail % HVT_RING_SIZE] = (struct hvt_ring_entry){
        .operation = HVT_RING_NET_WRITE,
        .handle = (uint32_t)handle,
        .data = (uintptr_t)buffer,
        .len = (uint32_t)size,
        .id = tail,
    };
    cpu_barrier();
    ring->ent_tail = tail + 1;
    /* The thread sets needs_kick and then looks at ent_tail, so we do it the other way round. */
    cpu_fence();
    if (ring->needs_kick)
        cpu_out32(HVT_RING_KICK_PIO_BASE, 0);
    return true;
}

void hvt_ring_drain(void)
{
    if (ring)
        wait_for_less(1);
}
