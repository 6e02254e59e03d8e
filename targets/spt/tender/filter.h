/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * filter.h: the seccomp filter that holds the guest. spt_abi.h lists what it lets through.
 */

#ifndef SPT_TENDER_FILTER_H
#define SPT_TENDER_FILTER_H

#include "mft_abi.h"

/* Gives up every privilege and installs the filter for a guest with these devices. After it the
 * process may do nothing that the guest may not. */
void filter_install(const struct mft *manifest, int epollfd, int timerfd);

#endif
