/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * mft_abi.h: the manifest, which lists the devices that an image must be given. It is a note of the
 * image; the tender fills in what it attached and hands a copy to the guest. Self-contained: C99
 * headers only.
 *
 * orchestrator/mirage_py/workspace/manifest.py writes the C that declares one, and
 * orchestrator/mirage_py/image/elf.py reads it back.
 */

#ifndef MFT_ABI_H
#define MFT_ABI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MFT_VERSION 1

/* Numbers are part of the format: only ever add. */
typedef enum mft_type {
    MFT_DEV_BLOCK_BASIC = 1,
    MFT_DEV_NET_BASIC = 2,
    MFT_RESERVED_FIRST = (1U << 30) /* entry 0 of every manifest, with an empty name */
} mft_type_t;

struct mft_block_basic {
    uint64_t capacity;   /* bytes */
    uint16_t block_size; /* bytes, a power of two from 512 to 32768 */
};
_Static_assert(sizeof(struct mft_block_basic) == 16, "with its padding; see struct mft_entry");

struct mft_net_basic {
    uint8_t mac[6];
    uint16_t mtu; /* bytes, Ethernet header not included */
};
_Static_assert(sizeof(struct mft_net_basic) == 8, "no padding");

#define MFT_NAME_SIZE 68 /* bytes, with the NUL */
#define MFT_NAME_MAX 67  /* characters: letters and digits */

struct mft_entry {
    char name[MFT_NAME_SIZE];
    mft_type_t type;
    /* From here on the tender's: zero in an image. */
    union {
        struct mft_block_basic block_basic;
        struct mft_net_basic net_basic;
    } u;
    union {
        int hostfd; /* spt: descriptor that the guest passes to system calls */
        void *data;
    } b;
    bool attached;
};
_Static_assert(offsetof(struct mft_entry, type) == 68, "a name and its NUL fill 68 bytes");
_Static_assert(offsetof(struct mft_entry, u) == 72, "u is aligned to 8 without padding");
_Static_assert(offsetof(struct mft_entry, b) == 88, "u is as large as its largest member, 16");
_Static_assert(offsetof(struct mft_entry, attached) == 96, "b is as large as a pointer");
_Static_assert(sizeof(struct mft_entry) == 104, "loaders compare n_descsz with a multiple of this");

/* Entry 0 included; a set of handles has one bit for each. */
#define MFT_MAX_ENTRIES 64

/* Who defines a manifest defines MFT_ENTRIES first; for who reads one the array has no length. */
#ifndef MFT_ENTRIES
#define MFT_ENTRIES
#else
_Static_assert(MFT_ENTRIES >= 1 && MFT_ENTRIES <= MFT_MAX_ENTRIES,
               "a manifest has entry 0 and at most 63 devices");
#endif

struct mft {
    uint32_t version; /* MFT_VERSION */
    uint32_t entries;
    struct mft_entry e[MFT_ENTRIES];
};
_Static_assert(offsetof(struct mft, e) == 8, "entries follow the two counts without padding");

/*
 * The manifest note.
 */
#define MFT1_NOTE_NAME "Solo5"
#define MFT1_NOTE_TYPE 0x3154464d /* the bytes "MFT1" */

/* An Elf64_Nhdr and its name. */
struct mft1_nhdr {
    uint32_t n_namesz; /* bytes of the name with its NUL, without padding: 6 */
    uint32_t n_descsz; /* bytes that follow this header, padding before `m` included */
    uint32_t n_type;
    char n_name[8];
};
_Static_assert(sizeof(struct mft1_nhdr) == 20, "n_descsz counts from here, not from `m`");

struct mft1_note {
    struct mft1_nhdr h;
    struct mft m;
};
_Static_assert(offsetof(struct mft1_note, m) == 24, "4 bytes of padding align `m` to 8");

/* Alignment of `m` in the note, and the most that n_descsz may be. */
#define MFT1_NOTE_ALIGN 8
#define MFT1_NOTE_MAX_SIZE                                                                         \
    (offsetof(struct mft1_note, m) - sizeof(struct mft1_nhdr) + offsetof(struct mft, e) +          \
     MFT_MAX_ENTRIES * sizeof(struct mft_entry))

/* Between BEGIN and END stands the initialiser of a struct mft. */
#define MFT1_NOTE_DECLARE_BEGIN                                                                    \
    const struct mft1_note __solo5_mft1_note                                                       \
        __attribute__((section(".note.solo5.manifest"), aligned(4), used)) = {                     \
            .h = {.n_namesz = sizeof MFT1_NOTE_NAME,                                               \
                  .n_descsz = sizeof(struct mft1_note) - sizeof(struct mft1_nhdr),                 \
                  .n_type = MFT1_NOTE_TYPE,                                                        \
                  .n_name = MFT1_NOTE_NAME},                                                       \
            .m =
#define MFT1_NOTE_DECLARE_END                                                                      \
    }                                                                                              \
    ;

#endif
