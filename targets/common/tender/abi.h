/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * abi.h: whether an image is for this tender.
 */

#ifndef TENDER_ABI_H
#define TENDER_ABI_H

#include "options.h"

/* Ends the tender unless the image is for `target`, an ABI target of elf_abi.h, and for that
 * tender's version of its ABI. */
void abi_check(const struct image *image, const struct options_tender *tender, uint32_t target);

#endif
