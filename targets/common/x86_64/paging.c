/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "paging.h"

#include "cpu.h"

#include <stddef.h>

#define PRESENT (1ull << 0)
#define WRITABLE (1ull << 1)
#define ACCESSED (1ull << 5)
#define DIRTY (1ull << 6)
#define LARGE (1ull << 7) /* in a directory: a page of 2 MiB, not a table */
#define NO_EXECUTE (1ull << 63)
#define ADDRESS 0x000ffffffffff000ull
#define ENTRIES 512

extern const char _image[], _stext[], _sdata[];

/* More than the tables take but for those that an image of this size needs. */
#define MOST_ROOM (16 * PAGE_SIZE)

static uint64_t *root;
static uintptr_t first, room; /* where tables begin, and the next goes */
static uint64_t mapped;       /* memory from here on is */

static uint64_t *new_table(void)
{
    uint64_t *table = (uint64_t *)room;
    uint64_t *to = table;
    size_t count = ENTRIES;

    room += PAGE_SIZE;
    /* Not what a loop says: the compiler would call memset. */
    __asm__ volatile("rep stosq" : "+D"(to), "+c"(count) : "a"(0) : "memory");
    return table;
}

/* The table that an entry leads to. What may be done with a page is for its last entry to say. */
static uint64_t *descend(uint64_t *entry)
{
    if (!(*entry & PRESENT))
        *entry = (uintptr_t)new_table() | PRESENT | WRITABLE;
    return (uint64_t *)(*entry & ADDRESS);
}

void paging_begin(uintptr_t start)
{
    first = room = start;
    root = new_table();
}

/* The entry for the 2 MiB that an address lies in. */
static uint64_t *directory_entry(uint64_t address)
{
    uint64_t *pointers = descend(&root[address >> 39 & (ENTRIES - 1)]);
    uint64_t *directory = descend(&pointers[address >> 30 & (ENTRIES - 1)]);

    return &directory[address >> 21 & (ENTRIES - 1)];
}

void paging_map(uint64_t start, uint64_t end, enum paging_access access)
{
    /* Accessed and dirty in advance, or the processor would write to the tables when they are. */
    uint64_t flags = PRESENT | ACCESSED | (access == PAGING_WRITE ? WRITABLE | DIRTY : 0) |
                     (access == PAGING_EXECUTE ? 0 : NO_EXECUTE);

    while (start < end) {
        uint64_t *entry = directory_entry(start);
        if (start % PAGE_LARGE == 0 && end - start >= PAGE_LARGE) {
            *entry = start | flags | LARGE;
            start += PAGE_LARGE;
        } else {
            descend(entry)[start >> 12 & (ENTRIES - 1)] = start | flags;
            start += PAGE_SIZE;
        }
    }
}

static uint64_t page_of(const char *symbol)
{
    return (uintptr_t)symbol & ~(PAGE_SIZE - 1);
}

void paging_map_image(uint64_t end)
{
    uint64_t most = first + MOST_ROOM + first / PAGE_LARGE * PAGE_SIZE;

    paging_map(page_of(_image), page_of(_stext), PAGING_READ);
    paging_map(page_of(_stext), page_of(_sdata), PAGING_EXECUTE);
    paging_map(page_of(_sdata), first, PAGING_WRITE);
    /* How much room the tables take is known when all are there: so map what lies beyond it for
     * certain, and for the rest, which is up to the switch, have the tables ready. */
    mapped = (most + PAGE_LARGE - 1) & ~(PAGE_LARGE - 1);
    if (mapped > end)
        mapped = end;
    paging_map(mapped, end, PAGING_WRITE);
    for (uint64_t at = first; at < mapped; at += PAGE_LARGE)
        descend(directory_entry(at));
    if (mapped > first)
        descend(directory_entry(mapped - 1));
}

uintptr_t paging_switch(void)
{
    uint64_t start = room + PAGE_SIZE;

    paging_map(start, mapped, PAGING_WRITE);
    /* Not read first: in a virtual machine that would be an exit, and nothing else is set. */
    cpu_write_msr(CPU_MSR_EFER, CPU_EFER_LME | CPU_EFER_LMA | CPU_EFER_NXE);
    cpu_set_cr3((uintptr_t)root);
    if (!(cpu_cr0() & CPU_CR0_WP))
        cpu_set_cr0(cpu_cr0() | CPU_CR0_WP);
    return start;
}
