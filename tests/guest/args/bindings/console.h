/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * console.h: as the console's driver declares it; the harness gathers what is written. */

#include <stddef.h>

void mirage_console_write(const char *text, size_t length);
