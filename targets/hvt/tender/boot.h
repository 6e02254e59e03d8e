/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * boot.h: what the guest finds in its memory below the image.
 *
 *     0x01000  segment descriptors      none of these pages are mapped in the tables: to a guest
 *     0x02000  page tables              that keeps these tables they do not exist
 *     0x10000  boot info, manifest, boot arguments: mapped read-only
 *    0x100000  the image, and memory to its end: mapped writable
 */

#ifndef HVT_TENDER_BOOT_H
#define HVT_TENDER_BOOT_H

#include "../../common/tender/options.h"
#include "guest.h"

#define BOOT_SEGMENTS 0x1000
#define BOOT_SEGMENT_COUNT 3 /* none, code, data: selectors 0, 8, 16 */
#define BOOT_TABLES 0x2000
#define BOOT_INFO 0x10000

/* The most memory that the page tables reach. */
#define BOOT_MAX_MEMORY (4ull << 30)
/* Memory is mapped in pages of this size. */
#define BOOT_LARGE_PAGE (2ull << 20)

/* Writes all of it; `frequency` is of the processor's counter. */
void boot_write(const struct guest *guest, const struct options *options, size_t manifest_size,
                uint64_t frequency);

#endif
