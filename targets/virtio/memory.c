/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * memory.c: permissions, and the memory that boot code takes for itself before the application gets
 * the rest.
 */

#include "virtio.h"

#define TOO_LITTLE "not enough memory for this image: give the machine more"
/* Less than this for heap and stack together is a mistake in the machine's memory, not a choice. */
#define LEAST_HEAP 0x10000

extern const char _image[], _sdata[], _end[];

/* boot.S: pages that are of no use once there are better tables. */
extern char virtio_boot_tables[], virtio_boot_tables_end[];

struct room {
    uintptr_t next, end;
};
static struct room spare, rest;

static uintptr_t page_up(uintptr_t address)
{
    return (address + PAGE_SIZE - 1) & ~(uintptr_t)(PAGE_SIZE - 1);
}

/* Page tables for so much memory, at most: paging.h says how many pages they take. */
static uintptr_t tables_size(uintptr_t end)
{
    enum { ALWAYS = 8 }; /* one at the top, one below it; around each end of what is mapped */
    return (ALWAYS + end / (1ul << 30) + (uintptr_t)_end / PAGE_LARGE) * PAGE_SIZE;
}

void virtio_memory_init(uintptr_t end)
{
    rest = (struct room){page_up((uintptr_t)_end), end & ~(uintptr_t)(PAGE_SIZE - 1)};
    if (rest.next + tables_size(end) + LEAST_HEAP > rest.end)
        guest_abort(TOO_LITTLE);
    paging_begin(rest.next);
    paging_map_image(rest.end);
    rest.next = paging_switch();
    spare = (struct room){(uintptr_t)virtio_boot_tables, (uintptr_t)virtio_boot_tables_end};
}

static uintptr_t take(struct room *room, size_t size, size_t alignment)
{
    uintptr_t at = (room->next + alignment - 1) & ~(alignment - 1);

    if (at > room->end || size > room->end - at)
        return 0;
    room->next = at + size;
    return at;
}

void *virtio_memory_take(size_t size, size_t alignment)
{
    uintptr_t at = take(&spare, size, alignment);

    if (!at)
        at = take(&rest, size, alignment);
    if (!at || rest.end - rest.next < LEAST_HEAP)
        guest_abort(TOO_LITTLE);
    bytes_clear((void *)at, size);
    return (void *)at;
}

uintptr_t virtio_memory_start(void)
{
    return page_up(rest.next);
}

uintptr_t virtio_memory_end(void)
{
    return rest.end;
}

static bool within(uintptr_t start, uintptr_t end, const void *at, size_t size)
{
    uintptr_t address = (uintptr_t)at;
    return address >= start && address <= end && size <= end - address;
}

/* What lies between image and heap is boot code's. */
static bool within_heap(const void *at, size_t size)
{
    return within(virtio_memory_start(), rest.end, at, size);
}

bool virtio_memory_readable(const void *at, size_t size)
{
    return within((uintptr_t)_image, (uintptr_t)_end, at, size) || within_heap(at, size);
}

bool virtio_memory_writable(const void *at, size_t size)
{
    return within((uintptr_t)_sdata, (uintptr_t)_end, at, size) || within_heap(at, size);
}
