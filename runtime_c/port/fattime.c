// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* fattime.c: the time that a FAT file system notes with a file (feature `vfs`). The zone is UTC. */

#include "py/mpconfig.h"

#if MICROPY_VFS_FAT

#include "bindings/time.h"
#include "lib/oofatfs/ff.h"
#include "shared/timeutils/timeutils.h"

#define FIRST_YEAR 1980u

DWORD get_fattime(void)
{
    timeutils_struct_time_t now;
    timeutils_seconds_since_epoch_to_struct_time(mirage_time_wall() / 1000000000u, &now);
    if (now.tm_year < FIRST_YEAR) {
        return 1u << 21 | 1u << 16; // the first day that can be noted
    }
    return (DWORD)(now.tm_year - FIRST_YEAR) << 25 | (DWORD)now.tm_mon << 21 |
           (DWORD)now.tm_mday << 16 | (DWORD)now.tm_hour << 11 | (DWORD)now.tm_min << 5 |
           (DWORD)now.tm_sec >> 1;
}

#endif
