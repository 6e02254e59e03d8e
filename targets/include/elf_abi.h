/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * elf_abi.h: the notes that make an ELF file a Solo5 image. Self-contained: C99 headers only.
 *
 * A loader reads the first note of each PT_NOTE and no further, so every note needs a PT_NOTE of
 * its own; link scripts see to that. orchestrator/mirage_py/image/elf.py reads what is written
 * here.
 */

#ifndef ELF_ABI_H
#define ELF_ABI_H

#include <stddef.h>
#include <stdint.h>

/* What an image was built for. Numbers are part of the format: only ever add. */
enum abi_target {
    HVT_ABI_TARGET = 1,
    SPT_ABI_TARGET = 2,
    VIRTIO_ABI_TARGET = 3,
    MUEN_ABI_TARGET = 4,
    GENODE_ABI_TARGET = 5,
    XEN_ABI_TARGET = 6,
    /* mirage-py's own, the bytes "unix": no tender knows it, as none is needed. Far from the
     * numbers that Solo5 may give next. */
    UNIX_ABI_TARGET = 0x78696e75
};

/*
 * The ABI note.
 */
#define ABI1_NOTE_NAME "Solo5"
#define ABI1_NOTE_TYPE 0x31494241 /* the bytes "ABI1" */

/* An Elf64_Nhdr and its name. */
struct abi1_nhdr {
    uint32_t n_namesz; /* bytes of the name with its NUL, without padding: 6 */
    uint32_t n_descsz; /* bytes that follow this header */
    uint32_t n_type;
    char n_name[8];
};
_Static_assert(sizeof(struct abi1_nhdr) == 20, "the descriptor begins 20 bytes into the note");

struct abi1_info {
    uint32_t abi_target;  /* enum abi_target */
    uint32_t abi_version; /* of that target */
    uint32_t reserved0;
    uint32_t reserved1;
};

struct abi1_note {
    struct abi1_nhdr h;
    struct abi1_info i;
};
_Static_assert(sizeof(struct abi1_info) == 16, "tenders read 16 bytes of descriptor");
_Static_assert(offsetof(struct abi1_note, i) == 20, "no padding: 20 is a multiple of 4");
_Static_assert(sizeof(struct abi1_note) == 36, "n_descsz is this less the header");

/* Alignment of `i` in the note, and the most that n_descsz may be. */
#define ABI1_NOTE_ALIGN 4
#define ABI1_NOTE_MAX_SIZE (2 * sizeof(struct abi1_info))

/* Between BEGIN and END stands the initialiser of a struct abi1_info. */
#define ABI1_NOTE_DECLARE_BEGIN                                                                    \
    const struct abi1_note __solo5_abi1_note                                                       \
        __attribute__((section(".note.solo5.abi"), aligned(4), used)) = {                          \
            .h = {.n_namesz = sizeof ABI1_NOTE_NAME,                                               \
                  .n_descsz = sizeof(struct abi1_info),                                            \
                  .n_type = ABI1_NOTE_TYPE,                                                        \
                  .n_name = ABI1_NOTE_NAME},                                                       \
            .i =
#define ABI1_NOTE_DECLARE_END                                                                      \
    }                                                                                              \
    ;

/*
 * An image is an ELF executable for x86_64 and would start on a Linux host, as something else than
 * it is. An interpreter that cannot exist prevents that: the slash at the end makes even a file of
 * this name fail.
 */
#define ELF_INTERP "/nonexistent/solo5/"
#define DECLARE_ELF_INTERP                                                                         \
    const char __fake_interp[24] __attribute__((section(".interp"), aligned(8), used)) = ELF_INTERP;

/*
 * OpenBSD only looks at the interpreter of what says that it is an OpenBSD executable, and runs
 * everything else through the shell. Some of its versions look for this in the first PT_NOTE only.
 */
struct openbsd_note {
    uint32_t n_namesz; /* 8 */
    uint32_t n_descsz; /* 4 */
    uint32_t n_type;   /* 1, NT_VERSION */
    char n_name[8];    /* "OpenBSD" */
    uint32_t data;     /* 0 */
};
_Static_assert(sizeof(struct openbsd_note) == 24, "no padding: it would count as another note");

#define DECLARE_OPENBSD_NOTE                                                                       \
    const struct openbsd_note __solo5_openbsd_note                                                 \
        __attribute__((section(".note.solo5.not_openbsd"), aligned(4), used)) = {                  \
            .n_namesz = 8, .n_descsz = 4, .n_type = 1, .n_name = "OpenBSD", .data = 0};

#endif
