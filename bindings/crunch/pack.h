// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* pack.h: a directory as constant data of an image, as runtime_c/tools/embed.py writes it. Numbers
 * are little-endian; offsets count from the pack's first byte. Self-contained: C headers only. */

#ifndef MIRAGE_PACK_H
#define MIRAGE_PACK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { MIRAGE_PACK_VALUE = 0, MIRAGE_PACK_DICTIONARY = 1 };

/* The first bytes of a pack. A key is looked up by its hash: the low bits of that are the number of
 * a bucket, whose displacement makes the hash into the number of the slot that the key is in. */
struct mirage_pack {
    char magic[8];
    uint32_t entries;
    uint32_t buckets; /* a power of two */
    uint32_t slots;   /* a power of two */
    uint32_t reserved;
    uint64_t displacements; /* where they are: uint32_t, one a bucket */
    uint64_t slot_table;    /* uint32_t: the number of an entry plus one, or 0 */
    uint64_t entry_table;
    uint64_t names;
};
_Static_assert(sizeof(struct mirage_pack) == 56, "embed.py: HEADER");

/* A file or a directory. Those of a directory stand together, in the order of their names; the
 * first entry is the packed directory itself. */
struct mirage_pack_entry {
    uint64_t name;    /* where its path is, which ends with a zero byte */
    uint64_t data;    /* where its bytes are; of a directory, the number of its first entry */
    uint64_t size;    /* in bytes; of a directory, in entries */
    int64_t modified; /* nanoseconds since 1970 */
    uint32_t kind;
    uint32_t base; /* how much of the path is its directory's */
    uint8_t digest[32];
    uint64_t name_size;
};
_Static_assert(sizeof(struct mirage_pack_entry) == 80, "embed.py: ENTRY");

/* What an image embeds, ended by an entry without a name. */
struct mirage_embedded {
    const char *name;
    const unsigned char *pack;
};
extern const struct mirage_embedded mirage_embedded[];

static inline const void *mirage_pack_at(const struct mirage_pack *pack, uint64_t offset)
{
    return (const unsigned char *)pack + offset;
}

static inline const struct mirage_pack_entry *mirage_pack_entry(const struct mirage_pack *pack,
                                                                uint32_t number)
{
    const struct mirage_pack_entry *entries = mirage_pack_at(pack, pack->entry_table);
    return number < pack->entries ? &entries[number] : NULL;
}

/* The entry of a path without slashes at its ends, or NULL. Constant time but for the path. */
static inline const struct mirage_pack_entry *mirage_pack_find(const struct mirage_pack *pack,
                                                               const char *path, size_t size)
{
    const uint32_t *displacements = mirage_pack_at(pack, pack->displacements);
    const uint32_t *slots = mirage_pack_at(pack, pack->slot_table);
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */

    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ (unsigned char)path[i]) * 0x100000001b3u;
    }
    hash ^= displacements[hash & (pack->buckets - 1)] * 0x9e3779b97f4a7c15u;
    hash = (hash ^ hash >> 32) * 0xd6e8feb86659fd93u;

    uint32_t number = slots[hash >> (64 - __builtin_ctz(pack->slots))];
    if (number == 0) {
        return NULL;
    }
    const struct mirage_pack_entry *entry = mirage_pack_entry(pack, number - 1);
    const char *name = mirage_pack_at(pack, entry->name);
    return entry->name_size == size && memcmp(name, path, size) == 0 ? entry : NULL;
}

#endif
