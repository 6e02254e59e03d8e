/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * program.h: what the programs of this folder have in common. A program ends with status 0 after
 * "SUCCESS", or with 1 after the condition that did not hold and its line. */

#ifndef PROGRAM_H
#define PROGRAM_H

#include "solo5.h"

static inline size_t length(const char *text)
{
    size_t size = 0;
    while (text[size])
        size++;
    return size;
}

static inline bool equal(const char *a, const char *b)
{
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

static inline void print(const char *text)
{
    solo5_console_write(text, length(text));
}

static inline void print_number(uint64_t value)
{
    char digits[21];
    char *at = digits + sizeof digits - 1;

    *at = '\0';
    do
        *--at = (char)('0' + value % 10);
    while (value /= 10);
    print(at);
}

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            print("FAILURE: " #condition ", line ");                                               \
            print_number(__LINE__);                                                                \
            print("\n");                                                                           \
            solo5_exit(SOLO5_EXIT_FAILURE);                                                        \
        }                                                                                          \
    } while (0)

static inline int success(void)
{
    print("SUCCESS\n");
    return SOLO5_EXIT_SUCCESS;
}

#endif
