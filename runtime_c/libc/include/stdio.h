// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* stdio.h: formatting only; there are no files. */

#ifndef MIRAGE_STDIO_H
#define MIRAGE_STDIO_H

#include <stdarg.h>
#include <stddef.h>

#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2

int printf(const char *format, ...);
int snprintf(char *to, size_t size, const char *format, ...);
int vsnprintf(char *to, size_t size, const char *format, va_list args);

#endif
