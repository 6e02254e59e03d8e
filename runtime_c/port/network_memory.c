// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* network_memory.c: the memory of lwIP, apart from the collector's, so that neither starves the
 * other. Objects of one class lie in pages of their own; an empty page serves any class again, so
 * that a flood of one kind leaves nothing behind. Page tables are the pages' own heads: what was
 * never used is never touched. */

#include "port/network_memory.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "port/heap.h"
#include "port/network.h"
#include "port/network_timers.h"

#define PAGE ((size_t)16384)
#define HEAD ((size_t)64)
#define LEAST ((size_t)12 * PAGE)
#define MOST ((size_t)64 * 1024 * 1024)
#define PART 4 // the share is this part of the heap

static size_t share, used;

size_t mirage_network_memory(void)
{
    return share;
}

size_t mirage_network_memory_used(void)
{
    return used;
}

int mirage_network_scarce(void)
{
    return used > share / 4 * 3;
}

bool mirage_network_critical(void)
{
    return used > share / 8 * 7;
}

static void choose_share(void)
{
    share = mirage_heap_left() / PART & ~(PAGE - 1);
    share = share < LEAST ? LEAST : share > MOST ? MOST : share;
}

void *mirage_network_calloc(size_t count, size_t size)
{
    void *object = mirage_network_malloc(count * size); // constants of lwIP's: no overflow
    return object ? memset(object, 0, count * size) : NULL;
}

#ifndef __SANITIZE_ADDRESS__

/* The sizes that lwIP asks for most (connections, segments, a full frame) with little waste. */
static const uint16_t sizes[] = {32,  48,  64,  96,   128,  192,  256, 320,
                                 416, 576, 800, 1168, 1616, 2704, 5440};
#define CLASSES (sizeof(sizes) / sizeof(sizes[0]))

struct object {
    struct object *next;
};

struct page {
    struct page *next, *previous;
    struct object *free;
    uint32_t untouched; // offset of the first byte that was never given out
    uint16_t objects;   // given out
    uint16_t size;      // of an object; 0: a run of pages that is one object
    uint32_t run;       // its length in pages
    uint8_t kind;
};
_Static_assert(sizeof(struct page) <= HEAD, "the head holds a page's description");

static struct page *partial[CLASSES]; // pages with a free object
static struct page *empty;            // pages that were used before
static uintptr_t fresh, end;          // pages that never were

void mirage_network_memory_start(void)
{
    choose_share();
    uintptr_t start = (uintptr_t)mirage_heap_take(0);
    size_t padding = (PAGE - start % PAGE) % PAGE;
    if (mirage_heap_left() < padding + share) {
        share = 0; // every allocation fails, and what needs it says so
        return;
    }
    fresh = (uintptr_t)mirage_heap_take(padding + share) + padding;
    end = fresh + share;
}

static void link(struct page **list, struct page *page)
{
    page->previous = NULL;
    page->next = *list;
    if (*list) {
        (*list)->previous = page;
    }
    *list = page;
}

static void unlink(struct page **list, struct page *page)
{
    if (page->previous) {
        page->previous->next = page->next;
    } else {
        *list = page->next;
    }
    if (page->next) {
        page->next->previous = page->previous;
    }
}

static struct page *take_page(void)
{
    struct page *page = empty;
    if (page) {
        unlink(&empty, page);
    } else if (fresh < end) {
        page = (struct page *)fresh;
        fresh += PAGE;
    } else {
        return NULL;
    }
    used += PAGE;
    page->run = 1;
    return page;
}

/* Several pages in a row: only for datagrams that are sent in fragments, and they come from what
 * was never used or from runs that were given back whole. */
static struct page *runs;

static void *take_run(size_t size)
{
    uint32_t count = (uint32_t)((size + HEAD + PAGE - 1) / PAGE);
    struct page *page = runs;
    while (page && page->run < count) {
        page = page->next;
    }
    if (page) {
        unlink(&runs, page);
    } else if (end - fresh >= count * PAGE) {
        page = (struct page *)fresh;
        fresh += count * PAGE;
        page->run = count;
    } else {
        return NULL;
    }
    used += page->run * PAGE;
    page->size = 0;
    return (char *)page + HEAD;
}

void *mirage_network_malloc(size_t size)
{
    mirage_network_timers_wake();
    unsigned kind = 0;
    while (kind < CLASSES && sizes[kind] < size) {
        kind++;
    }
    if (kind == CLASSES) {
        return size < share ? take_run(size) : NULL;
    }
    struct page *page = partial[kind];
    if (!page) {
        page = take_page();
        if (!page) {
            return NULL;
        }
        page->free = NULL;
        page->untouched = HEAD;
        page->objects = 0;
        page->size = sizes[kind];
        page->kind = (uint8_t)kind;
        link(&partial[kind], page);
    }
    struct object *object = page->free;
    if (object) {
        page->free = object->next;
    } else {
        object = (struct object *)((char *)page + page->untouched);
        page->untouched += page->size;
    }
    page->objects++;
    if (!page->free && page->untouched + page->size > PAGE) {
        unlink(&partial[kind], page);
    }
    return object;
}

void mirage_network_free(void *pointer)
{
    if (!pointer) {
        return;
    }
    struct page *page = (struct page *)((uintptr_t)pointer & ~(PAGE - 1));
    if (page->size == 0) {
        used -= page->run * PAGE;
        link(&runs, page);
        return;
    }
    struct page **list = &partial[page->kind];
    bool full = !page->free && page->untouched + page->size > PAGE;
    struct object *object = pointer;
    object->next = page->free;
    page->free = object;
    page->objects--;
    if (full) {
        link(list, page);
    }
    // The last page of a class is kept: it will be wanted again at once.
    if (page->objects == 0 && (page->next || page->previous)) {
        unlink(list, page);
        link(&empty, page);
        used -= PAGE;
    }
}

#else

/* In a sanitized image every object is the host's own, so that AddressSanitizer sees its ends. */

void *malloc(size_t size);
void free(void *object);
size_t malloc_usable_size(void *object);

void mirage_network_memory_start(void)
{
    choose_share();
}

void *mirage_network_malloc(size_t size)
{
    mirage_network_timers_wake();
    if (size > share || used > share - size) {
        return NULL;
    }
    void *object = malloc(size);
    used += object ? malloc_usable_size(object) : 0;
    return object;
}

void mirage_network_free(void *object)
{
    used -= object ? malloc_usable_size(object) : 0;
    free(object);
}

#endif
