/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "unix.h"

size_t unix_length(const char *text)
{
    size_t length = 0;

    while (text[length])
        length++;
    return length;
}

const char *unix_after(const char *text, const char *prefix)
{
    while (*prefix && *text == *prefix) {
        text++;
        prefix++;
    }
    return *prefix == '\0' ? text : NULL;
}

bool unix_equal(const char *a, const char *b)
{
    const char *rest = unix_after(a, b);

    return rest && *rest == '\0';
}

bool unix_number(const char *text, uint64_t most, uint64_t *value)
{
    *value = 0;
    if (*text == '\0')
        return false;
    for (; *text; text++) {
        unsigned digit = (unsigned)(unsigned char)*text - '0';
        if (digit > 9 || __builtin_mul_overflow(*value, 10, value) ||
            __builtin_add_overflow(*value, digit, value))
            return false;
    }
    return *value <= most;
}

const char *unix_decimal(uint64_t value, char room[21])
{
    char *at = room + 20;

    *at = '\0';
    do
        *--at = (char)('0' + value % 10);
    while (value /= 10);
    return at;
}
