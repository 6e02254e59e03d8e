// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* numbers.c: conversions and absolute values. */

#include <stdlib.h>

int abs(int value)
{
    return value < 0 ? -value : value;
}

long labs(long value)
{
    return value < 0 ? -value : value;
}

int atoi(const char *text)
{
    int value = 0;
    for (; *text >= '0' && *text <= '9' && value < 100000000; text++) {
        value = value * 10 + (*text - '0');
    }
    return value;
}
