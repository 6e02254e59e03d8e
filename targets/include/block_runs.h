/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * block_runs.h: runs of blocks in one call, which Solo5's API does not have. A target whose tenders
 * take them defines these functions; a caller asks first. Self-contained: C99 headers and solo5.h
 * only.
 */

#ifndef BLOCK_RUNS_H_INCLUDED
#define BLOCK_RUNS_H_INCLUDED

#include "solo5.h"

/* As solo5_block_write and solo5_block_read, but for any whole number of blocks above 0. */
solo5_result_t block_runs_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf,
                                size_t size) __attribute__((weak));
solo5_result_t block_runs_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf, size_t size)
    __attribute__((weak));

static inline bool block_runs_exist(void)
{
    return block_runs_write != NULL && block_runs_read != NULL;
}

#endif
