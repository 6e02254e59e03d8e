/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "manifest.h"

#include "fail.h"

#include <string.h>

/* A name that can stand in an option and in a message: letters and digits, ended in its array. */
static bool name_is_valid(const char *name)
{
    size_t length = strnlen(name, MFT_NAME_SIZE);

    if (length < 1 || length > MFT_NAME_MAX)
        return false;
    for (size_t i = 0; i < length; i++) {
        char letter = (char)(name[i] | 0x20);
        if (!(name[i] >= '0' && name[i] <= '9') && !(letter >= 'a' && letter <= 'z'))
            return false;
    }
    return true;
}

static bool is_valid(const struct mft *manifest, size_t size)
{
    if (size < sizeof(struct mft) || manifest->version != MFT_VERSION || manifest->entries < 1 ||
        manifest->entries > MFT_MAX_ENTRIES ||
        size != sizeof(struct mft) + manifest->entries * sizeof(struct mft_entry))
        return false;
    if (manifest->e[0].type != MFT_RESERVED_FIRST || manifest->e[0].name[0] != '\0')
        return false;
    for (uint32_t i = 1; i < manifest->entries; i++) {
        mft_type_t type = manifest->e[i].type;
        if ((type != MFT_DEV_BLOCK_BASIC && type != MFT_DEV_NET_BASIC) ||
            !name_is_valid(manifest->e[i].name))
            return false;
    }
    return true;
}

size_t manifest_load(const struct image *image, union manifest *manifest)
{
    size_t size =
        image_note(image, MFT1_NOTE_TYPE, MFT1_NOTE_ALIGN, manifest->room, sizeof manifest->room);
    if (size == 0)
        fail("%s: No Solo5 manifest found in executable", image->path);
    if (!is_valid(&manifest->m, size))
        fail("%s: Solo5 manifest is invalid", image->path);
    for (uint32_t i = 0; i < manifest->m.entries; i++) {
        struct mft_entry *entry = &manifest->m.e[i];
        memset(&entry->u, 0, sizeof *entry - offsetof(struct mft_entry, u));
    }
    return size;
}

struct mft_entry *manifest_find(union manifest *manifest, const char *name, mft_type_t type)
{
    for (uint32_t i = 1; i < manifest->m.entries; i++) {
        struct mft_entry *entry = &manifest->m.e[i];
        if (entry->type == type && strcmp(entry->name, name) == 0)
            return entry;
    }
    fail("Resource not declared in manifest: '%s'", name);
}

void manifest_attach(union manifest *manifest, struct mft_entry *entry, int fd)
{
    if (entry->attached)
        fail("Device '%s' is attached twice", entry->name);
    /* Possible only for a descriptor from the command line that was not open there. */
    for (uint32_t i = 1; i < manifest->m.entries; i++)
        if (manifest->m.e[i].attached && manifest->m.e[i].b.hostfd == fd)
            fail("Device '%s' and device '%s' cannot share descriptor %d", entry->name,
                 manifest->m.e[i].name, fd);
    entry->b.hostfd = fd;
    entry->attached = true;
}

void manifest_check_attached(const union manifest *manifest)
{
    bool missing = false;

    for (uint32_t i = 1; i < manifest->m.entries; i++) {
        const struct mft_entry *entry = &manifest->m.e[i];
        if (entry->attached)
            continue;
        fail_note("Device '%s' of type %s declared but not attached.", entry->name,
                  entry->type == MFT_DEV_NET_BASIC ? "NET_BASIC" : "BLOCK_BASIC");
        missing = true;
    }
    if (missing)
        fail("All declared devices must be attached. See --help for syntax.");
}
