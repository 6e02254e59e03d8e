/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "guest.h"

_Static_assert(MFT_MAX_ENTRIES <= 64, "a set of handles is a uint64_t");
static solo5_handle_set_t acquired;

static bool equal(const char *a, const char *b)
{
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

const struct mft_entry *guest_manifest_acquire(const struct mft *manifest, const char *name,
                                               mft_type_t type, solo5_handle_t *handle)
{
    for (uint32_t i = 0; i < manifest->entries; i++) {
        const struct mft_entry *entry = &manifest->e[i];
        if (entry->type != type || !equal(entry->name, name))
            continue;
        if (!entry->attached || acquired >> i & 1)
            return NULL;
        acquired |= (solo5_handle_set_t)1 << i;
        *handle = i;
        return entry;
    }
    return NULL;
}
