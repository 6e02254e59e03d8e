// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* stdlib.h: there is no C heap; memory is the collector's. */

#ifndef MIRAGE_STDLIB_H
#define MIRAGE_STDLIB_H

#include <stddef.h>

int abs(int value);
int atoi(const char *text); // digits only
long labs(long value);
_Noreturn void abort(void);

#endif
