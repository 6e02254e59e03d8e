/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * queue.h: a virtqueue, the ring over which a device is given buffers and gives them back. Legacy
 * interface: its registers are ports, its memory one piece in the form the device prescribes.
 */

#ifndef VIRTIO_QUEUE_H
#define VIRTIO_QUEUE_H

#include "virtio.h"

/* Registers of a legacy device. */
enum {
    DEVICE_FEATURES = 0,
    DEVICE_FEATURES_TAKEN = 4,
    DEVICE_QUEUE_PAGE = 8,
    DEVICE_QUEUE_SIZE = 12,
    DEVICE_QUEUE_SELECT = 14,
    DEVICE_QUEUE_NOTIFY = 16,
    DEVICE_STATUS = 18,
    DEVICE_INTERRUPT = 19,
    DEVICE_CONFIG = 20,
};

/* Features of all types of devices. */
#define FEATURE_EVENT_IDX (1u << 29)

struct queue_descriptor {
    uint64_t address;
    uint32_t size;
    uint16_t flags;
    uint16_t next;
};
_Static_assert(sizeof(struct queue_descriptor) == 16, "as devices read it");
enum { DESCRIPTOR_NEXT = 1, DESCRIPTOR_WRITE = 2 };

/* Buffers on offer: flags, the number of offers so far, their heads; then the used entry that the
 * guest wants an interrupt after. */
struct queue_offered {
    uint16_t flags;
    uint16_t count;
    uint16_t heads[];
};

struct queue_used_entry {
    uint32_t head;
    uint32_t size;
};

/* Buffers given back, in the same form; last the offer that the device wants to be told of. */
struct queue_used {
    uint16_t flags;
    uint16_t count;
    struct queue_used_entry entries[];
};
_Static_assert(offsetof(struct queue_used, entries) == 4, "as devices write it");

struct virtio_queue {
    struct queue_descriptor *descriptors;
    volatile struct queue_offered *offered;
    volatile struct queue_used *used;
    uint16_t port; /* of the device's registers */
    uint16_t index;
    uint16_t size;
    uint16_t offers;      /* made so far */
    uint16_t offers_told; /* that the device was told of */
    uint16_t seen;        /* used entries that were taken */
    bool events;          /* FEATURE_EVENT_IDX */
};

/* Resets a device, takes the features of `wanted` that it has, and returns them. */
uint32_t virtio_device_open(const struct virtio_pci *pci, uint32_t wanted);

/* Queues are set up: the device may start. Its interrupts end sleeps from now on. */
void virtio_device_start(const struct virtio_pci *pci);

/* Takes back the interrupts of all devices. */
void virtio_device_acknowledge(void);

/* Sets a queue up, without interrupts. False if the device has none of that index. */
bool virtio_queue_open(struct virtio_queue *queue, const struct virtio_pci *pci, uint16_t index,
                       uint32_t features);

/* Gives the device the chain of descriptors that begins at `head`. */
void virtio_queue_offer(struct virtio_queue *queue, uint16_t head);

/* Tells the device of new offers, if it wants to know. */
void virtio_queue_tell(struct virtio_queue *queue);

/* The head and the bytes written of a chain that the device is done with; false if there is none.
 */
bool virtio_queue_take(struct virtio_queue *queue, uint16_t *head, uint32_t *size);

/* Whether virtio_queue_take would return one. */
static inline bool virtio_queue_ready(const struct virtio_queue *queue)
{
    return queue->used->count != queue->seen;
}

/* Whether the next chain that the device is done with is to cause an interrupt. Look once more with
 * virtio_queue_ready after turning them on: it may have come before. */
void virtio_queue_interrupts(struct virtio_queue *queue, bool on);

#endif
