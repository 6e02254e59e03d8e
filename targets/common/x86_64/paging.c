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

static uint64_t *root;
static uintptr_t room;

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
    room = start;
    root = new_table();
}

void paging_map(uint64_t start, uint64_t end, enum paging_access access)
{
    /* Accessed and dirty in advance, or the processor would write to the tables when they are. */
    uint64_t flags = PRESENT | ACCESSED | (access == PAGING_WRITE ? WRITABLE | DIRTY : 0) |
                     (access == PAGING_EXECUTE ? 0 : NO_EXECUTE);

    while (start < end) {
        uint64_t *pointers = descend(&root[start >> 39 & (ENTRIES - 1)]);
        uint64_t *directory = descend(&pointers[start >> 30 & (ENTRIES - 1)]);
        uint64_t *entry = &directory[start >> 21 & (ENTRIES - 1)];
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
    paging_map(page_of(_image), page_of(_stext), PAGING_READ);
    paging_map(page_of(_stext), page_of(_sdata), PAGING_EXECUTE);
    paging_map(page_of(_sdata), end, PAGING_WRITE);
}

uintptr_t paging_switch(void)
{
    /* Not read first: in a virtual machine that would be an exit, and nothing else is set. */
    cpu_write_msr(CPU_MSR_EFER, CPU_EFER_LME | CPU_EFER_LMA | CPU_EFER_NXE);
    cpu_set_cr3((uintptr_t)root);
    if (!(cpu_cr0() & CPU_CR0_WP))
        cpu_set_cr0(cpu_cr0() | CPU_CR0_WP);
    return room;
}
