/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * manifest.h: the devices that an image declares.
 */

#ifndef TENDER_MANIFEST_H
#define TENDER_MANIFEST_H

#include "image.h"
#include "mft_abi.h"

/* A manifest of any size. */
union manifest {
    struct mft m;
    uint8_t room[offsetof(struct mft, e) + MFT_MAX_ENTRIES * sizeof(struct mft_entry)];
};

/* Reads the image's manifest, checks it and clears all that is the tender's to fill in. Returns its
 * size in bytes. */
size_t manifest_load(const struct image *image, union manifest *manifest);

/* The device of that name and type; fails, as the official tenders do, if it is not declared. */
struct mft_entry *manifest_find(union manifest *manifest, const char *name, mft_type_t type);

/* Fails if a declared device is not attached. */
void manifest_check_attached(const union manifest *manifest);

/* Marks a device attached to descriptor `fd`. */
void manifest_attach(union manifest *manifest, struct mft_entry *entry, int fd);

#endif
