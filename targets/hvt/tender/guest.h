/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * guest.h: the guest's memory and what it was given. Everything that the guest says is checked here
 * before it is used: an address only becomes a pointer by one of these functions.
 */

#ifndef HVT_TENDER_GUEST_H
#define HVT_TENDER_GUEST_H

#include "../../common/tender/image.h"
#include "../../common/tender/manifest.h"
#include "hvt_abi.h"

#define GUEST_PAGE 0x1000ull

struct guest {
    uint8_t *memory; /* address 0 of the guest */
    uint64_t size;
    struct image_layout layout;
    union manifest manifest;
};

/* Allocates the guest's memory and puts the image in its place. */
void guest_load(struct guest *guest, const struct image *image);

/* Whether that is all the guest's memory, and, when it is for writing, nothing that the image has
 * read-only. */
bool guest_has(const struct guest *guest, uint64_t address, uint64_t size, bool writing);

/* The guest's bytes from `address` on, to read; and to write as well. Ends the tender if they are
 * not all within its memory, or are to be written and the image has them read-only. */
const void *guest_bytes(const struct guest *guest, uint64_t address, uint64_t size);
void *guest_room(const struct guest *guest, uint64_t address, uint64_t size);

/* The device of that handle; NULL if it is not of that type. */
const struct mft_entry *guest_device(const struct guest *guest, uint64_t handle, mft_type_t type);

#endif
