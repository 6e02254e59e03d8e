// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* string.h: what the interpreter, the vendored sources and projects use of C's string.h. */

#ifndef MIRAGE_STRING_H
#define MIRAGE_STRING_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int value, size_t size);
int memcmp(const void *a, const void *b, size_t size);
void *memchr(const void *in, int value, size_t size);
size_t strlen(const char *text);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t size);
char *strchr(const char *text, int character);
size_t strspn(const char *text, const char *of);
size_t strcspn(const char *text, const char *without);
char *strstr(const char *text, const char *part);
char *strcpy(char *restrict to, const char *restrict from);
char *stpcpy(char *restrict to, const char *restrict from);
char *strncpy(char *restrict to, const char *restrict from, size_t size);
char *strcat(char *restrict to, const char *restrict from);

#endif
