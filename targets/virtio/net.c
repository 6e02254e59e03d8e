/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * net.c: frames, and waiting for them.
 */

#include "queue.h"

enum { QUEUE_RECEIVE, QUEUE_TRANSMIT };
enum { FEATURE_MTU = 1 << 3, FEATURE_MAC = 1 << 5 };
enum { CONFIG_MAC = DEVICE_CONFIG, CONFIG_MTU = DEVICE_CONFIG + 10 };
#define DEFAULT_MTU 1500

/* Before every frame goes a header about checksums and segments that the other side is to make: all
 * zero, as none of that was agreed on. In the legacy interface it has a descriptor of its own, so
 * one is enough for all frames. */
#define HEADER_SIZE 10
static const uint8_t header_sent[HEADER_SIZE];
static uint8_t header_received[HEADER_SIZE];

/* Frames on their way: two descriptors each, of which the first is the header's. */
struct frames {
    struct virtio_queue queue;
    uint8_t *room; /* of all frames */
    uint16_t count;
};

struct net {
    struct net *next;
    solo5_handle_t handle;
    bool acquired;
    size_t frame_size; /* at most */
    struct frames receive, transmit;
    uint16_t *idle; /* heads of the frames of `transmit` that the device does not have */
    uint16_t idle_count;
};

static struct net *all;

/* In little memory there are few frames: all of a direction take less than a 64th of it. */
static uint16_t frame_count(const struct virtio_queue *queue, size_t frame_size)
{
    enum { LEAST = 16 };
    size_t most = queue->size / 2;
    size_t count = (virtio_memory_end() - virtio_memory_start()) / 64 / frame_size;

    if (count < LEAST)
        count = LEAST;
    return (uint16_t)(count < most ? count : most);
}

static uint8_t *room_of(const struct net *net, const struct frames *frames, uint16_t head)
{
    return frames->room + head / 2 * net->frame_size;
}

static bool open_frames(struct net *net, struct frames *frames, const struct virtio_pci *pci,
                        uint16_t index, uint32_t features)
{
    if (!virtio_queue_open(&frames->queue, pci, index, features))
        return false;
    bool receives = index == QUEUE_RECEIVE;
    uint16_t write = receives ? DESCRIPTOR_WRITE : 0;
    frames->count = frame_count(&frames->queue, net->frame_size);
    frames->room = virtio_memory_take(frames->count * net->frame_size, 64);
    for (uint16_t i = 0; i < frames->count; i++) {
        uint16_t head = (uint16_t)(2 * i);
        struct queue_descriptor *descriptors = &frames->queue.descriptors[head];
        descriptors[0] = (struct queue_descriptor){
            .address = receives ? (uintptr_t)header_received : (uintptr_t)header_sent,
            .size = HEADER_SIZE,
            .flags = DESCRIPTOR_NEXT | write,
            .next = (uint16_t)(head + 1),
        };
        descriptors[1] = (struct queue_descriptor){
            .address = (uintptr_t)room_of(net, frames, head),
            .size = (uint32_t)net->frame_size,
            .flags = write,
        };
    }
    return true;
}

static void read_address(const struct virtio_pci *pci, uint32_t features, uint8_t *mac)
{
    if (features & FEATURE_MAC) {
        for (uint8_t i = 0; i < SOLO5_NET_ALEN; i++)
            mac[i] = cpu_in8(pci->port + CONFIG_MAC + i);
        return;
    }
    /* The device leaves it to us: local, of one station, and not always the same. */
    uint64_t number = cpu_tsc() * 0x9e3779b97f4a7c15;
    mac[0] = 0x02;
    bytes_copy(mac + 1, (const char *)&number + 3, SOLO5_NET_ALEN - 1);
}

bool virtio_net_attach(const struct virtio_pci *pci, struct mft_entry *entry, solo5_handle_t handle)
{
    struct net *net = virtio_memory_take(sizeof *net, _Alignof(struct net));
    uint32_t features = virtio_device_open(pci, FEATURE_EVENT_IDX | FEATURE_MTU | FEATURE_MAC);
    uint16_t mtu = features & FEATURE_MTU ? cpu_in16(pci->port + CONFIG_MTU) : DEFAULT_MTU;

    net->handle = handle;
    net->frame_size = (size_t)mtu + SOLO5_NET_HLEN;
    read_address(pci, features, entry->u.net_basic.mac);
    entry->u.net_basic.mtu = mtu;
    entry->b.data = net;
    if (!open_frames(net, &net->receive, pci, QUEUE_RECEIVE, features) ||
        !open_frames(net, &net->transmit, pci, QUEUE_TRANSMIT, features))
        return false;

    net->idle = virtio_memory_take(net->transmit.count * sizeof *net->idle, sizeof *net->idle);
    while (net->idle_count < net->transmit.count) {
        net->idle[net->idle_count] = (uint16_t)(2 * net->idle_count);
        net->idle_count++;
    }
    virtio_device_start(pci);
    for (uint16_t i = 0; i < net->receive.count; i++)
        virtio_queue_offer(&net->receive.queue, (uint16_t)(2 * i));
    virtio_queue_tell(&net->receive.queue);
    net->next = all;
    all = net;
    return true;
}

