/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "guest.h"

#include "../../common/tender/fail.h"

#include <sys/mman.h>

/* The guest decides what it executes with page tables of its own; the tender executes nothing of
 * it. What the image wants read-only is so for both: writing there ends in a translation fault. */
static void place(struct guest *guest, const struct image *image,
                  const struct image_segment *segment)
{
    uint8_t *start = guest->memory + segment->start;

    image_read(image, guest->memory + segment->address, segment->file_size, segment->offset);
    if (!segment->writable && mprotect(start, segment->end - segment->start, PROT_READ) == -1)
        fail_errno("%s: could not protect a segment", image->path);
}

void guest_load(struct guest *guest, const struct image *image)
{
    image_plan(image, HVT_GUEST_MIN_BASE, guest->size, &guest->layout);
    /* All zero until written, and only what is touched takes memory. */
    guest->memory = mmap(NULL, guest->size, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (guest->memory == MAP_FAILED)
        fail_errno("Error allocating guest memory");
    /* A guest's memory is nobody else's, not even in a core file. */
    madvise(guest->memory, guest->size, MADV_DONTDUMP);
    for (unsigned i = 0; i < guest->layout.count; i++)
        place(guest, image, &guest->layout.segments[i]);
}

bool guest_has(const struct guest *guest, uint64_t address, uint64_t size, bool writing)
{
    if (size > guest->size || address > guest->size - size)
        return false;
    for (unsigned i = 0; writing && size > 0 && i < guest->layout.count; i++) {
        const struct image_segment *segment = &guest->layout.segments[i];
        if (!segment->writable && address < segment->end && address + size > segment->start)
            return false;
    }
    return true;
}

static void check(const struct guest *guest, uint64_t address, uint64_t size, bool writing)
{
    if (!guest_has(guest, address, size, writing))
        fail("Invalid guest access: gpa=0x%llx, sz=%llu", (unsigned long long)address,
             (unsigned long long)size);
}

const void *guest_bytes(const struct guest *guest, uint64_t address, uint64_t size)
{
    check(guest, address, size, false);
    return guest->memory + address;
}

void *guest_room(const struct guest *guest, uint64_t address, uint64_t size)
{
    check(guest, address, size, true);
    return guest->memory + address;
}

const struct mft_entry *guest_device(const struct guest *guest, uint64_t handle, mft_type_t type)
{
    const struct mft *manifest = &guest->manifest.m;

    if (handle >= manifest->entries || manifest->e[handle].type != type)
        return NULL;
    return &manifest->e[handle];
}
