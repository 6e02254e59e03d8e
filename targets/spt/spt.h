/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * spt.h: what the files of this target's boot code share.
 */

#ifndef SPT_H
#define SPT_H

#include "../common/guest/guest.h"
#include "linux.h"
#include "spt_abi.h"

/* start.c: what the tender passed; set before anything else runs. */
extern const struct spt_boot_info *spt_boot_info;

static inline const struct mft *spt_manifest(void)
{
    return spt_boot_info->mft;
}

#endif
