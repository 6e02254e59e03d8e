/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * memory.c: page tables of our own. Those of tenders are out of the guest's reach, and know neither
 * read-only code nor data that cannot be executed.
 */

#include "../common/x86_64/paging.h"
#include "hvt.h"

static uint64_t page_down(uint64_t address)
{
    return address & ~(PAGE_SIZE - 1);
}

static uint64_t page_up(uint64_t address)
{
    return page_down(address + PAGE_SIZE - 1);
}

/* Boot info, manifest and boot arguments, which the tender put one after the other into pages of
 * their own below the image. */
static void map_boot_info(void)
{
    uint64_t end = hvt_boot_info->cmdline + HVT_CMDLINE_SIZE;

    if (end < hvt_boot_info->mft + sizeof(struct mft))
        guest_abort("boot info is not as it should be");
    if (end > HVT_GUEST_MIN_BASE)
        end = HVT_GUEST_MIN_BASE;
    paging_map(page_down((uintptr_t)hvt_boot_info), page_up(end), PAGING_READ);
}

uintptr_t hvt_memory_set_up(uintptr_t free)
{
    uint64_t ring = hvt_boot_info->net_ring;
    size_t room = hvt_ring_room();

    paging_begin(free);
    paging_map_image(hvt_boot_info->mem_size);
    map_boot_info();
    if (room > 0)
        paging_map(ring, page_up(ring + sizeof(struct hvt_ring)), PAGING_WRITE);
    free = paging_switch();
    if (room > 0)
        hvt_ring_start(free);
    return free + room;
}
