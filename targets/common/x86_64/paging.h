/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * paging.h: page tables of the guest's own. Addresses are the same in both worlds; what is not
 * mapped faults, and nothing can be mapped writable and executable.
 *
 *     paging_begin(room);
 *     paging_map(text, text_end, PAGING_EXECUTE);
 *     paging_map(data, memory_end, PAGING_WRITE);
 *     heap = paging_switch();
 */

#ifndef TARGET_X86_64_PAGING_H
#define TARGET_X86_64_PAGING_H

#include <stdint.h>

#define PAGE_SIZE 0x1000ull
#define PAGE_LARGE 0x200000ull

enum paging_access { PAGING_READ, PAGING_WRITE, PAGING_EXECUTE }; /* reading always included */

/* Tables will take pages from `room` on, as many as they need: one, and one each for every 512 GiB,
 * 1 GiB and 2 MiB that mapped memory lies in, the last only where a page of 2 MiB does not do. */
void paging_begin(uintptr_t room);

/* Maps the pages from `start` to `end`, which are multiples of PAGE_SIZE. */
void paging_map(uint64_t start, uint64_t end, enum paging_access access);

/* Maps the image whose linker script is ../image.ld, and memory from its data to `end`. */
void paging_map_image(uint64_t end);

/* Makes the tables those of the processor. Returns where the room that they took ends. */
uintptr_t paging_switch(void);

#endif
