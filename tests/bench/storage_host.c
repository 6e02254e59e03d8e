// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* storage_host.c: pread and pwrite of a file, as the guest of storage.py moves blocks.
 *
 * storage_host FILE UNIT COUNT read|write sequential|random: for a third of a second, COUNT calls
 * of UNIT bytes over and over; prints how many calls that are and how many nanoseconds they took
 * when least else was done.
 */

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LEAST 300000000

static int64_t now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * (int64_t)1000000000 + time.tv_nsec;
}

int main(int argc, char **argv)
{
    struct stat status;
    int fd = argc == 6 ? open(argv[1], O_RDWR) : -1;

    if (fd < 0 || fstat(fd, &status) < 0)
        return 1;
    size_t unit = (size_t)atoi(argv[2]);
    size_t count = (size_t)atoi(argv[3]);
    int reads = strcmp(argv[4], "read") == 0;
    int random = strcmp(argv[5], "random") == 0;
    size_t units = (size_t)status.st_size / unit;
    char *buffer = calloc(1, unit);
    int64_t begun = now(), least = INT64_MAX;

    if (!buffer || units == 0)
        return 1;
    do {
        uint32_t number = 1;
        int64_t start = now();
        for (size_t i = 0; i < count; i++) {
            number = number * 1103515245 + 12345;
            off_t offset = (off_t)((random ? (number >> 8) % units : i % units) * unit);
            ssize_t moved =
                reads ? pread(fd, buffer, unit, offset) : pwrite(fd, buffer, unit, offset);
            if (moved != (ssize_t)unit)
                return 1;
        }
        int64_t took = now() - start;
        if (took < least)
            least = took;
    } while (now() - begun < LEAST);
    printf("%zu %lld\n", count, (long long)least);
    return 0;
}
