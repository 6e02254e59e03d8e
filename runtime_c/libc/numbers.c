// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* numbers.c: what vendored sources use of C's conversions. */

#include <stdlib.h>

int atoi(const char *text)
{
    int value = 0;
    for (; *text >= '0' && *text <= '9' && value < 100000000; text++) {
        value = value * 10 + (*text - '0');
    }
    return value;
}
