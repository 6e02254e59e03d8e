/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * queue.c: starting devices, and moving buffers over their queues.
 */

#include "queue.h"

enum { STATUS_SEEN = 1, STATUS_DRIVER = 2, STATUS_READY = 4 };
enum { OFFERED_NO_INTERRUPT = 1, USED_NO_NOTIFY = 1 };

/* Ports of all devices in use. */
static uint16_t ports[MFT_MAX_ENTRIES];
static unsigned port_count;

uint32_t virtio_device_open(const struct virtio_pci *pci, uint32_t wanted)
{
    cpu_out8(pci->port + DEVICE_STATUS, 0);
    cpu_out8(pci->port + DEVICE_STATUS, STATUS_SEEN);
    cpu_out8(pci->port + DEVICE_STATUS, STATUS_SEEN | STATUS_DRIVER);
    uint32_t taken = cpu_in32(pci->port + DEVICE_FEATURES) & wanted;
    cpu_out32(pci->port + DEVICE_FEATURES_TAKEN, taken);
    return taken;
}

void virtio_device_start(const struct virtio_pci *pci)
{
    cpu_out8(pci->port + DEVICE_STATUS, STATUS_SEEN | STATUS_DRIVER | STATUS_READY);
    ports[port_count++] = pci->port;
    virtio_interrupt_enable(pci->line);
}

/* Reading the register takes it back. Lines are shared, so all are read. */
void virtio_device_acknowledge(void)
{
    for (unsigned i = 0; i < port_count; i++)
        cpu_in8(ports[i] + DEVICE_INTERRUPT);
}

static size_t page_aligned(size_t size)
{
    return (size + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1);
}

bool virtio_queue_open(struct virtio_queue *queue, const struct virtio_pci *pci, uint16_t index,
                       uint32_t features)
{
    cpu_out16(pci->port + DEVICE_QUEUE_SELECT, index);
    uint16_t size = cpu_in16(pci->port + DEVICE_QUEUE_SIZE);
    if (size == 0 || size & (size - 1)) /* none, or not a power of two */
        return false;

    /* Both rings end in the index that FEATURE_EVENT_IDX adds. */
    size_t used = page_aligned(size * sizeof(struct queue_descriptor) +
                               sizeof(struct queue_offered) + (size + 1u) * sizeof(uint16_t));
    size_t total = used + sizeof(struct queue_used) + size * sizeof(struct queue_used_entry) +
                   sizeof(uint16_t);
    char *memory = virtio_memory_take(page_aligned(total), PAGE_SIZE);

    *queue = (struct virtio_queue){
        .descriptors = (struct queue_descriptor *)memory,
        .offered = (struct queue_offered *)(memory + size * sizeof(struct queue_descriptor)),
        .used = (struct queue_used *)(memory + used),
        .port = pci->port,
        .index = index,
        .size = size,
        .events = features & FEATURE_EVENT_IDX,
    };
    virtio_queue_interrupts(queue, false);
    cpu_out32(pci->port + DEVICE_QUEUE_PAGE, (uint32_t)((uintptr_t)memory / PAGE_SIZE));
    return true;
}

void virtio_queue_offer(struct virtio_queue *queue, uint16_t head)
{
    queue->offered->heads[queue->offers & (queue->size - 1)] = head;
    cpu_barrier(); /* the device sees the count no earlier than the head */
    queue->offered->count = ++queue->offers;
}

/* The index behind the entries of the used ring. */
static uint16_t event_of_device(const struct virtio_queue *queue)
{
    uintptr_t entries = (uintptr_t)queue->used + offsetof(struct queue_used, entries);
    return *(volatile uint16_t *)(entries + queue->size * sizeof(struct queue_used_entry));
}

void virtio_queue_tell(struct virtio_queue *queue)
{
    uint16_t fresh = (uint16_t)(queue->offers - queue->offers_told);
    bool wanted;

    cpu_fence();       /* offers are out before we read what the device wants */
    if (queue->events) /* to be told of the offer after that one: is it among the fresh ones? */
        wanted = (uint16_t)(queue->offers - event_of_device(queue) - 1) < fresh;
    else
        wanted = !(queue->used->flags & USED_NO_NOTIFY);
    queue->offers_told = queue->offers;
    if (wanted)
        cpu_out16(queue->port + DEVICE_QUEUE_NOTIFY, queue->index);
}

bool virtio_queue_take(struct virtio_queue *queue, uint16_t *head, uint32_t *size)
{
    if (!virtio_queue_ready(queue))
        return false;
    cpu_barrier(); /* the entry is read no earlier than the count */
    volatile struct queue_used_entry *entry =
        &queue->used->entries[queue->seen & (queue->size - 1)];
    *head = (uint16_t)entry->head;
    *size = entry->size;
    queue->seen++;
    return true;
}

void virtio_queue_interrupts(struct virtio_queue *queue, bool on)
{
    if (queue->events) {
        /* After the entry of that number. The one before the next has been: it comes again only
         * after 65536 others. */
        uint16_t event = on ? queue->seen : (uint16_t)(queue->seen - 1);
        queue->offered->heads[queue->size] = event;
    } else {
        queue->offered->flags = on ? 0 : OFFERED_NO_INTERRUPT;
    }
    cpu_fence(); /* before the caller looks whether it is too late */
}
