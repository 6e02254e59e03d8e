/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * files.h: files of the host, which Solo5's API does not have. A target that provides `files`
 * defines these functions; a caller asks first. Paths are the host's. A negative result is -errno,
 * with Linux's numbers. Self-contained: C99 headers only.
 */

#ifndef FILES_H_INCLUDED
#define FILES_H_INCLUDED

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum files_kind { FILES_VALUE = 0, FILES_DIRECTORY = 1, FILES_OTHER = 2 };

struct files_status {
    enum files_kind kind;
    uint64_t size;    /* bytes */
    int64_t modified; /* nanoseconds since 1970 */
};

/* What is at a path, symbolic links followed. */
int64_t files_status(const char *path, struct files_status *status) __attribute__((weak));

/* The names in a directory, each ended by a zero byte, into `room`; returns how many bytes they
 * take. -ERANGE if there are more. */
int64_t files_list(const char *path, char *room, size_t size) __attribute__((weak));

/* Bytes of a file from `offset` on; returns how many there were. */
int64_t files_read(const char *path, uint64_t offset, uint8_t *data, size_t size)
    __attribute__((weak));

/* Make a file of these bytes, in place of one that is there; and write to one that is there, at
 * `offset`. What has returned is on the host's disk; it may have done a part if it failed. */
int64_t files_write(const char *path, const uint8_t *data, size_t size) __attribute__((weak));
int64_t files_patch(const char *path, uint64_t offset, const uint8_t *data, size_t size)
    __attribute__((weak));

/* Change what a directory holds: that is on the host's disk once the directory is synchronized. */
int64_t files_rename(const char *source, const char *dest) __attribute__((weak));
int64_t files_make_directory(const char *path) __attribute__((weak));
int64_t files_remove(const char *path, bool directory) __attribute__((weak));
int64_t files_synchronize(const char *directory) __attribute__((weak));

static inline bool files_exist(void)
{
    return files_status != NULL;
}

#endif
