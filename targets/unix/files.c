/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * files.c: files of the host (files.h). A path is opened for each call: nothing is kept.
 */

#include "files.h"
#include "unix.h"

#define NANOSECONDS 1000000000

/* No pipe is waited for, and no terminal becomes the image's own. */
static long opened(const char *path, int flags)
{
    return linux_open_mode(path, flags | LINUX_O_CLOEXEC | LINUX_O_NONBLOCK | LINUX_O_NOCTTY, 0666);
}

/* Closes `fd`; the result of what was done with it. */
static int64_t closed(long fd, int64_t result)
{
    linux_close((int)fd);
    return result;
}

int64_t files_status(const char *path, struct files_status *status)
{
    struct linux_stat found;
    long result = linux_stat(path, &found);
    if (result < 0)
        return result;
    uint32_t kind = found.st_mode & LINUX_S_IFMT;
    status->kind = kind == LINUX_S_IFREG   ? FILES_VALUE
                   : kind == LINUX_S_IFDIR ? FILES_DIRECTORY
                                           : FILES_OTHER;
    status->size = (uint64_t)found.st_size;
    status->modified = found.st_mtim.tv_sec * NANOSECONDS + found.st_mtim.tv_nsec;
    return 0;
}

/* Appends the names of the entries that Linux wrote into `entries`. */
static int64_t append_names(const uint8_t *entries, size_t length, char *room, size_t size,
                            size_t used)
{
    for (size_t at = 0; at < length;) {
        const struct linux_dirent64 *entry = (const void *)(entries + at);
        size_t name_size = unix_length(entry->d_name) + 1;
        at += entry->d_reclen;
        if (unix_equal(entry->d_name, ".") || unix_equal(entry->d_name, ".."))
            continue;
        if (name_size > size - used)
            return -LINUX_ERANGE;
        bytes_copy(room + used, entry->d_name, name_size);
        used += name_size;
    }
    return (int64_t)used;
}

int64_t files_list(const char *path, char *room, size_t size)
{
    uint8_t entries[4096] __attribute__((aligned(8)));
    int64_t used = 0;
    long length = 1;

    long fd = opened(path, LINUX_O_DIRECTORY);
    if (fd < 0)
        return fd;
    while (used >= 0 && length > 0) {
        length = linux_getdents64((int)fd, entries, sizeof entries);
        used =
            length < 0 ? length : append_names(entries, (size_t)length, room, size, (size_t)used);
    }
    return closed(fd, used);
}

int64_t files_read(const char *path, uint64_t offset, uint8_t *data, size_t size)
{
    size_t done = 0;
    long got = 1;

    long fd = opened(path, 0);
    if (fd < 0)
        return fd;
    while (done < size && got > 0) {
        got = linux_pread64((int)fd, data + done, size - done, offset + done);
        done += got > 0 ? (size_t)got : 0;
    }
    return closed(fd, got < 0 ? got : (int64_t)done);
}

static int64_t write_at(const char *path, int flags, uint64_t offset, const uint8_t *data,
                        size_t size)
{
    size_t done = 0;
    long result = 0;

    long fd = opened(path, flags);
    if (fd < 0)
        return fd;
    while (done < size && result >= 0) {
        result = linux_pwrite64((int)fd, data + done, size - done, offset + done);
        done += result > 0 ? (size_t)result : 0;
    }
    if (result >= 0)
        result = linux_fsync((int)fd);
    return closed(fd, result < 0 ? result : 0);
}

int64_t files_write(const char *path, const uint8_t *data, size_t size)
{
    return write_at(path, LINUX_O_WRONLY | LINUX_O_CREAT | LINUX_O_TRUNC, 0, data, size);
}

int64_t files_patch(const char *path, uint64_t offset, const uint8_t *data, size_t size)
{
    return write_at(path, LINUX_O_WRONLY, offset, data, size);
}

int64_t files_rename(const char *source, const char *dest)
{
    return linux_rename(source, dest);
}

int64_t files_make_directory(const char *path)
{
    return linux_mkdir(path, 0777);
}

int64_t files_remove(const char *path, bool directory)
{
    return directory ? linux_rmdir(path) : linux_unlink(path);
}

int64_t files_synchronize(const char *directory)
{
    long fd = opened(directory, LINUX_O_DIRECTORY);
    return fd < 0 ? fd : closed(fd, linux_fsync((int)fd));
}
