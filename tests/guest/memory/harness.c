// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* harness.c: copies, fills and compares parts of a buffer, all lengths and alignments, and prints
 * where memory.c does otherwise than a loop of bytes. */

#include <stddef.h>
#include <stdio.h>

#define memcpy guest_memcpy
#define memmove guest_memmove
#define memset guest_memset
#define memcmp guest_memcmp
#include MEMORY

#define MOST 90
#define SHIFTS 20

static unsigned char ours[256], plain[256], kept[256];

static void fill(void)
{
    for (size_t i = 0; i < sizeof(ours); i++) {
        ours[i] = plain[i] = (unsigned char)(i * 7 + i / 16);
    }
}

static int differ(const char *what, size_t size, size_t to, size_t from)
{
    for (size_t i = 0; i < sizeof(ours); i++) {
        if (ours[i] != plain[i]) {
            printf("%s of %zu bytes from %zu to %zu: byte %zu\n", what, size, from, to, i);
            return 1;
        }
    }
    return 0;
}

static void move(size_t to, size_t from, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        kept[i] = plain[from + i];
    }
    for (size_t i = 0; i < size; i++) {
        plain[to + i] = kept[i];
    }
}

static int compare(size_t one, size_t other, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (ours[one + i] != ours[other + i]) {
            return ours[one + i] - ours[other + i];
        }
    }
    return 0;
}

int main(void)
{
    int wrong = 0;
    for (size_t size = 0; size <= MOST; size++) {
        for (size_t from = 20; from < 20 + SHIFTS; from++) {
            for (size_t to = 10; to < 10 + 2 * SHIFTS; to++) {
                fill();
                guest_memmove(ours + to, ours + from, size);
                move(to, from, size);
                wrong |= differ("memmove", size, to, from);
            }
            fill();
            guest_memcpy(ours + 20 + SHIFTS + MOST, ours + from, size);
            move(20 + SHIFTS + MOST, from, size);
            wrong |= differ("memcpy", size, 20 + SHIFTS + MOST, from);
            fill();
            guest_memset(ours + from, 0x1a5, size);
            for (size_t i = 0; i < size; i++) {
                plain[from + i] = 0xa5;
            }
            wrong |= differ("memset", size, from, from);
            fill();
            move(128, from, size); // equal, but for one byte at each place
            guest_memcpy(ours, plain, sizeof(ours));
            for (size_t at = 0; at <= size; at++) {
                int before = ours[128 + at]++;
                int found = guest_memcmp(ours + from, ours + 128, size);
                int known = compare(from, 128, size);
                if ((found > 0) - (found < 0) != (known > 0) - (known < 0)) {
                    printf("memcmp of %zu bytes, unlike at %zu\n", size, at);
                    wrong = 1;
                }
                ours[128 + at] = (unsigned char)before;
            }
        }
    }
    return wrong;
}
