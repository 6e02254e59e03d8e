/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * hypercalls.h: what the tender does for its guest.
 */

#ifndef HVT_TENDER_HYPERCALLS_H
#define HVT_TENDER_HYPERCALLS_H

#include "guest.h"

/* Does a hypercall other than halt, whose structure is at that address of the guest. */
void hypercalls_do(const struct guest *guest, enum hvt_hypercall number, uint64_t address);

/* The exit status that a halt is with. */
int hypercalls_halt_status(const struct guest *guest, uint64_t address);

#endif
