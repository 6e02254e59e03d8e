/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * block.c: block devices.
 */

#include "block_runs.h"
#include "queue.h"

enum { QUEUE_REQUEST };
enum { FEATURE_BLOCK_SIZE = 1 << 6 };
enum { CONFIG_CAPACITY = DEVICE_CONFIG, CONFIG_BLOCK_SIZE = DEVICE_CONFIG + 20 };
#define SECTOR 512 /* of requests and of the capacity, whatever the block size */
#define LARGEST_BLOCK 32768

enum { REQUEST_READ = 0, REQUEST_WRITE = 1 };
enum { RESULT_OK = 0, RESULT_NONE = 0xff };

struct request {
    uint32_t type;
    uint32_t reserved;
    uint64_t sector;
};
_Static_assert(sizeof(struct request) == 16, "as devices read it");

struct block {
    struct virtio_queue queue;
    struct request request;
    volatile uint8_t result;
};

static uint32_t block_size(const struct virtio_pci *pci, uint32_t features)
{
    uint32_t size = features & FEATURE_BLOCK_SIZE ? cpu_in32(pci->port + CONFIG_BLOCK_SIZE) : 0;
    return size < SECTOR || size > LARGEST_BLOCK || size & (size - 1) ? SECTOR : size;
}

/* Not asked for is the feature that a flush exists: without it, a write is done when it is on the
 * disk. */
bool virtio_block_attach(const struct virtio_pci *pci, struct mft_entry *entry)
{
    struct block *block = virtio_memory_take(sizeof *block, _Alignof(struct block));
    uint32_t features = virtio_device_open(pci, FEATURE_EVENT_IDX | FEATURE_BLOCK_SIZE);
    uint64_t sectors = cpu_in32(pci->port + CONFIG_CAPACITY);
    sectors |= (uint64_t)cpu_in32(pci->port + CONFIG_CAPACITY + 4) << 32;
    uint32_t size = block_size(pci, features);

    entry->u.block_basic.block_size = (uint16_t)size;
    entry->u.block_basic.capacity = sectors * SECTOR / size * size;
    entry->b.data = block;
    if (!virtio_queue_open(&block->queue, pci, QUEUE_REQUEST, features) || block->queue.size < 4)
        return false;
    virtio_device_start(pci);
    return true;
}

solo5_result_t solo5_block_acquire(const char *name, solo5_handle_t *handle,
                                   struct solo5_block_info *info)
{
    const struct mft_entry *entry =
        guest_manifest_acquire(virtio_manifest, name, MFT_DEV_BLOCK_BASIC, handle);
    if (!entry)
        return SOLO5_R_EINVAL;
    info->capacity = entry->u.block_basic.capacity;
    info->block_size = entry->u.block_basic.block_size;
    return SOLO5_R_OK;
}

/* The device reads and writes the caller's memory itself. The page tables do not bind it. */
static void check_memory(const void *buf, size_t size, bool write)
{
    if (!(write ? virtio_memory_readable(buf, size) : virtio_memory_writable(buf, size)))
        guest_abort("block: the memory given is not the caller's");
}

static void offer_request(struct block *block, const void *buf, size_t size, bool write)
{
    struct queue_descriptor *descriptors = block->queue.descriptors;

    descriptors[0] = (struct queue_descriptor){
        .address = (uintptr_t)&block->request,
        .size = sizeof block->request,
        .flags = DESCRIPTOR_NEXT,
        .next = 1,
    };
    descriptors[1] = (struct queue_descriptor){
        .address = (uintptr_t)buf,
        .size = (uint32_t)size,
        .flags = DESCRIPTOR_NEXT | (write ? 0 : DESCRIPTOR_WRITE),
        .next = 2,
    };
    descriptors[2] = (struct queue_descriptor){
        .address = (uintptr_t)&block->result,
        .size = sizeof block->result,
        .flags = DESCRIPTOR_WRITE,
    };
    virtio_queue_offer(&block->queue, 0);
    virtio_queue_tell(&block->queue);
}

/* One request at a time, so the first answer is its answer. */
static void wait_for_answer(struct block *block)
{
    enum { LOOK_AGAIN = 10000000 }; /* nanoseconds */
    uint16_t head;
    uint32_t size;

    virtio_device_acknowledge();
    virtio_queue_interrupts(&block->queue, true);
    while (!virtio_queue_take(&block->queue, &head, &size)) {
        virtio_interrupt_wait(LOOK_AGAIN);
        virtio_device_acknowledge();
    }
    virtio_queue_interrupts(&block->queue, false);
}

/* Moves whole blocks, as many as the caller has checked that there are. */
static solo5_result_t move(struct block *block, solo5_off_t offset, const void *buf, size_t size,
                           bool write)
{
    check_memory(buf, size, write);
    block->request.type = write ? REQUEST_WRITE : REQUEST_READ;
    block->request.sector = offset / SECTOR;
    block->result = RESULT_NONE;
    offer_request(block, buf, size, write);
    wait_for_answer(block);
    return block->result == RESULT_OK ? SOLO5_R_OK : SOLO5_R_EUNSPEC;
}

/* The device, if it can take a call for `size` bytes at `offset`, which are `most` blocks at most.
 */
static struct block *device(solo5_handle_t handle, solo5_off_t offset, size_t size, size_t most)
{
    const struct mft_entry *entry =
        guest_manifest_entry(virtio_manifest, handle, MFT_DEV_BLOCK_BASIC);
    if (!entry)
        return NULL;

    const struct mft_block_basic *block = &entry->u.block_basic;
    if (size == 0 || size % block->block_size != 0 || size / block->block_size > most ||
        offset % block->block_size != 0 || offset > block->capacity ||
        size > block->capacity - offset)
        return NULL;
    return entry->b.data;
}

solo5_result_t solo5_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf,
                                 size_t size)
{
    struct block *block = device(handle, offset, size, 1);
    return block ? move(block, offset, buf, size, true) : SOLO5_R_EINVAL;
}

solo5_result_t solo5_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf,
                                size_t size)
{
    struct block *block = device(handle, offset, size, 1);
    return block ? move(block, offset, buf, size, false) : SOLO5_R_EINVAL;
}

/* A request says its size in 32 bits; more than this in one is no faster. */
#define MOST_IN_ONE 0x100000u

static solo5_result_t move_run(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf,
                               size_t size, bool write)
{
    struct block *block = device(handle, offset, size, SIZE_MAX);
    solo5_result_t result = block ? SOLO5_R_OK : SOLO5_R_EINVAL;

    while (result == SOLO5_R_OK && size > 0) {
        size_t part = size < MOST_IN_ONE ? size : MOST_IN_ONE;
        result = move(block, offset, buf, part, write);
        offset += part;
        buf += part;
        size -= part;
    }
    return result;
}

solo5_result_t block_runs_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf,
                                size_t size)
{
    return move_run(handle, offset, buf, size, true);
}

solo5_result_t block_runs_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf, size_t size)
{
    return move_run(handle, offset, buf, size, false);
}