solo5_result_t solo5_net_acquire(const char *name, solo5_handle_t *handle,
                                 struct solo5_net_info *info)
{
    const struct mft_entry *entry =
        guest_manifest_acquire(virtio_manifest, name, MFT_DEV_NET_BASIC, handle);
    if (!entry)
        return SOLO5_R_EINVAL;
    bytes_copy(info->mac_address, entry->u.net_basic.mac, sizeof info->mac_address);
    info->mtu = entry->u.net_basic.mtu;
    ((struct net *)entry->b.data)->acquired = true;
    return SOLO5_R_OK;
}

static struct net *device(solo5_handle_t handle)
{
    const struct mft_entry *entry =
        guest_manifest_entry(virtio_manifest, handle, MFT_DEV_NET_BASIC);
    return entry ? entry->b.data : NULL;
}

static void collect_sent(struct net *net)
{
    uint16_t head;
    uint32_t size;

    while (net->idle_count < net->transmit.count &&
           virtio_queue_take(&net->transmit.queue, &head, &size))
        net->idle[net->idle_count++] = head;
}

/* A frame that nothing is in the way of is sent while the guest runs on. If the device is behind it
 * gets half a second to catch up: its host may be busy, and what comes in bursts should not be
 * lost. */
static bool wait_for_room(struct net *net)
{
    enum { PATIENCE = 500000000 }; /* nanoseconds */
    solo5_time_t deadline = 0;

    for (;;) {
        collect_sent(net);
        if (net->idle_count > 0)
            return true;
        if (deadline == 0)
            deadline = solo5_clock_monotonic() + PATIENCE;
        else if (solo5_clock_monotonic() > deadline)
            return false;
        cpu_pause();
    }
}

solo5_result_t solo5_net_write(solo5_handle_t handle, const uint8_t *buf, size_t size)
{
    struct net *net = device(handle);
    if (!net || size == 0 || size > net->frame_size)
        return SOLO5_R_EINVAL;
    /* No room: a network loses frames, and this is one of them. */
    if (!wait_for_room(net))
        return SOLO5_R_OK;

    uint16_t head = net->idle[--net->idle_count];
    bytes_copy(room_of(net, &net->transmit, head), buf, size);
    net->transmit.queue.descriptors[head + 1].size = (uint32_t)size;
    virtio_queue_offer(&net->transmit.queue, head);
    virtio_queue_tell(&net->transmit.queue);
    virtio_queue_interrupts(&net->transmit.queue, false);
    return SOLO5_R_OK;
}

void virtio_net_drain(void)
{
    enum { LOOK_AGAIN = 100000, PATIENCE = 100000000 }; /* nanoseconds */
    solo5_time_t deadline = solo5_clock_monotonic() + PATIENCE;

    for (struct net *net = all; net; net = net->next)
        for (collect_sent(net); net->idle_count < net->transmit.count; collect_sent(net)) {
            if (solo5_clock_monotonic() > deadline)
                return;
            virtio_interrupt_wait(LOOK_AGAIN);
        }
}

solo5_result_t solo5_net_read(solo5_handle_t handle, uint8_t *buf, size_t size, size_t *read_size)
{
    struct net *net = device(handle);
    uint16_t head;
    uint32_t got;

    if (!net)
        return SOLO5_R_EINVAL;
    if (!virtio_queue_take(&net->receive.queue, &head, &got))
        return SOLO5_R_AGAIN;
    size_t frame = got > HEADER_SIZE ? got - HEADER_SIZE : 0;
    if (frame > size)
        frame = size;
    bytes_copy(buf, room_of(net, &net->receive, head), frame);
    *read_size = frame;
    virtio_queue_offer(&net->receive.queue, head);
    virtio_queue_tell(&net->receive.queue);
    return SOLO5_R_OK;
}

static solo5_handle_set_t ready_devices(void)
{
    solo5_handle_set_t ready = 0;

    for (const struct net *net = all; net; net = net->next)
        if (net->acquired && virtio_queue_ready(&net->receive.queue))
            ready |= (solo5_handle_set_t)1 << net->handle;
    return ready;
}

static void set_interrupts(bool on)
{
    for (struct net *net = all; net; net = net->next)
        if (net->acquired)
            virtio_queue_interrupts(&net->receive.queue, on);
}

/* Sleeps once. A frame that comes after interrupts are on ends the sleep; one that came before is
 * seen by looking again. */
static void sleep(uint64_t nanoseconds)
{
    virtio_device_acknowledge();
    set_interrupts(true);
    if (!ready_devices())
        virtio_interrupt_wait(nanoseconds);
    set_interrupts(false);
}

void solo5_yield(solo5_time_t deadline, solo5_handle_set_t *ready_set)
{
    solo5_handle_set_t ready;

    while (!(ready = ready_devices())) {
        solo5_time_t now = solo5_clock_monotonic();
        if (now >= deadline)
            break;
        sleep(deadline - now);
    }
    if (ready_set)
        *ready_set = ready;
}
