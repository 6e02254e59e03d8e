/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "unix.h"

/* The image's own note, which is read-only: what is attached is filled into a copy. */
extern const struct mft1_note __solo5_mft1_note;

static union {
    struct mft m;
    uint8_t room[offsetof(struct mft, e) + MFT_MAX_ENTRIES * sizeof(struct mft_entry)];
} manifest;

struct mft_entry *unix_device(const char *name, mft_type_t type)
{
    for (uint32_t i = 1; i < manifest.m.entries; i++) {
        struct mft_entry *entry = &manifest.m.e[i];
        if (entry->type == type && unix_equal(entry->name, name))
            return entry;
    }
    unix_fail("Resource not declared in manifest: '", name, "'");
}

void unix_device_attach(struct mft_entry *entry, int fd)
{
    char digits[21];

    if (entry->attached)
        unix_fail("Device '", entry->name, "' is attached twice");
    /* Possible only for a descriptor from the command line. */
    for (uint32_t i = 1; i < manifest.m.entries; i++)
        if (manifest.m.e[i].attached && manifest.m.e[i].b.hostfd == fd)
            unix_fail("Device '", entry->name, "' and device '", manifest.m.e[i].name,
                      "' cannot share descriptor ", unix_decimal((uint64_t)fd, digits));
    entry->b.hostfd = fd;
    entry->attached = true;
}

static void check_attached(void)
{
    bool missing = false;

    for (uint32_t i = 1; i < manifest.m.entries; i++) {
        const struct mft_entry *entry = &manifest.m.e[i];
        if (entry->attached)
            continue;
        unix_note("Device '", entry->name, "' of type ",
                  entry->type == MFT_DEV_NET_BASIC ? "NET_BASIC" : "BLOCK_BASIC",
                  " declared but not attached.");
        missing = true;
    }
    if (missing)
        unix_fail("All declared devices must be attached. See --help for syntax.");
}

const struct mft *unix_devices_attach(const struct unix_options *options)
{
    bytes_copy(&manifest, &__solo5_mft1_note.m,
               offsetof(struct mft, e) + __solo5_mft1_note.m.entries * sizeof(struct mft_entry));
    /* Each of them is the one's or the other's: the parser saw to that. */
    for (unsigned i = 0; i < options->device_count; i++)
        if (!unix_block_option(options->devices[i]))
            unix_net_option(options->devices[i]);
    check_attached();
    for (uint32_t i = 1; i < manifest.m.entries; i++) {
        struct mft_entry *entry = &manifest.m.e[i];
        if (entry->type == MFT_DEV_BLOCK_BASIC)
            unix_block_finish(entry);
        else
            unix_net_finish(entry);
    }
    return &manifest.m;
}
