/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * paging.h: page tables of the guest's own. Addresses are the same in both worlds; what is not
 * mapped faults, and nothing can be mapped writable and executable. The tables themselves are not
 * mapped either: from the switch on they stay as they are.
 *
 *     paging_begin(room);
 *     paging_map_image(memory_end);
 *     paging_map(device, device_end, PAGING_WRITE);
 *     heap = paging_switch();
 */

#ifndef TARGET_X86_64_PAGING_H
#define TARGET_X86_64_PAGING_H

#include <stdint.h>

#define PAGE_SIZE 0x1000ull
#define PAGE_LARGE 0x200000ull

enum paging_access { PAGING_READ, PAGING_WRITE, PAGING_EXECUTE }; /* reading always included */

/* Tables will take pages from `room` on, as many as they need: one, and one each for every 512 GiB,
 * 1 GiB and 2 MiB that mapped memory lies in, the last only where a page of 2 MiB does not do. The
 * room begins on the page after the image. */
void paging_begin(uintptr_t room);

/* Maps the pages from `start` to `end`, which are multiples of PAGE_SIZE. */
void paging_map(uint64_t start, uint64_t end, enum paging_access access);

/* Maps the image whose linker script is ../image.ld, and the memory from behind the tables' room to
 * `end`: once. */
void paging_map_image(uint64_t end);

/* Makes the tables those of the processor. Returns where memory begins again: behind them and one
 * more page that is not mapped, so that a stack that grows too far down ends there. */
uintptr_t paging_switch(void);

#endif
