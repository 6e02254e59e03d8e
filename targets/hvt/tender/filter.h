/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * filter.h: the system calls that the tender makes while its guest runs.
 */

#ifndef HVT_TENDER_FILTER_H
#define HVT_TENDER_FILTER_H

#include "vm.h"

/* Gives up every privilege, and every other system call. */
void filter_install(const struct guest *guest, const struct vm *vm);

#endif
