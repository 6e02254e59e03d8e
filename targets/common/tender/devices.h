/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * devices.h: what --net and --block attach.
 */

#ifndef TENDER_DEVICES_H
#define TENDER_DEVICES_H

#include "options.h"

/* Attaches what the options say to the manifest's devices; fails unless that is all of them, no
 * other, and each can be had. */
void devices_attach(const struct options *options, union manifest *manifest);

/* devices_block.c, devices_net.c: false if the option is not theirs. */
bool devices_block_option(const char *option, union manifest *manifest);
bool devices_net_option(const char *option, union manifest *manifest);

/* The same: once all options were seen, give what they left open its default and check it. */
void devices_block_finish(struct mft_entry *entry);
void devices_net_finish(struct mft_entry *entry);

#endif
