/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * image.h: an image file, read and checked. Nothing in the file is trusted: whatever these
 * functions return has been compared with the file's size and the guest's memory, and what does not
 * fit ends the tender with a message.
 */

#ifndef TENDER_IMAGE_H
#define TENDER_IMAGE_H

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define IMAGE_PAGE 0x1000
/* Ours have 8; this leaves room for what other toolchains add. */
#define IMAGE_MAX_PROGRAMS 64
#define IMAGE_MAX_SEGMENTS 16

struct image {
    const char *path;
    int fd;
    uint64_t size; /* of the file */
    Elf64_Ehdr header;
    Elf64_Phdr programs[IMAGE_MAX_PROGRAMS];
    /* The beginning of the file, where headers and notes usually are: saves reading them again. */
    uint8_t head[IMAGE_PAGE];
    size_t head_size;
};

/* Opens the image and reads its headers. */
void image_open(struct image *image, const char *path);

/* Reads the descriptor of Solo5's note of that type into `data`, from `align`'s next multiple in
 * the note on; `max` is the room there. Returns its size, 0 if there is no such note. */
size_t image_note(const struct image *image, uint32_t type, size_t align, void *data, size_t max);

/* Reads `size` bytes of the file, or fails. */
void image_read(const struct image *image, void *data, uint64_t size, uint64_t offset);

/* Part of the guest's memory, as the image wants it: whole pages from `start` to `end` with these
 * permissions, zero but for `file_size` bytes of the file that come to `address`. */
struct image_segment {
    uint64_t start, end;
    uint64_t address, memory_size, file_size, offset;
    bool writable, executable;
};

struct image_layout {
    unsigned count;
    struct image_segment segments[IMAGE_MAX_SEGMENTS]; /* ascending, apart */
    uint64_t entry;                                    /* in an executable segment */
    uint64_t end; /* of the last segment that has bytes in the file */
};

/* Works out where the image goes in a guest whose memory is [base, memory_size). */
void image_plan(const struct image *image, uint64_t base, uint64_t memory_size,
                struct image_layout *layout);

#endif
