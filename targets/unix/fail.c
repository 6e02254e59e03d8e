/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "unix.h"

#define STANDARD_ERROR 2

const char *unix_program = "unikernel";

/* Those that a wrong option, or a device that cannot be had, leads to. */
static const struct {
    int number;
    const char *text;
} reasons[] = {
    {LINUX_EPERM, "Operation not permitted"},
    {LINUX_ENOENT, "No such file or directory"},
    {LINUX_ENXIO, "No such device or address"},
    {LINUX_EBADF, "Bad file descriptor"},
    {LINUX_ENOMEM, "Cannot allocate memory"},
    {LINUX_EACCES, "Permission denied"},
    {LINUX_EBUSY, "Device or resource busy"},
    {LINUX_EEXIST, "File exists"},
    {LINUX_ENODEV, "No such device"},
    {LINUX_ENOTDIR, "Not a directory"},
    {LINUX_EISDIR, "Is a directory"},
    {LINUX_EINVAL, "Invalid argument"},
    {LINUX_EMFILE, "Too many open files"},
    {LINUX_ETXTBSY, "Text file busy"},
    {LINUX_EROFS, "Read-only file system"},
    {LINUX_ENAMETOOLONG, "File name too long"},
    {LINUX_ELOOP, "Too many levels of symbolic links"},
    {LINUX_EBADFD, "File descriptor in bad state"},
    {LINUX_ENETDOWN, "Network is down"},
};

static void write_all(const char *text)
{
    linux_write(STANDARD_ERROR, text, unix_length(text));
}

void unix_say(const char *const *parts)
{
    write_all(unix_program);
    write_all(": ");
    for (; *parts; parts++)
        write_all(*parts);
    write_all("\n");
}

void unix_fail_with(const char *const *parts)
{
    unix_say(parts);
    linux_exit_group(1);
}

const char *unix_reason(long result)
{
    static char unknown[32];
    char digits[21];

    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (reasons[i].number == -result)
            return reasons[i].text;
    const char *number = unix_decimal((uint64_t)-result, digits);
    bytes_copy(unknown, "errno ", 6);
    bytes_copy(unknown + 6, number, unix_length(number) + 1);
    return unknown;
}
