/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "memory.h"

#include "../../common/tender/fail.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>

#define PAGE_MASK ((uint64_t)IMAGE_PAGE - 1)

/* Guest addresses are the tender's own. */
static void *at(uint64_t address)
{
    return (void *)(uintptr_t)address;
}

/* Under this personality readable means executable; it is inherited, and off unless asked for. */
static void refuse_executable_heap(void)
{
    int current = personality(0xffffffff);

    if (current != -1 && current & READ_IMPLIES_EXEC)
        fail("refusing to run with READ_IMPLIES_EXEC: the guest's heap would be executable");
}

/* NOREPLACE, because the addresses are the guest's choice: what is already there is the tender. */
static void map(uint64_t start, uint64_t end)
{
    void *got = mmap(at(start), end - start, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

    if (got == MAP_FAILED && errno == EEXIST)
        fail("Error allocating guest memory: %llu MB overlap the tender itself; decrease --mem",
             (unsigned long long)end >> 20);
    if (got == MAP_FAILED)
        fail_errno("Error allocating guest memory");
    /* Before Linux 4.17 the flag is only a wish. */
    if (got != at(start))
        fail("Error allocating guest memory: address %llx is taken", (unsigned long long)start);
}

static int protection(const struct image_segment *segment)
{
    return PROT_READ | (segment->writable ? PROT_WRITE : 0) | (segment->executable ? PROT_EXEC : 0);
}

/* Maps the pages of the file instead of reading them: nothing is copied, and what the guest never
 * looks at is never loaded. Possible if pages of the file are pages in memory. What the page of the
 * last byte holds behind it must be zero where the segment goes on. */
static bool map_file(const struct image *image, const struct image_segment *segment)
{
    uint64_t file_end = segment->address + segment->file_size;
    uint64_t page_end = (file_end + PAGE_MASK) & ~PAGE_MASK;
    uint64_t before = segment->address & PAGE_MASK;
    bool has_tail = segment->memory_size > segment->file_size;

    if ((segment->offset & PAGE_MASK) != before || segment->file_size == 0 ||
        (has_tail && !segment->writable))
        return false;
    uint64_t start = segment->address - before;
    /* Fails where the file system is mounted noexec: such an image is read. */
    if (mmap(at(start), page_end - start, protection(segment), MAP_PRIVATE | MAP_FIXED, image->fd,
             (off_t)(segment->offset - before)) == MAP_FAILED)
        return false;
    if (has_tail)
        memset(at(file_end), 0, page_end - file_end);
    return true;
}

static void place(const struct image *image, const struct image_segment *segment)
{
    if (map_file(image, segment)) {
        /* Whole pages of .bss beyond are zero, and writable as all memory is. */
        return;
    }
    image_read(image, at(segment->address), segment->file_size, segment->offset);
    if (mprotect(at(segment->start), segment->end - segment->start, protection(segment)) == -1)
        fail_errno("%s: could not protect a segment", image->path);
}

struct memory_boot *memory_set_up(const struct image *image, const struct image_layout *layout,
                                  uint64_t memory_size)
{
    uint64_t boot_end = SPT_BOOT_INFO_BASE + sizeof(struct memory_boot);

    refuse_executable_heap();
    map(SPT_BOOT_INFO_BASE, (boot_end + PAGE_MASK) & ~PAGE_MASK);
    map(SPT_GUEST_MIN_BASE, memory_size);
    for (unsigned i = 0; i < layout->count; i++)
        place(image, &layout->segments[i]);
    return at(SPT_BOOT_INFO_BASE);
}
