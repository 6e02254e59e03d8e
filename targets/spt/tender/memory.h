/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * memory.h: the guest's memory, which is the tender's own from low addresses up.
 */

#ifndef SPT_TENDER_MEMORY_H
#define SPT_TENDER_MEMORY_H

#include "../../common/tender/image.h"
#include "../../common/tender/manifest.h"
#include "spt_abi.h"

/* What lies at SPT_BOOT_INFO_BASE, and how the guest gets to its parts. */
struct memory_boot {
    struct spt_boot_info info;
    union manifest manifest;
    char cmdline[SPT_CMDLINE_SIZE];
};

/* Maps the guest's memory and puts the image in its place. Below the image there is only the
 * returned page range, readable and writable; everything else there is not mapped. */
struct memory_boot *memory_set_up(const struct image *image, const struct image_layout *layout,
                                  uint64_t memory_size);

#endif
